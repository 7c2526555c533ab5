/* What is written down of a letter that was on its way. */
#include "post.h"

#include "mail/errand.h"
#include "room/advisor.h"
#include "room/tidings.h"

static const struct config config = { .alarm_to = "" };

static void
tidings_to(struct desk *d, const char *address)
{
	const struct tidings_wish wish = { .address = address,
		.lang = "ja",
		.notices = true };
	struct advisor nurse;

	assert_int_equal(advisor_by_code(d, "nurse", &nurse), 1);
	assert_int_equal(tidings_set(d, nurse.id, &wish), TIDINGS_DONE);
}

/* The next letter, carried to `to` with that answer; its row then. */
static struct outbox
carried(struct desk *d, const char *to, enum smtp_result result)
{
	struct errand e = {
		.arena = d->arena,
		.row = taken(d),
		.message = { to, "KANARIA", 7 },
		.answer = { .result = result, .why = "reply", .code = 451 },
	};
	struct outbox after;

	assert_int_equal(errand_mark(d, &config, &e, 4), 0);
	assert_int_equal(outbox_by_id(d, e.row.id, &after), 1);
	return after;
}

static void
ends(void **state)
{
	struct desk *d = room_desk(state);
	static const struct {
		enum smtp_result result;
		const char *state;
		int attempts, wait_s;
		bool kept;
	} cases[] = {
		{ SMTP_DELIVERED, "sent", 1, 0, false },
		{ SMTP_LATER, "due", 1, 300, true },
		{ SMTP_UNKNOWN, "due", 1, 300, true },
		{ SMTP_AWAY, "due", 0, 4, false },
		{ SMTP_REFUSED, "dead", 1, 0, false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		booked(d, (int)i + 1);
		struct outbox row = carried(d, yuki.mail, cases[i].result);

		assert_string_equal(row.state, cases[i].state);
		assert_int_equal(row.attempts, cases[i].attempts);
		assert_int_equal(row.letter.data != NULL, cases[i].kept);
		if (cases[i].wait_s == 0)
			continue;
		assert_int_equal(row.next_at - d->now, cases[i].wait_s);
		d->now += cases[i].wait_s;
		assert_int_equal(outbox_sent(d, taken(d).id), 0);
	}
}

static void
untried(void **state)
{
	struct desk *d = room_desk(state);
	struct errand e = { .arena = d->arena, .untried = true };

	booked(d, 1);
	e.row = taken(d);
	assert_int_equal(errand_mark(d, &config, &e, 4), 0);
	assert_int_equal(taken(d).attempts, 1);
}

/* Her letter stays as it was tried; one that went to an address that an
 * advisor has given up meanwhile is composed for the other. */
static void
kept_for_the_same_address(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;
	struct bytes kept;
	struct outbox row;

	tidings_to(d, "a@example.jp");
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 1, 13), &nobody, &b),
	    BOOKED);
	row = carried(d, "a@example.jp", SMTP_LATER);
	assert_string_equal(row.kind, "come");
	assert_int_equal(outbox_open(d, &row, &kept), 0);
	assert_memory_equal(kept.data, "a@example.jp\0KANARIA", 20);
	tidings_to(d, "b@example.jp");
	d->now += 300;
	row = carried(d, "a@example.jp", SMTP_LATER);
	assert_null(row.letter.data);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ends),
		TEST(untried),
		TEST(kept_for_the_same_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
