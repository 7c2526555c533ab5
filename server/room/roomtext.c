/*
 * How times and codes are written in room files, in both directions.
 */
#include "room/roomtext.h"

#include <ctype.h>
#include <string.h>

#include "base/when.h"

#define DAY_CHARS 10 /* "2026-08-13" */
#define DAY_MINUTES (24 * 60)

static bool two_digits(const char *s, int *number);
static bool clock_time(const char *s, int *minute);

bool
roomtext_code(const char *s)
{
	size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-");

	return len >= 1 && len <= CODE_MAX && s[len] == '\0';
}

bool
roomtext_hours(const char *s, int *start_minute, int *minutes)
{
	int until;

	if (strlen(s) != strlen("13:00-16:00") || s[5] != '-' ||
	    !clock_time(s, start_minute) || !clock_time(s + 6, &until))
		return false;
	*minutes = until - *start_minute;
	return *minutes > 0;
}

char *
roomtext_print_hours(struct arena *a, int start_minute, int minutes)
{
	int until = start_minute + minutes;

	return arena_print(a, "%02d:%02d-%02d:%02d", start_minute / 60,
	    start_minute % 60, until / 60, until % 60);
}

bool
roomtext_month_day(const char *s, int *month_day)
{
	int month, mday;

	*month_day = 0;
	if (*s == '\0')
		return true;
	if (strlen(s) != strlen("12-29") || s[2] != '-' ||
	    !two_digits(s, &month) || !two_digits(s + 3, &mday) ||
	    when_from_date(2000, month, mday) == DAY_NONE) /* leap year */
		return false;
	*month_day = month * 100 + mday;
	return true;
}

char *
roomtext_print_month_day(struct arena *a, int month_day)
{
	if (month_day == 0)
		return arena_dup(a, "");
	return arena_print(a, "%02d-%02d", month_day / 100, month_day % 100);
}

bool
roomtext_moment(const char *s, bool end, int64_t *at)
{
	char date[DAY_CHARS + 1] = { 0 };
	int32_t day;
	int minute = end ? DAY_MINUTES : 0;
	size_t len = strlen(s);

	if (len != DAY_CHARS && len != DAY_CHARS + strlen(" 13:00"))
		return false;
	memcpy(date, s, DAY_CHARS);
	day = when_parse_day(date);
	if (day == DAY_NONE)
		return false;
	if (len > DAY_CHARS &&
	    (s[DAY_CHARS] != ' ' || !clock_time(s + DAY_CHARS + 1, &minute)))
		return false;
	*at = minute == DAY_MINUTES ? when_at(day + 1, 0)
				    : when_at(day, minute);
	return when_day(*at) != DAY_NONE; /* the end of 9999 is none */
}

char *
roomtext_print_moment(struct arena *a, int64_t at, bool end)
{
	int32_t day = when_day(at);
	int minute = when_minute(at);

	if (minute == 0)
		return when_print_day(a, end ? day - 1 : day);
	return arena_print(a, "%s %02d:%02d", when_print_day(a, day),
	    minute / 60, minute % 60);
}

/* Reads only two bytes of `s`. */
static bool
two_digits(const char *s, int *number)
{
	if (!isdigit((unsigned char)s[0]) || !isdigit((unsigned char)s[1]))
		return false;
	*number = (s[0] - '0') * 10 + (s[1] - '0');
	return true;
}

/* "13:00" at the beginning of `s`, up to "24:00". */
static bool
clock_time(const char *s, int *minute)
{
	int hour, rest;

	if (!two_digits(s, &hour) || s[2] != ':' || !two_digits(s + 3, &rest))
		return false;
	*minute = hour * 60 + rest;
	return rest < 60 && *minute <= DAY_MINUTES;
}
