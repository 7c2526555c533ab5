/* Utilisation as staff see it. */
#ifndef OFFICE_USAGE_H
#define OFFICE_USAGE_H

#include "room/demand.h"
#include "room/usage.h"
#include "web/page.h"

/* A cell of the heat table: rate and its two numbers.  Under four bookings
 * it has no colour: one person more or less would change it. */
struct heat_cell {
	int64_t offered, booked;
	const char *percent;	/* "91" */
	const char *level;	/* class "h0" .. "h6"; NULL: nothing offered */
};

struct heat_row {
	int64_t starts_at;	/* any day's instant at that minute */
	bool online;
	struct heat_cell *cells;	/* a weekday each, then the total */
};

struct heat {
	int *weekdays;			/* ISO, those that occur */
	size_t columns;
	struct heat_row *rows;
	size_t count;
	struct heat_cell *totals;	/* a weekday each, then all */
	int best_weekday;		/* 0: nothing stands out */
	int64_t best_at;
	const char *best_percent;
};

/* A week of the chart; all lengths in CSS pixels. */
struct usage_bar {
	int x, offered_y, offered_height, booked_y, booked_height;
	int label_x;
	const char *label;	/* "6/29", or NULL between labels */
	const char *week;	/* 2026-06-29 */
	int64_t offered, booked;
	const char *percent;
};

struct usage_chart {
	int width;
	int top, half;		/* what the grid lines stand for */
	struct usage_bar *bars;
	size_t count;
};

struct usage_page {
	struct usage usage;
	struct demand *missed;	/* kinds told most often */
	int missed_count;
	const char *from, *to;	/* as typed */
	bool bad_period;	/* they were no period: the default is shown */
	int64_t from_at, until_at;
	const char *booked_rate, *use_rate, *no_show_rate;	/* NULL: none */
	const char *median_days, *within_48h;
	struct heat heat;
	struct usage_chart chart;
	struct usage_period {
		enum text name;
		const char *from, *to;
	} periods[3];
};

#endif
