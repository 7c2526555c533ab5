/* Where a booking stands at which time, and how long it can be opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "room/stage.h"

#define STARTS 1000000
#define ENDS (STARTS + 3600)

static const struct {
	const char *state;
	int64_t held_until, now;
	enum stage stage;
} cases[] = {
	{ "held", 600, 599, STAGE_HELD },
	{ "held", 600, 600, STAGE_LAPSED },
	{ "confirmed", 0, STARTS - 1, STAGE_AHEAD },
	{ "confirmed", 0, STARTS, STAGE_NOW },
	{ "confirmed", 0, ENDS - 1, STAGE_NOW },
	{ "confirmed", 0, ENDS, STAGE_OVER },
	{ "attended", 0, STARTS + 60, STAGE_CAME },
	{ "attended", 0, ENDS, STAGE_CAME },
	{ "no_show", 0, STARTS + 900, STAGE_OVER },
	{ "cancelled", 0, STARTS - 1, STAGE_CANCELLED },
	{ "cancelled", 0, ENDS, STAGE_CANCELLED },
};

static void
test_stage(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct booking b = {
			.state = cases[i].state,
			.starts_at = STARTS,
			.ends_at = ENDS,
			.held_until = cases[i].held_until,
		};

		print_message("%s at %lld\n", cases[i].state,
		    (long long)cases[i].now);
		assert_int_equal(booking_stage(&b, cases[i].now),
		    cases[i].stage);
	}
}

static void
test_reachable(void **state)
{
	struct booking b = { .starts_at = STARTS, .ends_at = ENDS };

	(void)state;
	assert_true(booking_reachable(&b, STARTS));
	assert_true(booking_reachable(&b, ENDS + 86399));
	assert_false(booking_reachable(&b, ENDS + 86400));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stage),
		cmocka_unit_test(test_reachable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
