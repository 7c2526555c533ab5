/*
 * Time: days by the arithmetic of the proleptic Gregorian calendar, local
 * time by the C library's zone.  It owns the process's TZ.
 */
#include "base/when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

#define YEAR_LEAST 1
#define YEAR_MOST 9999 /* four digits: RFC 3339 has no more */
#define DAY_LEAST (-719162) /* 0001-01-01 */
#define DAY_MOST 2932896 /* 9999-12-31 */

#define QUARTERS 2048 /* whose offsets are remembered: three weeks */

/* Seconds east of UTC in one quarter of an hour.  Zones change at full
 * quarters, and the C library reads a zone's rule anew for each instant
 * beyond its table, which took a fifth of a page of free times. */
struct offset {
	int64_t quarter;
	long offset_s;
	bool known;
};

static _Thread_local struct offset offsets[QUARTERS];
static char zone_name[64];
static bool zone_is_fixed;

static bool offset_stays(void);
static int64_t floor_div(int64_t, int64_t);
static char *put_number(char *at, int digits, int number);
static char *put_date(char *at, int year, int month, int mday);
static long offset_of(int64_t at);
static bool digits(const char **, int count, int *);
static bool letter(const char **, const char *either);
static bool parse_date(const char **, int32_t *day);
static bool parse_offset(const char **, int *offset_s);

/* An unknown zone would silently be UTC: so the file must be there. */
int
when_zone(const char *name)
{
	char path[128];

	if (strlen(name) >= sizeof(zone_name) || !*name || *name == '/' ||
	    *name == ':' || strstr(name, ".."))
		return -1;
	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	if (access(path, R_OK) < 0)
		return -1;
	strcpy(zone_name, name);
	if (setenv("TZ", name, 1) < 0)
		log_die("when.zone", "name=%s", name);
	tzset();
	memset(offsets, 0, sizeof(offsets));
	zone_is_fixed = offset_stays();
	return 0;
}

const char *
when_zone_name(void)
{
	return zone_name;
}

bool
when_zone_is_fixed(void)
{
	return zone_is_fixed;
}

int32_t
when_day(int64_t at)
{
	int64_t day = floor_div(at + offset_of(at), DAY_S);

	return day < DAY_LEAST || day > DAY_MOST ? DAY_NONE : (int32_t)day;
}

int
when_minute(int64_t at)
{
	int64_t local_s = at + offset_of(at);

	return (int)(local_s - floor_div(local_s, DAY_S) * DAY_S) / 60;
}

/* Where a zone skips an hour, mktime takes the offset from before it; where
 * it repeats one, the C library's choice stands.  Minutes past 24:00 run
 * into the next day. */
int64_t
when_at(int32_t day, int minute)
{
	struct date date = when_date(day);
	struct tm tm = {
		.tm_year = date.year - 1900,
		.tm_mon = date.month - 1,
		.tm_mday = date.mday,
		.tm_min = minute,
		.tm_isdst = -1,
	};

	return mktime(&tm);
}

/*
 * Days and dates after Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms" (civil_from_days, days_from_civil): years begin in March, so
 * that the leap day is a year's last, and 400 years (an era) have 146097
 * days.  719468 days lie between 0000-03-01 and 1970-01-01.
 */
struct date
when_date(int32_t day)
{
	int64_t z = (int64_t)day + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t doe = z - era * 146097; /* 0 .. 146096 */
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153; /* 0 is March */
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);

	return (struct date) {
		.year = (int)(yoe + era * 400) + (month <= 2),
		.month = month,
		.mday = (int)(doy - (153 * mp + 2) / 5 + 1),
		.weekday = when_weekday(day),
	};
}

int32_t
when_from_date(int year, int month, int mday)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	int64_t y, era, yoe, doy;

	if (year < YEAR_LEAST || year > YEAR_MOST || month < 1 || month > 12 ||
	    mday < 1 || mday > lengths[month - 1] + (month == 2 && leap))
		return DAY_NONE;
	y = month <= 2 ? year - 1 : year;
	era = floor_div(y, 400);
	yoe = y - era * 400;
	doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + mday - 1;
	return (int32_t)(era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy -
	    719468);
}

/* 1970-01-01 was a Thursday. */
int
when_weekday(int32_t day)
{
	int64_t since_monday = (int64_t)day + 3;

	return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

int
when_year_quarter(int32_t day)
{
	struct date date = when_date(day);

	return date.year * 4 + (date.month - 1) / 3;
}

int32_t
when_parse_day(const char *s)
{
	int32_t day;

	return parse_date(&s, &day) && !*s ? day : DAY_NONE;
}

char *
when_print_day(struct arena *arena, int32_t day)
{
	char *text = arena_get(arena, sizeof("2026-07-01"));
	struct date date = when_date(day);

	put_date(text, date.year, date.month, date.mday);
	return text;
}

char *
when_print_clock(struct arena *arena, int64_t at)
{
	char *text = arena_get(arena, sizeof("14:00"));
	int minute = when_minute(at), hour = minute / 60;
	char *end = put_number(text, hour < 10 ? 1 : 2, hour);

	*end++ = ':';
	put_number(end, 2, minute % 60);
	return text;
}

/* RFC 3339 5.6.  A fraction is cut off; a leap second (:60) counts as the
 * second behind it, as POSIX does. */
int64_t
when_parse(const char *s)
{
	int hour, minute, second, offset_s;
	int32_t day;

	if (!parse_date(&s, &day) || !letter(&s, "Tt ") ||
	    !digits(&s, 2, &hour) || !letter(&s, ":") ||
	    !digits(&s, 2, &minute) || !letter(&s, ":") ||
	    !digits(&s, 2, &second) || hour > 23 || minute > 59 || second > 60)
		return AT_NONE;
	if (letter(&s, ".")) {
		size_t fraction = strspn(s, "0123456789");

		if (!fraction)
			return AT_NONE;
		s += fraction;
	}
	if (!parse_offset(&s, &offset_s) || *s)
		return AT_NONE;
	int64_t at = (int64_t)day * DAY_S + hour * HOUR_S + minute * 60 +
	    second - offset_s;
	/* What it prints in the room's zone must be readable again. */
	return when_day(at) == DAY_NONE ? AT_NONE : at;
}

char *
when_print(struct arena *arena, int64_t at)
{
	char *text = arena_get(arena, sizeof("2026-07-01T14:00:00+09:00"));
	long offset_s = offset_of(at);
	int64_t day = floor_div(at + offset_s, DAY_S);
	int second = (int)(at + offset_s - day * DAY_S);
	int offset = (int)offset_s / 60, apart = abs(offset);
	struct date date = when_date((int32_t)day);
	char *end = put_date(text, date.year, date.month, date.mday);

	*end++ = 'T';
	end = put_number(end, 2, second / HOUR_S);
	*end++ = ':';
	end = put_number(end, 2, second % HOUR_S / 60);
	*end++ = ':';
	end = put_number(end, 2, second % 60);
	*end++ = offset < 0 ? '-' : '+';
	end = put_number(end, 2, apart / 60);
	*end++ = ':';
	put_number(end, 2, apart % 60);
	return text;
}

/* Looked for in January and July. */
static bool
offset_stays(void)
{
	long offset_s = offset_of(0);

	for (int year = 1970; year <= 2069; year++)
		for (int month = 1; month <= 7; month += 6) {
			int32_t day = when_from_date(year, month, 1);

			if (offset_of((int64_t)day * DAY_S) != offset_s)
				return false;
		}
	return true;
}

/* A page prints a hundred of these, and printf took a third of its time. */
static char *
put_number(char *at, int digits, int number)
{
	for (int i = digits; i > 0; number /= 10)
		at[--i] = (char)('0' + number % 10);
	return at + digits;
}

static char *
put_date(char *at, int year, int month, int mday)
{
	at = put_number(at, 4, year);
	*at++ = '-';
	at = put_number(at, 2, month);
	*at++ = '-';
	return put_number(at, 2, mday);
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* 0 for a year that no int holds. */
static long
offset_of(int64_t at)
{
	int64_t quarter = floor_div(at, QUARTER_S);
	struct offset *offset = &offsets[(uint64_t)quarter % QUARTERS];
	time_t t = at;
	struct tm tm = { 0 };

	if (offset->known && offset->quarter == quarter)
		return offset->offset_s;
	if (localtime_r(&t, &tm))
		*offset = (struct offset) { quarter, tm.tm_gmtoff, true };
	else
		log_fault("when.local", "at=%lld", (long long)at);
	return tm.tm_gmtoff;
}

static bool
digits(const char **s, int count, int *number)
{
	*number = 0;
	for (; count > 0; count--, (*s)++) {
		if (**s < '0' || **s > '9')
			return false;
		*number = *number * 10 + (**s - '0');
	}
	return true;
}

static bool
letter(const char **s, const char *either)
{
	if (!**s || !strchr(either, **s))
		return false;
	(*s)++;
	return true;
}

static bool
parse_date(const char **s, int32_t *day)
{
	int year, month, mday;

	if (!digits(s, 4, &year) || !letter(s, "-") || !digits(s, 2, &month) ||
	    !letter(s, "-") || !digits(s, 2, &mday))
		return false;
	*day = when_from_date(year, month, mday);
	return *day != DAY_NONE;
}

static bool
parse_offset(const char **s, int *offset_s)
{
	int sign, hours, minutes;

	*offset_s = 0;
	if (letter(s, "Zz"))
		return true;
	sign = **s == '-' ? -1 : 1;
	if (!letter(s, "+-") || !digits(s, 2, &hours) || !letter(s, ":") ||
	    !digits(s, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*offset_s = sign * (hours * HOUR_S + minutes * 60);
	return true;
}
