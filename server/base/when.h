/*
 * Time.  An instant is int64_t seconds since 1970-01-01T00:00:00Z, named
 * *_at.  A day is a local calendar day of the room, counted from
 * 1970-01-01, named *_day; a minute counts from local midnight.  Local time
 * is that of the room's zone, which when_zone() makes the process's zone
 * once, before any thread starts.
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

#define QUARTER_S 900
#define HOUR_S 3600
#define DAY_S 86400
#define DAY_NONE INT32_MIN
#define AT_NONE INT64_MIN

struct date {
	int year;
	int month;	/* 1..12 */
	int mday;	/* 1..31 */
	int weekday;	/* ISO 8601: 1 Monday .. 7 Sunday */
};

/* 0, or -1 when the system does not know the zone ("Asia/Tokyo"). */
int when_zone(const char *name);
const char *when_zone_name(void);
bool when_zone_is_fixed(void);	/* one offset from 1970 until 2069 */

int32_t when_day(int64_t at);
int when_minute(int64_t at);
int64_t when_at(int32_t day, int minute);

struct date when_date(int32_t day);
int32_t when_from_date(int year, int month, int mday); /* or DAY_NONE */
int when_weekday(int32_t day);
/* The quarter of the year: year * 4 + 0..3, so that they can be counted. */
int when_year_quarter(int32_t day);

/* "2026-07-01" and back; DAY_NONE for anything else (also 2026-02-30). */
int32_t when_parse_day(const char *s);
char *when_print_day(struct arena *, int32_t day);
char *when_print_clock(struct arena *, int64_t at);	/* "9:50" */

/* RFC 3339 with an offset or Z; AT_NONE for anything else.  Printed with
 * the room's offset: "2026-07-01T14:00:00+09:00". */
int64_t when_parse(const char *s);
char *when_print(struct arena *, int64_t at);

#endif
