/* What one network may hold, in minutes. */
#include "room.h"

#include "room/share.h"

#define MINUTE_S 60

static const struct share two = { .peer = "192.0.2.7", .holds = 2 };

/* In the test's room a hold lasts ten minutes, so two are twenty. */
static void
minutes_count_for_their_hour(void **state)
{
	static const struct {
		const char *peer;
		int holds;
		int64_t after_s; /* since the last row */
		int64_t held_s;
		int within;
	} rows[] = {
		{ "192.0.2.7", 2, 0, 600, 1 },
		{ "192.0.2.7", 2, 9 * MINUTE_S, 600, 1 },
		{ "192.0.2.7", 2, 9 * MINUTE_S, 1, 0 },
		{ "192.0.2.8", 2, 0, 1200, 1 },
		{ "192.0.2.8", 2, 0, 1, 0 },
		{ "192.0.2.9", 2, 0, 1201, 0 },
		{ "192.0.2.7", 3, 0, 600, 1 },
		{ "192.0.2.7", 0, 0, 600, 1 },
		{ NULL, 2, 0, 600, 1 },
		{ "192.0.2.7", 2, 41 * MINUTE_S, 600, 0 },
		{ "192.0.2.7", 2, 10 * MINUTE_S, 541, 1 },
		{ "192.0.2.7", 2, 0, 1, 0 },
	};
	struct desk *d = room_desk(state);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct share share = { .peer = rows[i].peer,
			.holds = rows[i].holds };

		d->now += rows[i].after_s;
		assert_int_equal(
		    share_take(d, &share, d->now, d->now + rows[i].held_s),
		    rows[i].within);
	}
}

static struct booking
held(struct desk *d, int hour)
{
	struct booking b;

	assert_int_equal(
	    booking_hold(d, room_slot(d, "health", 1, hour), 0, "ja", &b),
	    BOOKED);
	assert_int_equal(share_take(d, &two, d->now, b.held_until), 1);
	return b;
}

static int
left(struct desk *d)
{
	int minutes = 0;

	while (share_take(d, &two, d->now, d->now + 1) == 1)
		minutes++;
	return minutes;
}

static void
a_booked_hold_counts_no_more(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b = held(d, 14);

	d->now += 15 * MINUTE_S;
	held(d, 15);
	assert_int_equal(left(d), 0);
	/* Also when it had lapsed before she booked it. */
	assert_int_equal(booking_confirm(d, b.id, &b), BOOKED);
	assert_int_equal(share_return(d, &two, &b), 0);
	assert_int_equal(left(d), 10);
}

/* By when it was given back. */
static void
a_change_of_mind_costs_what_it_lasted(void **state)
{
	static const struct {
		int64_t after_s;
		int left;
	} rows[] = {
		{ 0, 19 },
		{ 1, 19 },
		{ 61, 18 },
		{ 540, 10 },
		{ 541, 10 },
		{ 600, 10 },
		{ 900, 10 },
	};
	struct desk *d = room_desk(state);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct booking b = held(d, 14);

		d->now += rows[i].after_s;
		assert_int_equal(share_spare(d, &two, &b), 0);
		assert_int_equal(left(d), rows[i].left);
		assert_int_equal(booking_let_go(d, b.id), BOOKED);
		d->now += HOUR_S + 600;
	}
}

static void
an_extension_counts(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b = held(d, 14), longer;

	d->now += 9 * MINUTE_S;
	assert_int_equal(booking_extend(d, b.id, &longer), BOOKED);
	assert_int_equal(share_take(d, &two, b.held_until, longer.held_until),
	    1);
	assert_int_equal(share_spare(d, &two, &longer), 0);
	assert_int_equal(left(d), 0);
	assert_int_equal(share_return(d, &two, &longer), 0);
	assert_int_equal(left(d), 10);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(minutes_count_for_their_hour),
		TEST(a_booked_hold_counts_no_more),
		TEST(a_change_of_mind_costs_what_it_lasted),
		TEST(an_extension_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
