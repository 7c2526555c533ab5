/*
 * Public holidays of Japan from 2000 to 2099 and the days on which the room
 * is closed.  Owns the table that overrules the law's calendar.
 *
 * Sources: 国民の祝日に関する法律 (昭和23年法律第178号) with its amendments in
 * force since 2000, 2003, 2007, 2016 and 2020; the special laws for 2019
 * (平成30年法律第99号) and for the Olympic summers of 2020 and 2021.
 */
#include "room/holiday.h"

#include <stddef.h>

#define FIRST_YEAR 2000
#define LAST_YEAR 2099

/* A day the law names: by date, as the n-th Monday of its month, or, where
 * both are 0, as the equinox of its month. */
struct named {
	int month, mday, monday;
	int from, until; /* years */
	const char *name;
};

static const struct named law[] = {
	{ 1, 1, 0, 2000, 2099, "元日" },
	{ 1, 0, 2, 2000, 2099, "成人の日" },
	{ 2, 11, 0, 2000, 2099, "建国記念の日" },
	{ 2, 23, 0, 2020, 2099, "天皇誕生日" },
	{ 3, 0, 0, 2000, 2099, "春分の日" },
	{ 4, 29, 0, 2000, 2006, "みどりの日" },
	{ 4, 29, 0, 2007, 2099, "昭和の日" },
	{ 5, 1, 0, 2019, 2019, "天皇の即位の日" },
	{ 5, 3, 0, 2000, 2099, "憲法記念日" },
	{ 5, 4, 0, 2007, 2099, "みどりの日" },
	{ 5, 5, 0, 2000, 2099, "こどもの日" },
	{ 7, 20, 0, 2000, 2002, "海の日" },
	{ 7, 0, 3, 2003, 2019, "海の日" },
	{ 7, 23, 0, 2020, 2020, "海の日" },
	{ 7, 22, 0, 2021, 2021, "海の日" },
	{ 7, 0, 3, 2022, 2099, "海の日" },
	{ 7, 24, 0, 2020, 2020, "スポーツの日" },
	{ 7, 23, 0, 2021, 2021, "スポーツの日" },
	{ 8, 11, 0, 2016, 2019, "山の日" },
	{ 8, 10, 0, 2020, 2020, "山の日" },
	{ 8, 8, 0, 2021, 2021, "山の日" },
	{ 8, 11, 0, 2022, 2099, "山の日" },
	{ 9, 15, 0, 2000, 2002, "敬老の日" },
	{ 9, 0, 3, 2003, 2099, "敬老の日" },
	{ 9, 0, 0, 2000, 2099, "秋分の日" },
	{ 10, 0, 2, 2000, 2019, "体育の日" },
	{ 10, 0, 2, 2022, 2099, "スポーツの日" },
	{ 10, 22, 0, 2019, 2019, "即位礼正殿の儀の行われる日" },
	{ 11, 3, 0, 2000, 2099, "文化の日" },
	{ 11, 23, 0, 2000, 2099, "勤労感謝の日" },
	{ 12, 23, 0, 2000, 2018, "天皇誕生日" },
};

struct overrule {
	int day;
	int closed;
};

static const struct db_field overrule_row[] = {
	DB_FIELD(struct overrule, day),
	DB_FIELD(struct overrule, closed),
	DB_END,
};

static const char *named_day(int32_t day);
static bool falls_on(const struct named *, struct date);
static int equinox(int year, int month);
static bool substitute(int32_t day);
static bool turn_of_year(const struct policy *, int32_t day);

const char *
holiday_by_law(int32_t day)
{
	int year = when_date(day).year;
	const char *name;

	if (year < FIRST_YEAR || year > LAST_YEAR)
		return NULL;
	name = named_day(day);
	if (name)
		return name;
	if (substitute(day))
		return "振替休日";
	/* Article 3.3.  Until 2006 it left out Sundays; that made 5/4 an
	 * ordinary Sunday. */
	if (named_day(day - 1) && named_day(day + 1) &&
	    (year >= 2007 || when_weekday(day) != 7))
		return "国民の休日";
	return NULL;
}

int
holiday_closed(struct desk *d, const struct policy *p, int32_t day)
{
	bool closed;

	return holiday_closed_between(d, p, day, day, &closed) < 0 ? -1
								   : closed;
}

int
holiday_closed_between(struct desk *d, const struct policy *p, int32_t from_day,
    int32_t until_day, bool *closed)
{
	struct overrule *list;
	int n = db_all(d->db, d->arena, overrule_row, &list, holiday_between,
	    .from_day = from_day, .until_day = until_day);

	if (n < 0)
		return -1;
	for (int32_t day = from_day; day <= until_day; day++)
		closed[day - from_day] = holiday_by_law(day) != NULL;
	for (int i = 0; i < n; i++)
		closed[list[i].day - from_day] = list[i].closed;
	for (int32_t day = from_day; day <= until_day; day++) {
		bool *c = &closed[day - from_day];
		*c = (*c && !p->on_holidays) || turn_of_year(p, day);
	}
	return 0;
}

/* Article 2: the days that have a name of their own. */
static const char *
named_day(int32_t day)
{
	struct date date = when_date(day);

	for (size_t i = 0; i < sizeof(law) / sizeof(law[0]); i++) {
		if (falls_on(&law[i], date))
			return law[i].name;
	}
	return NULL;
}

static bool
falls_on(const struct named *n, struct date date)
{
	if (date.month != n->month || date.year < n->from ||
	    date.year > n->until)
		return false;
	if (n->mday)
		return date.mday == n->mday;
	if (n->monday)
		return date.weekday == 1 && (date.mday + 6) / 7 == n->monday;
	return date.mday == equinox(date.year, date.month);
}

/* The formula of 海上保安庁水路部, 新こよみ便利帳, good for 1980 to 2099: the
 * equinox of 1980, moved by a tropical year's rest, less leap days. */
static int
equinox(int year, int month)
{
	int years = year - 1980;
	double at = month == 3 ? 20.8431 : 23.2488;

	return (int)(at + 0.242194 * years) - years / 4;
}

/* Article 3.2: the first day after a named Sunday that is not named itself.
 * Before 2007 it was the Monday; no two named days were neighbours then. */
static bool
substitute(int32_t day)
{
	while (named_day(--day)) {
		if (when_weekday(day) == 7)
			return true;
	}
	return false;
}

static bool
turn_of_year(const struct policy *p, int32_t day)
{
	struct date date = when_date(day);
	int today = date.month * 100 + date.mday;

	if (p->closed_from == 0)
		return false;
	if (p->closed_from <= p->closed_until)
		return today >= p->closed_from && today <= p->closed_until;
	return today >= p->closed_from || today <= p->closed_until;
}
