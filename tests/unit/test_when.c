/* Days, instants and the clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/when.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct arena *arena;

static int
setup(void **)
{
	arena = arena_new();
	return when_zone("Asia/Tokyo");
}

static int
teardown(void **)
{
	arena_free(arena);
	return 0;
}

static void
test_dates(void **)
{
	static const struct {
		int year, month, mday;
		int32_t day;
		int weekday;
	} cases[] = {
		{ 1970, 1, 1, 0, 4 },
		{ 1969, 12, 31, -1, 3 },
		{ 2000, 2, 29, 11016, 2 },
		{ 2024, 2, 29, 19782, 4 },
		{ 2024, 7, 3, 19907, 3 },
		{ 2026, 7, 1, 20635, 3 },
		{ 1, 1, 1, -719162, 1 },
		{ 9999, 12, 31, 2932896, 5 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct date date = when_date(cases[i].day);

		assert_int_equal(when_from_date(cases[i].year, cases[i].month,
				     cases[i].mday),
		    cases[i].day);
		assert_int_equal(date.year, cases[i].year);
		assert_int_equal(date.month, cases[i].month);
		assert_int_equal(date.mday, cases[i].mday);
		assert_int_equal(date.weekday, cases[i].weekday);
		assert_int_equal(when_weekday(cases[i].day), cases[i].weekday);
	}
}

static void
test_no_dates(void **)
{
	static const int cases[][3] = { { 2026, 2, 29 }, { 2100, 2, 29 },
		{ 2026, 4, 31 }, { 2026, 0, 1 }, { 2026, 13, 1 },
		{ 2026, 1, 0 }, { 2026, 1, 32 }, { 2026, 1, -1 }, { 0, 1, 1 },
		{ 10000, 1, 1 } };

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(
		    when_from_date(cases[i][0], cases[i][1], cases[i][2]),
		    DAY_NONE);
}

/* Every day of four centuries follows the one before it. */
static void
test_round_trip(void **)
{
	int32_t last = when_from_date(2301, 1, 1);

	for (int32_t day = when_from_date(1899, 12, 31); day < last; day++) {
		struct date date = when_date(day);

		assert_int_equal(
		    when_from_date(date.year, date.month, date.mday), day);
		assert_int_equal(when_weekday(day + 1), date.weekday % 7 + 1);
	}
}

static void
test_local(void **)
{
	int64_t at = when_parse("2026-06-30T15:00:00Z");
	int32_t day = when_parse_day("2026-07-01");

	assert_int_equal(when_day(at), day);
	assert_int_equal(when_minute(at), 0);
	assert_int_equal(when_day(at - 1), day - 1);
	assert_int_equal(when_minute(at - 1), 1439);
	assert_int_equal(when_at(day, 0), at);
	assert_int_equal(when_at(day, 14 * 60 + 30),
	    when_parse("2026-07-01T14:30:00+09:00"));
	assert_int_equal(when_at(day, 1440), when_at(day + 1, 0));
	assert_string_equal(when_print(arena, at), "2026-07-01T00:00:00+09:00");
	assert_string_equal(when_print_day(arena, day), "2026-07-01");
	for (int32_t d = day; d < day + 800; d++)
		for (int minute = 0; minute < 1440; minute += 15) {
			assert_int_equal(when_day(when_at(d, minute)), d);
			assert_int_equal(when_minute(when_at(d, minute)),
			    minute);
		}
}

static void
test_parse(void **)
{
	static const struct {
		const char *s;
		int64_t at;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1970-01-01T09:00:00+09:00", 0 },
		{ "1969-12-31T14:30:00-09:30", 0 },
		{ "2026-07-01T14:00:00+09:00", 1782882000 },
		{ "2026-07-01t05:00:00z", 1782882000 },
		{ "2026-07-01 14:00:00+09:00", 1782882000 },
		{ "2026-07-01T14:00:00.999+09:00", 1782882000 },
		{ "2026-07-01T14:00:00-00:00", 1782914400 },
		{ "2016-12-31T23:59:60Z", 1483228800 },
		{ "2024-02-29T00:00:00Z", 1709164800 },
		{ "", AT_NONE },
		{ "9999-12-31T23:59:59-23:59", AT_NONE },
		{ "2026-07-01", AT_NONE },
		{ "2026-07-01T14:00:00", AT_NONE },
		{ "2026-07-01T14:00+09:00", AT_NONE },
		{ "2026-07-01T14:00:00+0900", AT_NONE },
		{ "2026-07-01T14:00:00+9:00", AT_NONE },
		{ "2026-07-01T14:00:00+24:00", AT_NONE },
		{ "2026-07-01T14:00:00+09:60", AT_NONE },
		{ "2026-07-01T24:00:00Z", AT_NONE },
		{ "2026-07-01T14:60:00Z", AT_NONE },
		{ "2026-07-01T14:00:61Z", AT_NONE },
		{ "2026-07-01T14:00:00.Z", AT_NONE },
		{ "2026-02-29T14:00:00Z", AT_NONE },
		{ "2026-07-01T14:00:00Zz", AT_NONE },
		{ " 2026-07-01T14:00:00Z", AT_NONE },
		{ "2026-07-01T14:00:00", AT_NONE },
		{ "2026-07-01T-4:00:00Z", AT_NONE },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		if (when_parse(cases[i].s) != cases[i].at)
			fail_msg("%s: %lld", cases[i].s,
			    (long long)when_parse(cases[i].s));
}

static void
test_parse_day(void **)
{
	static const char *const bad[] = { "", "2026-7-1", "2026-07-1",
		"2026-02-30", "2026-07-01 ", "2026/07/01", "20260701",
		"0000-01-01", "2026-07-01T", "+026-07-01", "２026-07-01" };

	assert_int_equal(when_parse_day("2026-07-01"), 20635);
	for (size_t i = 0; i < COUNT(bad); i++)
		if (when_parse_day(bad[i]) != DAY_NONE)
			fail_msg("accepted: %s", bad[i]);
}

static void
test_zones(void **)
{
	static const char *const bad[] = { "", "Mars/Phobos", "JST-9",
		"../zoneinfo/UTC", "/etc/localtime", ":UTC" };

	for (size_t i = 0; i < COUNT(bad); i++)
		if (when_zone(bad[i]) != -1)
			fail_msg("accepted: %s", bad[i]);
	assert_string_equal(when_zone_name(), "Asia/Tokyo");
	assert_int_equal(when_zone("America/St_Johns"), 0);
	assert_string_equal(when_print(arena, 1782882000),
	    "2026-07-01T02:30:00-02:30");
	assert_int_equal(when_zone("Europe/Berlin"), 0);
	assert_int_equal(when_at(when_parse_day("2026-07-01"), 420),
	    1782882000);
	assert_int_equal(when_at(when_parse_day("2026-01-01"), 60),
	    when_parse("2026-01-01T00:00:00Z"));
	assert_false(when_zone_is_fixed());
	assert_int_equal(when_zone("Asia/Tokyo"), 0);
	assert_true(when_zone_is_fixed());
}

/* Each instant is asked twice: what is remembered is what the C library
 * says, also around a change of the clocks. */
static void
test_remembered(void **)
{
	static const char *const zones[] = { "Europe/Berlin", "Asia/Tokyo",
		"Australia/Lord_Howe", "Asia/Tokyo" };

	for (size_t i = 0; i < 2 * COUNT(zones); i++) {
		if (i % 2 == 0)
			assert_int_equal(when_zone(zones[i / 2]), 0);
		for (time_t at = 1774724400; at < 1775372400; at += 449) {
			struct tm tm;

			localtime_r(&at, &tm);
			assert_int_equal(when_minute(at),
			    tm.tm_hour * 60 + tm.tm_min);
			assert_int_equal(when_date(when_day(at)).mday,
			    tm.tm_mday);
			assert_int_equal(when_parse(when_print(arena, at)), at);
		}
	}
}

static void
test_clock(void **)
{
	struct clock frozen = clock_rehearse(1000, 0);
	struct clock fast = clock_rehearse(1000, 3600);

	assert_int_equal(clock_now(&frozen), 1000);
	assert_int_equal(clock_wait_s(&frozen, 1000, 60), 0);
	assert_int_equal(clock_wait_s(&frozen, 2000, 60), 60);
	assert_in_range(clock_now(&fast), 1000, 1000 + 3600 * 5);
	assert_in_range(clock_wait_s(&fast, 1000 + 36000, 60), 5, 10);
	assert_int_equal(clock_wait_s(&fast, 900, 60), 0);
	assert_int_equal(clock_wait_s(&fast, INT32_MAX, 60), 60);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_no_dates),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_local),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_parse_day),
		cmocka_unit_test(test_zones),
		cmocka_unit_test(test_remembered),
		cmocka_unit_test(test_clock),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
