/* Forgetting: when, what goes, what stays, and no byte in any file. */
#include "post.h"

#include "room/forget.h"
#include "room/idempotency.h"
#include "room/stage.h"
#include "store/ledger.h"

static const char *
var(void **state)
{
	return ((struct test_desk *)*state)->dir;
}

static struct booking
read_again(struct desk *d, int64_t id)
{
	struct booking b;

	assert_int_equal(booking_by_id(d, id, &b), 1);
	return b;
}

static void
is_nobodys(struct desk *d, int64_t id)
{
	struct booking b = read_again(d, id);

	assert_true(b.forgotten_at != 0);
	assert_null(b.contact.data);
	assert_null(b.note.data);
	assert_false(booking_reachable(&b, d->now));
}

static void
when_it_may(void **state)
{
	enum { AHEAD, NOW, OVER, CAME, ABSENT, CANCELLED, HELD, NONE, CASES };
	static const enum forgot expected[CASES] = {
		[AHEAD] = FORGOT_LATER,
		[NOW] = FORGOT_LATER,
		[OVER] = FORGOT,
		[CAME] = FORGOT,
		[ABSENT] = FORGOT,
		[CANCELLED] = FORGOT,
		[HELD] = FORGOT_UNKNOWN,
		[NONE] = FORGOT_UNKNOWN,
	};
	struct desk *d = room_desk(state);

	for (int i = 0; i < CASES; i++) {
		struct booking b = { .id = 4711 };

		d->now = TEST_NOW;
		if (i == HELD)
			assert_int_equal(booking_hold(d,
					     room_slot(d, "money", 2, 15), 0,
					     "ja", &b),
			    BOOKED);
		else if (i != NONE)
			b = booked(d, i + 1);
		if (i == CANCELLED)
			assert_int_equal(booking_cancel(d, b.id, "guest", &b),
			    BOOKED);
		if (i == NOW)
			d->now = b.starts_at;
		if (i == OVER || i == CAME || i == ABSENT)
			d->now = b.ends_at;
		if (i == CAME || i == ABSENT)
			assert_int_equal(booking_outcome(d, b.id,
					     i == CAME ? "attended" : "no_show",
					     &b),
			    BOOKED);
		assert_int_equal(forget_visit(d, var(state), b.id, "guest", &b),
		    expected[i]);
	}
}

/* What stays tells of the visit and of nobody. */
static void
what_goes_and_what_stays(void **state)
{
	struct desk *d = room_desk(state);
	struct booking before = booked(d, 1), b, same;
	const char *link = booking_manage_token(d, &before), *answer;
	struct outbox letter;
	int status;

	assert_int_equal(outbox_take(d, &letter), 1);
	assert_int_equal(
	    outbox_keep(d, &letter, (struct bytes) { "her letter", 10 }), 0);
	d->now = before.ends_at;
	assert_int_equal(idempotency_keep(d, "k", (struct bytes) { "a", 1 },
			     before.id, 201, "{}"),
	    0);
	assert_int_equal(forget_visit(d, var(state), before.id, "guest", &b),
	    FORGOT);
	is_nobodys(d, before.id);
	assert_string_equal(b.state, "confirmed");
	assert_string_equal(b.theme_code, before.theme_code);
	assert_true(b.starts_at == before.starts_at &&
	    b.confirmed_at == before.confirmed_at);
	assert_string_not_equal(booking_manage_token(d, &b), link);
	assert_int_equal(booking_by_manage_token(d, link, &same), 0);
	assert_int_equal(idempotency_find(d, "k", (struct bytes) { "a", 1 },
			     &status, &answer),
	    REPEAT_OTHER);
	/* A worker that was carrying her letter comes back in vain. */
	assert_int_equal(outbox_later(d, letter.id, d->now, "421"), 0);
	d->now = before.starts_at - 3600;
	assert_int_equal(outbox_take(d, &letter), 0);
	assert_int_equal(forget_visit(d, var(state), before.id, "guest", &same),
	    FORGOT);
	assert_true(same.version == b.version);
}

static void
later_and_taken_back(void **state)
{
	struct desk *d = room_desk(state);
	struct booking a = booked(d, 1), b = booked(d, 2), c = booked(d, 3);
	struct booking *all[] = { &a, &b, &c };

	for (int i = 0; i < 3; i++)
		assert_int_equal(
		    forget_visit(d, var(state), all[i]->id, "guest", all[i]),
		    FORGOT_LATER);
	assert_int_equal(a.forget_after, 1);
	assert_int_equal(forget_visit(d, var(state), a.id, "guest", &a),
	    FORGOT_LATER);
	assert_int_equal(forget_not(d, b.id, &b), FORGOT_LATER);
	assert_int_equal(b.forget_after, 0);
	assert_int_equal(forget_due(d, var(state)), 0);
	d->now = b.ends_at;
	assert_int_equal(forget_due(d, var(state)), 1);
	is_nobodys(d, a.id);
	assert_non_null(read_again(d, b.id).contact.data);
	assert_non_null(read_again(d, c.id).contact.data);
	assert_int_equal(forget_due(d, var(state)), 0);
	assert_int_equal(forget_not(d, a.id, &a), FORGOT);
}

/* The server starts, and goes its rounds, all the same. */
static void
without_a_ledger_wishes_wait(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b = booked(d, 1);
	const char *file = arena_print(d->arena, "%s/keys", var(state));

	assert_int_equal(forget_visit(d, var(state), b.id, "guest", &b),
	    FORGOT_LATER);
	d->now = b.ends_at;
	assert_int_equal(forget_due(d, file), 0);
	assert_non_null(read_again(d, b.id).contact.data);
	assert_int_equal(forget_due(d, var(state)), 1);
	is_nobodys(d, b.id);
}

/* The room's own cancellation reaches her first, unless she says no. */
static void
a_cancellation_goes_first(void **state)
{
	struct desk *d = room_desk(state);
	struct booking told = booked(d, 1), self = booked(d, 2);
	struct outbox letter;

	assert_int_equal(booking_cancel(d, told.id, "room", &told), BOOKED);
	assert_int_equal(booking_cancel(d, self.id, "room", &self), BOOKED);
	assert_int_equal(forget_visit(d, var(state), self.id, "guest", &self),
	    FORGOT);
	assert_int_equal(forget_visit(d, var(state), told.id, "room", &told),
	    FORGOT_LATER);
	assert_int_equal(forget_due(d, var(state)), 0);
	assert_int_equal(outbox_take(d, &letter), 1);
	assert_true(letter.booking == told.id);
	assert_int_equal(forget_due(d, var(state)), 0);
	assert_int_equal(outbox_sent(d, letter.id), 0);
	assert_int_equal(outbox_take(d, &letter), 0);
	assert_int_equal(forget_due(d, var(state)), 1);
	is_nobodys(d, told.id);
}

static void
by_itself_after_so_many_days(void **state)
{
	struct desk *d = room_desk(state);
	struct booking a = booked(d, 1), b = booked(d, 2);
	int64_t *ids;

	assert_int_equal(booking_cancel(d, b.id, "guest", &b), BOOKED);
	d->now = a.ends_at + 90 * DAY_S - 1;
	assert_int_equal(forget_due(d, var(state)), 0);
	d->now++;
	assert_int_equal(forget_due(d, var(state)), 1);
	is_nobodys(d, a.id);
	assert_non_null(read_again(d, b.id).contact.data);
	d->now = b.ends_at + 90 * DAY_S;
	assert_int_equal(forget_due(d, var(state)), 1);
	is_nobodys(d, b.id);
	assert_int_equal(ledger_read(d->arena, var(state), LEDGER_VISIT, &ids),
	    0);
}

/* As after the restore of a copy that was made before. */
static void
the_ledger_forgets_again(void **state)
{
	struct desk *d = room_desk(state);
	struct booking past = booked(d, 1), ahead = booked(d, 3), b;
	struct slot *slots;
	int64_t ids[] = { past.id, ahead.id, 4711 };
	int free_before = room_slots(d, "health", 3, &slots);

	d->now = past.ends_at;
	assert_int_equal(forget_again(d, var(state)), 0);
	assert_int_equal(ledger_add(d->arena, var(state), LEDGER_VISIT, ids, 3),
	    0);
	assert_int_equal(forget_again(d, var(state)), 2);
	assert_int_equal(forget_again(d, var(state)), 0);
	is_nobodys(d, past.id);
	is_nobodys(d, ahead.id);
	/* She had cancelled it: her time is free. */
	b = read_again(d, ahead.id);
	assert_string_equal(b.state, "cancelled");
	assert_int_equal(room_slots(d, "health", 3, &slots), free_before + 1);
	assert_string_equal(read_again(d, past.id).state, "confirmed");
}

static bool
holds(struct test_desk *t, const char *name, struct bytes what)
{
	static char content[4 << 20];
	char path[96];
	size_t len = 0;
	FILE *file;

	test_path(t, path, sizeof(path), name);
	file = fopen(path, "r");
	if (file != NULL) {
		len = fread(content, 1, sizeof(content), file);
		fclose(file);
	}
	return memmem(content, len, what.data, what.len) != NULL;
}

/* Sealed boxes and the blind index: what a thief of the files would take. */
static void
no_byte_is_left(void **state)
{
	struct test_desk *t = *state;
	struct desk *d = &t->desk;
	struct booking b = booked(d, 1);
	struct bytes canaries[] = { b.contact, b.note, { 0 } };
	uint8_t index[16];
	struct db *reader = db_open(t->path, DB_READ);

	seal_digest(d->keys, SEAL_BLIND_MAIL,
	    (struct bytes) { yuki.mail, strlen(yuki.mail) }, index,
	    sizeof(index));
	canaries[2] = (struct bytes) { index, sizeof(index) };
	for (int i = 0; i < 3; i++)
		assert_true(holds(t, "room.db-wal", canaries[i]));
	d->now = b.ends_at;
	assert_int_equal(db_snapshot(reader), 0);
	assert_int_equal(booking_by_id(&(struct desk) { .db = reader,
					   .arena = d->arena,
					   .keys = d->keys },
			     b.id, &b),
	    1);
	assert_int_equal(db_begin(d->db), 0);
	assert_int_equal(forget_visit(d, var(state), b.id, "guest", &b),
	    FORGOT);
	assert_int_equal(db_commit(d->db), 0);
	db_tend(d->db, true); /* a reader is in the way: not yet */
	assert_true(holds(t, "room.db-wal", canaries[0]));
	db_snapshot_end(reader);
	db_tend(d->db, false);
	for (int i = 0; i < 3; i++) {
		assert_false(holds(t, "room.db", canaries[i]));
		assert_false(holds(t, "room.db-wal", canaries[i]));
	}
	db_close(reader);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(when_it_may),
		TEST(what_goes_and_what_stays),
		TEST(later_and_taken_back),
		TEST(without_a_ledger_wishes_wait),
		TEST(a_cancellation_goes_first),
		TEST(by_itself_after_so_many_days),
		TEST(the_ledger_forgets_again),
		TEST(no_byte_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
