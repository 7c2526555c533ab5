/*
 * Public holidays and closed days.  `--print FROM UNTIL` prints the holidays
 * of whole years, one a line, for comparison with another calendar.
 */
#include "desk.h"
#include "room/holiday.h"

static const struct {
	const char *day, *name;
} named[] = {
	{ "2000-01-10", "成人の日" }, /* the first Happy Monday */
	{ "2002-07-20", "海の日" },
	{ "2002-09-15", "敬老の日" },
	{ "2002-09-16", "振替休日" },
	{ "2003-07-21", "海の日" },
	{ "2006-04-29", "みどりの日" },
	{ "2006-05-04", "国民の休日" },
	{ "2003-05-04", NULL }, /* a Sunday before 2007 */
	{ "2007-05-04", "みどりの日" },
	{ "2009-05-06", "振替休日" }, /* not the Monday: that is named */
	{ "2009-09-22", "国民の休日" },
	{ "2015-08-11", NULL }, /* 山の日 began in 2016 */
	{ "2016-08-11", "山の日" },
	{ "2018-12-24", "振替休日" },
	{ "2019-02-23", NULL },
	{ "2019-12-23", NULL }, /* neither Emperor's birthday */
	{ "2019-04-30", "国民の休日" },
	{ "2019-05-01", "天皇の即位の日" },
	{ "2019-05-02", "国民の休日" },
	{ "2019-10-14", "体育の日" },
	{ "2019-10-22", "即位礼正殿の儀の行われる日" },
	{ "2020-07-23", "海の日" },
	{ "2020-07-24", "スポーツの日" },
	{ "2020-07-20", NULL },
	{ "2020-08-10", "山の日" },
	{ "2020-08-11", NULL },
	{ "2020-10-12", NULL },
	{ "2021-07-22", "海の日" },
	{ "2021-07-23", "スポーツの日" },
	{ "2021-08-08", "山の日" },
	{ "2021-08-09", "振替休日" },
	{ "2024-02-12", "振替休日" },
	{ "2025-02-24", "振替休日" },
	{ "2026-03-20", "春分の日" },
	{ "2026-09-22", "国民の休日" },
	{ "2027-03-21", "春分の日" },
	{ "2027-03-22", "振替休日" },
	{ "2012-09-22", "秋分の日" }, /* not the 23rd, since 1896 */
	{ "2092-03-19", "春分の日" },
	{ "1999-01-01", NULL }, /* outside what is known */
	{ "2100-01-01", NULL },
};

/* All of two years, from the government's calendar. */
static const char *const whole[] = {
	"2026-01-01",
	"2026-01-12",
	"2026-02-11",
	"2026-02-23",
	"2026-03-20",
	"2026-04-29",
	"2026-05-03",
	"2026-05-04",
	"2026-05-05",
	"2026-05-06",
	"2026-07-20",
	"2026-08-11",
	"2026-09-21",
	"2026-09-22",
	"2026-09-23",
	"2026-10-12",
	"2026-11-03",
	"2026-11-23",
	"2027-01-01",
	"2027-01-11",
	"2027-02-11",
	"2027-02-23",
	"2027-03-21",
	"2027-03-22",
	"2027-04-29",
	"2027-05-03",
	"2027-05-04",
	"2027-05-05",
	"2027-07-19",
	"2027-08-11",
	"2027-09-20",
	"2027-09-23",
	"2027-10-11",
	"2027-11-03",
	"2027-11-23",
};

static void
test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		const char *name = holiday_by_law(when_parse_day(named[i].day));

		print_message("%s\n", named[i].day);
		if (named[i].name == NULL)
			assert_null(name);
		else
			assert_string_equal(name, named[i].name);
	}
}

static void
test_whole_years(void **state)
{
	struct test_desk *t = *state;
	size_t found = 0, all = sizeof(whole) / sizeof(whole[0]);

	for (int32_t day = when_from_date(2026, 1, 1);
	     day <= when_from_date(2027, 12, 31); day++) {
		if (holiday_by_law(day) == NULL)
			continue;
		assert_true(found < all);
		assert_string_equal(when_print_day(t->desk.arena, day),
		    whole[found++]);
	}
	assert_int_equal(found, all);
}

static const struct policy policy = { .closed_from = 1229,
	.closed_until = 103,
	.phone = "" };

static void
test_turn_of_year(void **state)
{
	struct test_desk *t = *state;
	static const struct {
		const char *day;
		int closed;
	} cases[] = {
		{ "2026-12-28", 0 },
		{ "2026-12-29", 1 },
		{ "2026-12-31", 1 },
		{ "2027-01-03", 1 },
		{ "2027-01-04", 0 },
		{ "2027-01-11", 1 },
	};
	struct policy never = policy;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(holiday_closed(&t->desk, &policy,
				     when_parse_day(cases[i].day)),
		    cases[i].closed);
	never.closed_from = never.closed_until = 0;
	assert_int_equal(
	    holiday_closed(&t->desk, &never, when_parse_day("2026-12-29")), 0);
	never.closed_from = 813; /* within one year */
	never.closed_until = 815;
	assert_int_equal(
	    holiday_closed(&t->desk, &never, when_parse_day("2026-08-15")), 1);
	assert_int_equal(
	    holiday_closed(&t->desk, &never, when_parse_day("2026-08-16")), 0);
}

static void
test_table_wins(void **state)
{
	struct desk *d = &((struct test_desk *)*state)->desk;
	int32_t moved = when_parse_day("2027-11-03");
	int32_t to = when_parse_day("2027-11-05");
	struct policy open = policy;
	bool closed[3];

	assert_int_equal(db_do(d->db, holiday_put, .day = moved, .closed = 0,
			     .name = "文化の日"),
	    1);
	assert_int_equal(db_do(d->db, holiday_put, .day = to, .closed = 1,
			     .name = "文化の日"),
	    1);
	assert_int_equal(holiday_closed_between(d, &policy, moved, to, closed),
	    0);
	assert_false(closed[0]);
	assert_false(closed[1]);
	assert_true(closed[2]);
	open.on_holidays = 1;
	assert_int_equal(holiday_closed(d, &open, to), 0);
	assert_int_equal(holiday_closed(d, &open, when_parse_day("2026-12-31")),
	    1);
}

static int
print_years(const char *from, const char *until)
{
	struct arena *a = arena_new();

	for (int32_t day = when_from_date(atoi(from), 1, 1);
	     day <= when_from_date(atoi(until), 12, 31); day++) {
		if (holiday_by_law(day))
			puts(when_print_day(a, day));
	}
	arena_free(a);
	return 0;
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test_setup_teardown(test_whole_years,
		    test_desk_open, test_desk_close),
		cmocka_unit_test_setup_teardown(test_turn_of_year,
		    test_desk_open, test_desk_close),
		cmocka_unit_test_setup_teardown(test_table_wins, test_desk_open,
		    test_desk_close),
	};

	if (argc == 4 && strcmp(argv[1], "--print") == 0)
		return print_years(argv[2], argv[3]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
