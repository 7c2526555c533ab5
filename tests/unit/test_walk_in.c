/* Whoever comes without a booking, and visits that nobody has marked. */
#include "room.h"

#include "room/closing.h"
#include "room/walk_in.h"

/* The session of an advisor that could receive somebody, 0: none. */
static int64_t
running(struct desk *d, const char *advisor)
{
	struct slot *slots;
	int count = walk_in_list(d, &slots);

	assert_true(count >= 0);
	for (int i = 0; i < count; i++)
		if (strcmp(slots[i].session.advisor_code, advisor) == 0)
			return slots[i].session.id;
	return 0;
}

static const struct {
	int minute; /* of today */
	bool nurse;
	int from_minute, until_minute;
} cases[] = {
	{ 12 * 60 + 59, false, 0, 0 }, { 13 * 60, true, 13 * 60, 14 * 60 },
	{ 13 * 60 + 20, true, 13 * 60 + 15, 14 * 60 },
	{ 13 * 60 + 59, true, 13 * 60 + 45, 14 * 60 },
	{ 14 * 60, true, 14 * 60, 15 * 60 },
	{ 15 * 60 + 59, true, 15 * 60 + 45, 16 * 60 }, { 16 * 60, false, 0, 0 },
	{ 18 * 60 + 10, true, 18 * 60, 18 * 60 + 45 },
	{ 18 * 60 + 50, true, 18 * 60 + 45, 19 * 60 + 45 }, /* the gap */
	{ 19 * 60 + 50, false, 0, 0 }, /* behind the last frame */
};

static void
from_the_quarter_to_the_end_of_the_frame(void **state)
{
	struct desk *d = room_desk(state);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct slot *slots;
		int64_t day_at = AT(0, 0);

		print_message("case %zu\n", i);
		d->now = day_at + cases[i].minute * 60;
		assert_int_equal(running(d, "nurse") != 0, cases[i].nurse);
		if (!cases[i].nurse)
			continue;
		assert_true(walk_in_list(d, &slots) >= 1);
		assert_int_equal(slots[0].starts_at,
		    day_at + cases[i].from_minute * 60);
		assert_int_equal(slots[0].ends_at,
		    day_at + cases[i].until_minute * 60);
	}
}

static void
attended_at_once_and_nobody_sits_twice(void **state)
{
	struct desk *d = room_desk(state);
	int64_t nurse, banker;
	struct booking b, other;
	struct slot *slots;
	struct contact told;

	d->now = AT(0, 13) + 20 * 60;
	nurse = running(d, "nurse");
	banker = running(d, "banker");
	assert_int_not_equal(banker, 0);
	assert_int_equal(walk_in_make(d, nurse, &b), BOOKED);
	assert_string_equal(b.state, "attended");
	assert_string_equal(b.entry, "walk_in");
	assert_int_equal(b.starts_at, AT(0, 13) + 15 * 60);
	assert_int_equal(b.ends_at, AT(0, 14));
	assert_int_equal(booking_contact(d, &b, &told), 0);
	assert_string_equal(told.name, "");
	/* She sits there, and in the only booth. */
	assert_int_equal(walk_in_list(d, &slots), 0);
	assert_int_equal(walk_in_make(d, nurse, &other), BOOKED_TAKEN);
	assert_int_equal(walk_in_make(d, banker, &other), BOOKED_TAKEN);
	assert_int_equal(walk_in_make(d, 12345, &other), BOOKED_UNKNOWN);
	/* The mark can be corrected like any other. */
	assert_int_equal(booking_outcome(d, b.id, "confirmed", &b), BOOKED);
	/* The next frame is free again. */
	d->now = AT(0, 14);
	assert_int_equal(walk_in_make(d, nurse, &other), BOOKED);
	d->now = AT(0, 16);
	assert_int_equal(walk_in_make(d, nurse, &other), BOOKED_PAST);
}

static void
not_over_a_booking_or_a_closure(void **state)
{
	struct desk *d = room_desk(state);
	struct closing c = { .scope = "advisor",
		.code = "banker",
		.starts_at = AT(0, 0),
		.ends_at = AT(1, 0) };
	struct closing_effect e;
	struct booking b;
	int64_t banker;

	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 0, 15), &nobody, &b),
	    BOOKED);
	assert_int_equal(closing_preview(d, &c, &e), CLOSING_DONE);
	d->now = AT(0, 14) + 60;
	banker = running(d, "banker");
	assert_int_not_equal(banker, 0);
	assert_int_equal(closing_do(d, &c, e.digest, &e), CLOSING_DONE);
	assert_int_equal(running(d, "banker"), 0);
	assert_int_equal(walk_in_make(d, banker, &b), BOOKED_CLOSED);
	assert_int_not_equal(running(d, "nurse"), 0);
	d->now = AT(0, 15);
	assert_int_equal(running(d, "nurse"), 0);
}

static void
unmarked_visits_are_chased(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b, money, *list;

	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 1, 13), &nobody, &b),
	    BOOKED);
	assert_int_equal(
	    booking_make(d, room_slot(d, "money", 1, 14), &nobody, &money),
	    BOOKED);
	d->now = AT(1, 20);
	assert_int_equal(booking_unmarked(d, 0, &list), 0);
	d->now = AT(2, 8);
	assert_int_equal(booking_unmarked(d, 0, &list), 2);
	assert_int_equal(booking_unmarked(d, b.advisor, &list), 1);
	assert_int_equal(list[0].id, b.id);
	assert_int_equal(booking_outcome(d, b.id, "no_show", &b), BOOKED);
	assert_int_equal(booking_unmarked(d, 0, &list), 1);
	assert_int_equal(booking_outcome(d, b.id, "confirmed", &b), BOOKED);
	assert_int_equal(booking_unmarked(d, 0, &list), 2);
	d->now = AT(20, 8);
	assert_int_equal(booking_unmarked(d, 0, &list), 0);
}

#define IN_ROOM(test)                                                          \
	cmocka_unit_test_setup_teardown(test, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ROOM(from_the_quarter_to_the_end_of_the_frame),
		IN_ROOM(attended_at_once_and_nobody_sits_twice),
		IN_ROOM(not_over_a_booking_or_a_closure),
		IN_ROOM(unmarked_visits_are_chased),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
