/*
 * The text of a recurrence rule: one function for each part that we know.
 * It owns nothing.
 */
#include "base/rrule.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"

#define VALUE_MAX 160
#define INTERVAL_MOST 999
#define COUNT_MOST 9999

enum { DAILY, WEEKLY, MONTHLY, YEARLY, FREQS };

struct rrule {
	int freq;
	unsigned seen; /* a bit for each of `parts` */
	int start_minute;
	int32_t until_day;
	bool ordinal; /* a weekday such as 2SA */
	bool from_end; /* a day of the month such as -1 */
};

static bool take_freq(struct rrule *, char *value);
static bool take_interval(struct rrule *, char *value);
static bool take_count(struct rrule *, char *value);
static bool take_until(struct rrule *, char *value);
static bool take_days(struct rrule *, char *value);
static bool take_month_days(struct rrule *, char *value);
static bool take_months(struct rrule *, char *value);
static bool take_positions(struct rrule *, char *value);
static bool take_week_start(struct rrule *, char *value);
static bool take_numbers(char *value, int least, int most, int *lowest);
static bool take_part(struct rrule *, const char *part, size_t len,
    const char **why);
static const char *at_odds(const struct rrule *);
static bool number(const char *s, int least, int most, int *n);
static int weekday(const char *s);

/* In the order of the bits of `seen`. */
enum { FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS };
static const struct part {
	const char *name;
	bool (*take)(struct rrule *, char *value);
	const char *why;
} parts[] = {
	{ "FREQ", take_freq, "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY" },
	{ "INTERVAL", take_interval, "INTERVAL must be 1 to 999" },
	{ "COUNT", take_count, "COUNT must be 1 to 9999" },
	{ "UNTIL", take_until, "UNTIL must be a day or a moment" },
	{ "BYDAY", take_days, "BYDAY must be weekdays such as WE or 2SA" },
	{ "BYMONTHDAY", take_month_days,
	    "BYMONTHDAY must be 1 to 31 or -31 to -1" },
	{ "BYMONTH", take_months, "BYMONTH must be 1 to 12" },
	{ "BYSETPOS", take_positions, "BYSETPOS must be 1 to 31 or -31 to -1" },
	{ "WKST", take_week_start, "WKST must be a weekday" },
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

bool
rrule_check(const char *rule, int start_minute, int32_t *until_day,
    const char **why)
{
	struct rrule r = { .start_minute = start_minute,
		.until_day = DAY_NONE };

	for (;;) {
		size_t len = strcspn(rule, ";");

		if (!take_part(&r, rule, len, why))
			return false;
		if (!rule[len])
			break;
		rule += len + 1;
	}
	*until_day = r.until_day;
	*why = at_odds(&r);
	return !*why;
}

static bool
take_part(struct rrule *r, const char *part, size_t len, const char **why)
{
	char value[VALUE_MAX];
	const char *equals = memchr(part, '=', len);
	size_t name_len = equals ? (size_t)(equals - part) : len;
	size_t i = 0;

	while (i < PARTS &&
	    (strlen(parts[i].name) != name_len ||
		memcmp(parts[i].name, part, name_len) != 0))
		i++;
	if (i == PARTS || !equals || len - name_len > sizeof(value)) {
		*why = "only FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, "
		       "BYMONTH, BYSETPOS and WKST are understood";
		return false;
	}
	if (r->seen & 1U << i) {
		*why = "a part of the rule is given twice";
		return false;
	}
	r->seen |= 1U << i;
	snprintf(value, sizeof(value), "%.*s", (int)(len - name_len - 1),
	    equals + 1);
	*why = parts[i].why;
	return parts[i].take(r, value);
}

/* What may not stand together, by RFC 5545 3.3.10 or by libical 3.0.16, which
 * ignores BYSETPOS by day and week and negative days by day. */
static const char *
at_odds(const struct rrule *r)
{
	bool by_month_day = r->seen & 1U << BYMONTHDAY;

	if (!(r->seen & 1U << FREQ))
		return "FREQ is missing";
	if (r->seen & 1U << COUNT && r->seen & 1U << UNTIL)
		return "COUNT and UNTIL exclude each other";
	if (r->ordinal && r->freq < MONTHLY)
		return "numbered weekdays need FREQ=MONTHLY or YEARLY";
	if (r->freq == WEEKLY && by_month_day)
		return "BYMONTHDAY does not go with FREQ=WEEKLY";
	if (r->freq == DAILY && r->from_end)
		return "days from the end need FREQ=MONTHLY or YEARLY";
	if (r->ordinal && by_month_day)
		return "numbered weekdays do not go with BYMONTHDAY";
	if (r->seen & 1U << BYSETPOS &&
	    (r->freq < MONTHLY ||
		!(r->seen & (1U << BYDAY | 1U << BYMONTHDAY))))
		return "BYSETPOS needs FREQ=MONTHLY or YEARLY and days";
	return NULL;
}

static bool
take_freq(struct rrule *r, char *value)
{
	static const char *const names[FREQS] = { "DAILY", "WEEKLY", "MONTHLY",
		"YEARLY" };

	while (r->freq < FREQS && strcmp(value, names[r->freq]) != 0)
		r->freq++;
	return r->freq < FREQS;
}

static bool
take_interval(struct rrule *, char *value)
{
	int n;

	return number(value, 1, INTERVAL_MOST, &n);
}

static bool
take_count(struct rrule *, char *value)
{
	int n;

	return number(value, 1, COUNT_MOST, &n);
}

/* YYYYMMDD, YYYYMMDDTHHMMSS in local time, or the same with Z in UTC; read
 * as the forms of RFC 3339. */
static bool
take_until(struct rrule *r, char *value)
{
	char day[11], moment[21];
	size_t len = strlen(value);
	bool utc = len == 16 && value[15] == 'Z';
	int64_t at;
	int minute;

	if (len != 8 && (len != 15 && !utc))
		return false;
	snprintf(day, sizeof(day), "%.4s-%.2s-%.2s", value, value + 4,
	    value + 6);
	r->until_day = when_parse_day(day);
	if (len == 8 || r->until_day == DAY_NONE)
		return r->until_day != DAY_NONE;
	snprintf(moment, sizeof(moment), "%sT%.2s:%.2s:%.2sZ", day, value + 9,
	    value + 11, value + 13);
	at = when_parse(moment);
	if (value[8] != 'T' || at == AT_NONE)
		return false;
	minute = (int)((at - (int64_t)r->until_day * DAY_S) / 60);
	if (utc) {
		r->until_day = when_day(at);
		minute = when_minute(at);
	}
	if (r->start_minute > minute)
		r->until_day--;
	return true;
}

static bool
take_days(struct rrule *r, char *value)
{
	char *rest = NULL, *item = strtok_r(value, ",", &rest);
	int n;

	if (!item)
		return false;
	for (; item; item = strtok_r(NULL, ",", &rest)) {
		size_t len = strlen(item);

		if (len < 2 || weekday(item + len - 2) == 0)
			return false;
		if (len == 2)
			continue;
		item[len - 2] = '\0';
		r->ordinal = true;
		if (!number(item + (*item == '+'), -5, 5, &n) || n == 0)
			return false;
	}
	return true;
}

static bool
take_numbers(char *value, int least, int most, int *lowest)
{
	char *rest = NULL, *item = strtok_r(value, ",", &rest);
	int n;

	*lowest = most;
	if (!item)
		return false;
	for (; item; item = strtok_r(NULL, ",", &rest)) {
		if (!number(item, least, most, &n) || n == 0)
			return false;
		if (n < *lowest)
			*lowest = n;
	}
	return true;
}

static bool
take_month_days(struct rrule *r, char *value)
{
	int lowest;
	bool good = take_numbers(value, -31, 31, &lowest);

	r->from_end = lowest < 0;
	return good;
}

static bool
take_months(struct rrule *, char *value)
{
	int lowest;

	return take_numbers(value, 1, 12, &lowest);
}

static bool
take_positions(struct rrule *, char *value)
{
	int lowest;

	return take_numbers(value, -31, 31, &lowest);
}

static bool
take_week_start(struct rrule *, char *value)
{
	return strlen(value) == 2 && weekday(value) > 0;
}

static bool
number(const char *s, int least, int most, int *n)
{
	size_t digits = strspn(s + (*s == '-'), "0123456789");

	*n = atoi(s);
	return digits > 0 && digits < 5 && !s[digits + (*s == '-')] &&
	    *n >= least && *n <= most;
}

/* 1 .. 7, 0 for anything else. */
static int
weekday(const char *s)
{
	static const char names[] = "MOTUWETHFRSASU";

	for (int i = 0; i < 7; i++)
		if (strncmp(s, names + 2 * (size_t)i, 2) == 0)
			return i + 1;
	return 0;
}
