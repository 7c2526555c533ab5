/* Throttles: an hour that slides, refusals that do not count. */
#include "desk.h"

#include "room/throttle.h"

static void
most_tries_pass(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;

	for (int i = 0; i < 5; i++)
		assert_int_equal(throttle_try(desk, "words:a", 5), 1);
	assert_int_equal(throttle_try(desk, "words:a", 5), 0);
	assert_int_equal(throttle_try(desk, "words:b", 5), 1);
	assert_int_equal(throttle_try(desk, "words:a", 6), 1);
}

static void
the_hour_slides(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;

	assert_int_equal(throttle_try(desk, "words:a", 2), 1);
	desk->now += 1800;
	assert_int_equal(throttle_try(desk, "words:a", 2), 1);
	desk->now += 1799;
	assert_int_equal(throttle_try(desk, "words:a", 2), 0);
	desk->now += 1; /* the first try is an hour old */
	assert_int_equal(throttle_try(desk, "words:a", 2), 1);
	assert_int_equal(throttle_try(desk, "words:a", 2), 0);
}

static void
refusals_do_not_prolong(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;

	assert_int_equal(throttle_try(desk, "words:a", 1), 1);
	for (int i = 0; i < 59; i++) {
		desk->now += 60;
		assert_int_equal(throttle_try(desk, "words:a", 1), 0);
	}
	desk->now += 60;
	assert_int_equal(throttle_try(desk, "words:a", 1), 1);
}

static void
a_try_is_taken_back(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	int64_t first_at = desk->now;

	assert_int_equal(throttle_back(desk, "hold:a", first_at, 1), 0);
	assert_int_equal(throttle_try(desk, "hold:a", 1), 1);
	desk->now += 1200;
	assert_int_equal(throttle_back(desk, "hold:a", desk->now, 1), 0);
	assert_int_equal(throttle_try(desk, "hold:a", 1), 0);
	assert_int_equal(throttle_back(desk, "hold:b", first_at, 1), 0);
	assert_int_equal(throttle_try(desk, "hold:a", 1), 0);
	assert_int_equal(throttle_back(desk, "hold:a", first_at, 1), 0);
	assert_int_equal(throttle_back(desk, "hold:a", first_at, 1), 0);
	assert_int_equal(throttle_try(desk, "hold:a", 1), 1);
	assert_int_equal(throttle_try(desk, "hold:a", 1), 0);
}

static void
success_forgets(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;

	assert_int_equal(throttle_try(desk, "words:a", 1), 1);
	assert_int_equal(throttle_clear(desk, "words:a"), 0);
	assert_int_equal(throttle_try(desk, "words:a", 1), 1);
}

static void
purging_takes_only_what_is_over(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	int64_t before;

	assert_int_equal(throttle_try(desk, "words:a", 1), 1);
	desk->now += DAY_S - 1;
	assert_int_equal(throttle_purge(desk), 0);
	assert_int_equal(throttle_try_in(desk, "words:a", 1, DAY_S), 0);
	desk->now += 1;
	before = db_changes(desk->db);
	assert_int_equal(throttle_purge(desk), 0);
	assert_int_equal(db_changes(desk->db) - before, 1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, test_desk_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(most_tries_pass),
		TEST(the_hour_slides),
		TEST(refusals_do_not_prolong),
		TEST(a_try_is_taken_back),
		TEST(success_forgets),
		TEST(purging_takes_only_what_is_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
