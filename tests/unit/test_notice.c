/* Letters to advisors: who is told what, and what has become untrue. */
#include "room.h"

#include "room/advisor.h"
#include "room/closing.h"
#include "room/forget.h"
#include "room/notice.h"
#include "room/stop.h"

static int64_t
advisor(struct desk *d, const char *code)
{
	struct advisor a;

	assert_int_equal(advisor_by_code(d, code, &a), 1);
	return a.id;
}

static void
wish(struct desk *d, const char *code, bool notices, bool digest)
{
	const struct tidings_wish wish = {
		.address = arena_print(d->arena, "%s@example.jp", code),
		.lang = "ja",
		.notices = notices,
		.digest = digest,
	};

	assert_int_equal(tidings_set(d, advisor(d, code), &wish), TIDINGS_DONE);
}

static struct booking
booked(struct desk *d, const char *theme, int day, int hour)
{
	struct booking b;

	assert_int_equal(
	    booking_make(d, room_slot(d, theme, day, hour), &nobody, &b),
	    BOOKED);
	return b;
}

static void
moved(struct desk *d, struct booking *b, const char *theme, int day, int hour)
{
	assert_int_equal(
	    booking_move(d, b->id, room_slot(d, theme, day, hour), b), BOOKED);
}

static void
cancelled(struct desk *d, struct booking *b)
{
	assert_int_equal(booking_cancel(d, b->id, "guest", b), BOOKED);
}

/* The next letter that leaves, "kind advisor", or "" for none. */
static const char *
leaves(struct desk *d)
{
	struct outbox row;
	int found = outbox_take(d, &row);

	assert_true(found >= 0);
	if (found == 0)
		return "";
	assert_int_equal(outbox_sent(d, row.id), 0);
	return arena_print(d->arena, "%s %s", row.kind,
	    row.owner == advisor(d, "nurse")	    ? "nurse"
		: row.owner == advisor(d, "banker") ? "banker"
						    : "guest");
}

#define LEAVES(d, what) assert_string_equal(leaves(d), what)

/* She who books gave no address: that changes nothing. */
static void
each_change_at_once(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b, early;

	early = booked(d, "health", 1, 15);
	LEAVES(d, "");
	wish(d, "nurse", true, false);
	LEAVES(d, "");
	b = booked(d, "health", 1, 13);
	LEAVES(d, "come nurse");
	moved(d, &b, "health", 2, 13);
	LEAVES(d, "moved nurse");
	cancelled(d, &b);
	LEAVES(d, "gone nurse");
	cancelled(d, &early);
	LEAVES(d, "gone nurse");
	booked(d, "money", 1, 13);
	LEAVES(d, "");
}

static void
to_another_advisor(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;
	struct outbox row;

	wish(d, "nurse", true, false);
	wish(d, "banker", true, false);
	b = booked(d, "health", 1, 13);
	LEAVES(d, "come nurse");
	moved(d, &b, "money", 2, 14);
	assert_int_equal(outbox_take(d, &row), 1);
	if (strcmp(row.kind, "gone") == 0) /* they leave in any order */
		assert_true(row.not_after == AT(1, 13));
	assert_int_equal(outbox_sent(d, row.id), 0);
	assert_int_equal(outbox_take(d, &row), 1);
	assert_int_equal(outbox_sent(d, row.id), 0);
	LEAVES(d, "");
	/* Hers alone when the other wishes for nothing. */
	wish(d, "banker", false, false);
	moved(d, &b, "health", 2, 15);
	LEAVES(d, "come nurse");
	LEAVES(d, "");
}

/* Nothing untrue leaves, and who had it hears that it is gone. */
static void
overtaken(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;

	wish(d, "nurse", true, false);
	b = booked(d, "health", 1, 13);
	cancelled(d, &b);
	LEAVES(d, "gone nurse");
	LEAVES(d, "");
	b = booked(d, "health", 1, 13);
	moved(d, &b, "health", 1, 14);
	moved(d, &b, "health", 1, 15);
	LEAVES(d, "moved nurse");
	LEAVES(d, "");
	/* Away and cancelled there, away and back. */
	moved(d, &b, "money", 2, 13);
	cancelled(d, &b);
	LEAVES(d, "gone nurse");
	LEAVES(d, "");
	b = booked(d, "health", 3, 13);
	LEAVES(d, "come nurse");
	moved(d, &b, "money", 3, 14);
	moved(d, &b, "health", 3, 15);
	LEAVES(d, "come nurse");
	LEAVES(d, "");
}

/* Forgotten by her, it is gone all the same; too late it is of no use. */
static void
forgotten_or_late(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;

	wish(d, "nurse", true, false);
	b = booked(d, "health", 1, 13);
	LEAVES(d, "come nurse");
	cancelled(d, &b);
	assert_int_equal(db_do(d->db, forget_letters, .booking = b.id), 0);
	LEAVES(d, "gone nurse");
	b = booked(d, "health", 1, 13);
	d->now = AT(1, 13) + 1;
	LEAVES(d, "");
	assert_int_equal(booking_cancel(d, b.id, "room", &b), BOOKED);
	LEAVES(d, "");
}

static void
withdrawn_choice(void **state)
{
	struct desk *d = room_desk(state);
	struct tidings t;

	wish(d, "nurse", true, true);
	booked(d, "health", 1, 13);
	wish(d, "nurse", false, true);
	LEAVES(d, "digest nurse"); /* of today */
	LEAVES(d, "");
	wish(d, "nurse", false, false);
	assert_int_equal(tidings_of(d, advisor(d, "nurse"), &t), 0);
}

/* What was composed for the old address is composed again. */
static void
another_address(void **state)
{
	struct desk *d = room_desk(state);
	const struct tidings_wish other = { .address = "n@example.jp",
		.lang = "en",
		.notices = true };
	struct tidings before, after;
	struct outbox row;
	const char *address;

	wish(d, "nurse", true, false);
	assert_int_equal(tidings_of(d, advisor(d, "nurse"), &before), 1);
	booked(d, "health", 1, 13);
	assert_int_equal(outbox_take(d, &row), 1);
	assert_int_equal(
	    outbox_keep(d, &row, (struct bytes) { "To: nurse", 9 }), 0);
	assert_int_equal(outbox_later(d, row.id, d->now + 300, "lost"), 0);
	assert_int_equal(tidings_set(d, before.advisor, &other), TIDINGS_DONE);
	d->now += 300;
	assert_int_equal(outbox_take(d, &row), 1);
	assert_null(row.letter.data);
	assert_int_equal(tidings_of(d, before.advisor, &after), 1);
	assert_true(after.id != before.id);
	assert_int_equal(tidings_address(d, &after, &address), 0);
	assert_string_equal(address, "n@example.jp");
	after.id = before.id; /* a box moved elsewhere does not open */
	assert_int_equal(tidings_address(d, &after, &address), -1);
}

static void
kept_address(void **state)
{
	struct desk *d = room_desk(state);
	const struct tidings_wish none = { .address = "",
		.lang = "ja",
		.digest = true };
	int64_t nurse = advisor(d, "nurse");
	struct tidings before, after;

	assert_int_equal(tidings_set(d, nurse, &none), TIDINGS_NO_ADDRESS);
	wish(d, "nurse", true, false);
	assert_int_equal(tidings_of(d, nurse, &before), 1);
	assert_int_equal(tidings_set(d, nurse, &none), TIDINGS_DONE);
	assert_int_equal(tidings_of(d, nurse, &after), 1);
	assert_true(after.id == before.id);
	assert_false(after.notices);
	assert_true(after.digest);
}

/* Three of hers and one of another: a letter each. */
static void
closed_hours(void **state)
{
	struct desk *d = room_desk(state);
	struct closing c = { .scope = "room",
		.code = "",
		.starts_at = AT(1, 0),
		.ends_at = AT(2, 0) };
	struct closing_effect e;
	struct notice_line *lines;
	struct outbox row;

	wish(d, "nurse", true, false);
	booked(d, "health", 1, 13);
	booked(d, "health", 1, 14);
	booked(d, "health", 1, 18);
	booked(d, "money", 1, 15);
	while (leaves(d)[0] != '\0')
		;
	assert_int_equal(closing_preview(d, &c, &e), CLOSING_DONE);
	assert_int_equal(closing_do(d, &c, e.digest, &e), CLOSING_DONE);
	assert_int_equal(outbox_take(d, &row), 1);
	assert_string_equal(row.kind, "closed");
	assert_int_equal(notice_lines(d, &row, &lines), 3);
	assert_true(lines[2].starts_at == AT(1, 18));
	assert_int_equal(outbox_sent(d, row.id), 0);
	LEAVES(d, "");
}

/* The day as it is when the letter leaves, once, over whatever restarts. */
static void
morning(void **state)
{
	struct desk *d = room_desk(state);
	struct notice_line *lines;
	struct outbox row;
	struct booking b;

	d->now = AT(0, 23);
	wish(d, "nurse", false, true);
	wish(d, "banker", true, false);
	LEAVES(d, ""); /* the day is over */
	d->now = AT(1, 0);
	assert_int_equal(notice_daily(d), 0);
	assert_int_equal(notice_daily(d), 0);
	b = booked(d, "health", 1, 14);
	d->now = AT(1, 7) - 1;
	LEAVES(d, "");
	d->now = AT(1, 7);
	assert_int_equal(notice_daily(d), 0);
	assert_int_equal(outbox_take(d, &row), 1);
	assert_string_equal(row.kind, "digest");
	assert_true(row.not_after == AT(1, 19));
	assert_int_equal(notice_lines(d, &row, &lines), 5);
	assert_true(lines[0].starts_at == AT(1, 13));
	assert_string_equal(lines[0].code, "");
	assert_string_equal(lines[1].code, b.code);
	assert_int_equal(outbox_recover(d), 1); /* killed meanwhile */
	LEAVES(d, "digest nurse");
	assert_int_equal(notice_daily(d), 0);
	LEAVES(d, "");
	d->now = AT(1, 0); /* the clock goes back and comes again */
	assert_int_equal(notice_daily(d), 0);
	LEAVES(d, "");
	d->now = AT(1, 8);
	assert_int_equal(notice_daily(d), 0);
	LEAVES(d, "");
}

/* A clock that has jumped over the day loses nothing when it comes back;
 * a day that is over is told no more; nothing to tell is no letter. */
static void
morning_missed(void **state)
{
	struct desk *d = room_desk(state);

	d->now = AT(0, 23);
	wish(d, "nurse", false, true);
	d->now = AT(1, 1);
	assert_int_equal(notice_daily(d), 0);
	d->now = AT(2, 6);
	LEAVES(d, "");
	d->now = AT(1, 9);
	LEAVES(d, "digest nurse");
	d->now = AT(3, 19) + 1;
	assert_int_equal(notice_daily(d), 0);
	LEAVES(d, "");
	d->now = AT(0, 23) + 180 * (int64_t)86400; /* over the year's end */
	assert_int_equal(notice_daily(d), 0);
	LEAVES(d, "");
}

static void
stopped_by_her_program(void **state)
{
	struct desk *d = room_desk(state);
	static const enum stop_kind kinds[] = { STOP_NOTICES, STOP_DIGEST };
	struct tidings t;

	wish(d, "nurse", true, true);
	for (size_t i = 0; i < 2; i++) {
		struct stop stop;
		const char *token;

		assert_int_equal(tidings_of(d, advisor(d, "nurse"), &t), 1);
		token = stop_token(d, kinds[i], t.id);
		assert_true(stop_by_token(d, token, &stop));
		assert_int_equal(stop.kind, kinds[i]);
		assert_int_equal(stop_stands(d, &stop), 1);
		assert_int_equal(
		    stop_do(d, ((struct test_desk *)*state)->dir, &stop), 1);
		assert_int_equal(stop_stands(d, &stop), 0);
		assert_int_equal(
		    stop_do(d, ((struct test_desk *)*state)->dir, &stop), 0);
	}
	assert_int_equal(tidings_of(d, advisor(d, "nurse"), &t), 0);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_change_at_once),
		TEST(to_another_advisor),
		TEST(overtaken),
		TEST(forgotten_or_late),
		TEST(withdrawn_choice),
		TEST(another_address),
		TEST(kept_address),
		TEST(closed_hours),
		TEST(morning),
		TEST(morning_missed),
		TEST(stopped_by_her_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
