/*
 * Utilisation.  Definitions, used everywhere:
 *	offered		frames open when their session began
 *	booked		offered frames with a booking at their start
 *	attended	bookings whose guest came
 *	used		offered frames covered by an attended booking
 *	no_show, cancelled	bookings
 *	booked_rate	booked / offered
 *	use_rate	used / offered
 *	no_show_rate	no_show / (attended + no_show)
 *	cancellation_rate	cancelled / all confirmed once
 * A rate without denominator is -1.
 */
#ifndef ROOM_USAGE_H
#define ROOM_USAGE_H

#include "room/desk.h"

struct usage_row {
	const char *key;	/* NULL for the total; channel, theme code,
				   weekday "1".."7", week "2026-06-29" */
	int64_t id;		/* of the theme, else 0 */
	int64_t offered, booked, used, attended, no_show, cancelled;
	int64_t bookings;	/* all that were confirmed once */
};

double usage_booked_rate(const struct usage_row *);
double usage_use_rate(const struct usage_row *);
double usage_no_show_rate(const struct usage_row *);
double usage_cancellation_rate(const struct usage_row *);

struct usage_hour {
	int weekday;
	int minute;
	const char *channel;
	int64_t offered, booked;
};

/* Lead times from confirmation to start, of booked frames. */
struct usage_lead {
	int64_t count, within_24h, within_48h;
	int64_t days3_7, days8_14, days15;	/* beyond 48 h, in steps */
	double median_days;	/* -1 without bookings */
};

struct usage {
	int32_t from_day, until_day;	/* inclusive */
	int64_t as_of_at;
	int64_t days;			/* with at least one offered frame */
	struct usage_row total;
	struct usage_row *channels, *themes, *weekdays, *weeks;
	size_t channel_count, theme_count, weekday_count, week_count;
	struct usage_hour *hours;	/* by minute, channel, weekday */
	size_t hour_count;
	struct usage_lead lead;
};

/* 0 or -1. */
int usage_between(struct desk *, int32_t from_day, int32_t until_day,
    struct usage *);

#endif
