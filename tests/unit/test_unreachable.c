/* Addresses at which nobody can be reached: what counts, what is not sent,
 * what ends it. */
#include "post.h"

#include "room/forget.h"
#include "room/queue.h"
#include "room/unreachable.h"

/* A letter leaves and comes back with a status. */
static void
comes_back(struct desk *d, const char *status)
{
	struct outbox row = taken(d);

	assert_int_equal(outbox_sent(d, row.id), 0);
	assert_int_equal(outbox_bounced(d, row.message_id, status, &row), 1);
}

static int
count(struct desk *d)
{
	struct unreachable *list;

	return unreachable_list(d, &list);
}

static void
statuses(void **)
{
	static const struct {
		const char *status;
		bool telling;
	} cases[] = {
		{ "5.1.1", true },
		{ "5.1.2", true },
		{ "5.1.3", true },
		{ "5.1.6", true },
		{ "5.1.10", true },
		{ "5.2.1", true },
		{ "", false },
		{ "4.1.1", false }, /* for now */
		{ "4.4.1", false }, /* given up on the way */
		{ "5.0.0", false },
		{ "5.1.0", false },
		{ "5.1.4", false }, /* more than one of the name */
		{ "5.1.7", false }, /* the sender's */
		{ "5.1.8", false },
		{ "5.1.11", false },
		{ "5.2.0", false },
		{ "5.2.2", false }, /* full */
		{ "5.2.3", false }, /* too large */
		{ "5.3.0", false },
		{ "5.4.4", false },
		{ "5.7.1", false }, /* policy */
		{ "5.7.26", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (unreachable_status(cases[i].status) != cases[i].telling)
			fail_msg("%s", cases[i].status);
}

/* The reminder of the same visit and a letter to the same address. */
static void
no_further_letter(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first = booked(d, 3), second;
	struct queued *failed;

	second = booked(d, 4);
	comes_back(d, "5.1.1");
	none(d); /* the confirmation of the second */
	assert_int_equal(queue_failed(d, &failed), 2);
	for (int i = 0; i < 2; i++)
		assert_string_equal(failed[i].error,
		    strcmp(failed[i].state, "dead") == 0 ? "unreachable 5.1.1"
							 : "bounced 5.1.1");
	assert_int_equal(queue_of_booking(d, &first), QUEUE_UNREACHED);
	assert_int_equal(queue_of_booking(d, &second), QUEUE_UNREACHED);
	d->now = AT(2, 18);
	none(d);
	assert_int_equal(queue_failed(d, &failed), 3);
	assert_int_equal(booking_cancel(d, second.id, "room", &second), BOOKED);
	none(d);
	assert_int_equal(count(d), 1);
}

static void
other_failures_say_nothing(void **state)
{
	struct desk *d = room_desk(state);

	booked(d, 3);
	booked(d, 4);
	comes_back(d, "5.2.2");
	assert_int_equal(count(d), 0);
	taken(d);
}

/* By capitals nobody becomes another. */
static void
she_types_it_again(void **state)
{
	struct desk *d = room_desk(state);
	struct contact same = yuki;
	struct booking b;

	booked(d, 3);
	comes_back(d, "5.1.1");
	same.mail = "Yuki@Example.JP";
	assert_int_equal(
	    booking_hold(d, room_slot(d, "health", 4, 13), 0, "ja", &b),
	    BOOKED);
	assert_int_equal(booking_write(d, b.id, &same), BOOKED);
	assert_int_equal(count(d), 1); /* typed, and not confirmed yet */
	assert_int_equal(booking_confirm(d, b.id, &b), BOOKED);
	assert_int_equal(count(d), 0);
	assert_true(taken(d).booking == b.id);
}

static void
she_asks_once_more(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b = booked(d, 3);
	struct outbox row;

	row = taken(d);
	assert_int_equal(outbox_failed(d, &row, "5.2.1"), 0);
	assert_int_equal(outbox_later(d, row.id, AT_NONE, "reply 550"), 0);
	assert_int_equal(count(d), 1);
	assert_int_equal(outbox_once_more(d, &b), 1);
	assert_int_equal(count(d), 0);
	assert_true(taken(d).id == row.id);
}

static void
staff_lift_it(void **state)
{
	struct desk *d = room_desk(state);
	struct unreachable *list;
	struct queued *failed;
	struct booking b;

	booked(d, 3);
	b = booked(d, 4);
	comes_back(d, "5.1.1");
	none(d);
	assert_int_equal(unreachable_list(d, &list), 1);
	assert_string_equal(list[0].status, "5.1.1");
	assert_string_equal(list[0].code, b.code);
	assert_int_equal(list[0].day, TODAY + 4);
	assert_int_equal(unreachable_lift(d, list[0].id), 1);
	assert_int_equal(unreachable_lift(d, list[0].id), 0);
	none(d); /* what was given up stays so */
	/* Sending one of them again lifts it as well. */
	assert_int_equal(queue_failed(d, &failed), 2);
	for (int i = 0; i < 2; i++)
		if (strcmp(failed[i].state, "dead") == 0)
			assert_int_equal(queue_again(d, failed[i].id),
			    QUEUE_DONE);
	comes_back(d, "5.1.1");
	assert_int_equal(count(d), 1);
	assert_int_equal(queue_failed(d, &failed), 2);
	assert_int_equal(queue_again(d, failed[0].id), QUEUE_DONE);
	assert_int_equal(count(d), 0);
	taken(d);
}

static void
what_nobody_knows_is_forgotten(void **state)
{
	struct test_desk *t = *state;
	struct desk *d = &t->desk;
	struct booking first = booked(d, 3), second = booked(d, 4);

	comes_back(d, "5.1.1");
	assert_int_equal(booking_cancel(d, first.id, "guest", &first), BOOKED);
	assert_int_equal(forget_visit(d, t->dir, first.id, "guest", &first),
	    FORGOT);
	assert_int_equal(count(d), 1); /* her other visit has it still */
	assert_int_equal(booking_cancel(d, second.id, "guest", &second),
	    BOOKED);
	assert_int_equal(forget_visit(d, t->dir, second.id, "guest", &second),
	    FORGOT);
	assert_int_equal(count(d), 0);
}

static void
it_ends_by_itself(void **state)
{
	struct desk *d = room_desk(state);

	booked(d, 20);
	comes_back(d, "5.1.1");
	d->now += 90 * DAY_S - 1;
	assert_int_equal(unreachable_purge(d), 0);
	d->now++;
	assert_int_equal(unreachable_purge(d), 1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statuses),
		TEST(no_further_letter),
		TEST(other_failures_say_nothing),
		TEST(she_types_it_again),
		TEST(she_asks_once_more),
		TEST(staff_lift_it),
		TEST(what_nobody_knows_is_forgotten),
		TEST(it_ends_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
