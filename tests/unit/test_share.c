/* What one network may hold: only a booking takes a hold off its count. */
#include "room.h"

#include "room/share.h"

#define MINUTE_S 60

static const struct share two = { .peer = "192.0.2.7", .holds = 2 };

static void
holds_count_for_their_hour(void **state)
{
	static const struct {
		const char *peer;
		int holds;
		int64_t after_s; /* since the last row */
		int within;
	} rows[] = {
		{ "192.0.2.7", 2, 0, 1 },
		{ "192.0.2.7", 2, 9 * MINUTE_S, 1 },
		{ "192.0.2.7", 2, 9 * MINUTE_S, 0 },
		{ "192.0.2.8", 2, 0, 1 },
		{ "192.0.2.7", 3, 0, 1 },
		{ "192.0.2.7", 0, 0, 1 },
		{ NULL, 2, 0, 1 },
		{ "192.0.2.7", 2, 41 * MINUTE_S, 0 },
		{ "192.0.2.7", 2, 10 * MINUTE_S, 1 },
		{ "192.0.2.7", 2, 0, 0 },
	};
	struct desk *d = room_desk(state);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct share share = { .peer = rows[i].peer,
			.holds = rows[i].holds };

		d->now += rows[i].after_s;
		assert_int_equal(share_take(d, &share), rows[i].within);
	}
}

static void
a_booked_hold_counts_no_more(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;

	assert_int_equal(
	    booking_hold(d, room_slot(d, "health", 1, 14), 0, "ja", &b),
	    BOOKED);
	assert_int_equal(share_take(d, &two), 1);
	d->now += 15 * MINUTE_S;
	assert_int_equal(share_take(d, &two), 1);
	assert_int_equal(share_take(d, &two), 0);
	/* Also when it had lapsed before she booked it. */
	assert_int_equal(booking_confirm(d, b.id, &b), BOOKED);
	assert_int_equal(share_return(d, &two, &b), 0);
	assert_int_equal(share_take(d, &two), 1);
	assert_int_equal(share_take(d, &two), 0);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(holds_count_for_their_hour),
		TEST(a_booked_hold_counts_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
