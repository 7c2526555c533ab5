/*
 * Utilisation: two grouped queries give cells, which are added up along
 * channel, theme, weekday, week and hour.
 */
#include "room/usage.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* One cell of either query; what the other counts is 0. */
struct cell {
	const char *channel, *theme;
	int64_t theme_id;
	int rank, weekday, week, minute;
	int64_t offered, booked, used;
	int64_t attended, no_show, cancelled, bookings;
};

struct lead {
	int64_t lead;
};

static const struct db_field frame_row[] = {
	DB_FIELD(struct cell, channel),
	DB_FIELD(struct cell, theme),
	DB_FIELD(struct cell, theme_id),
	DB_FIELD(struct cell, rank),
	DB_FIELD(struct cell, weekday),
	DB_FIELD(struct cell, week),
	DB_FIELD(struct cell, minute),
	DB_FIELD(struct cell, offered),
	DB_FIELD(struct cell, booked),
	DB_FIELD(struct cell, used),
	DB_END,
};

static const struct db_field booking_row[] = {
	DB_FIELD(struct cell, channel),
	DB_FIELD(struct cell, theme),
	DB_FIELD(struct cell, theme_id),
	DB_FIELD(struct cell, rank),
	DB_FIELD(struct cell, weekday),
	DB_FIELD(struct cell, week),
	DB_FIELD(struct cell, minute),
	DB_FIELD(struct cell, attended),
	DB_FIELD(struct cell, no_show),
	DB_FIELD(struct cell, cancelled),
	DB_FIELD(struct cell, bookings),
	DB_END,
};

static const struct db_field lead_row[] = {
	DB_FIELD(struct lead, lead),
	DB_END,
};

/* A side of the table while it is being added up. */
struct side {
	struct usage_row *rows;
	int *order;
	size_t count;
};

static double rate(int64_t part, int64_t whole);
static void add_cell(struct desk *, struct usage *, struct side sides[4],
    const struct cell *);
static struct usage_row *add_to(struct side *, const char *key, int order,
    const struct cell *);
static void add_counts(struct usage_row *, const struct cell *);
static void add_hour(struct usage *, const struct cell *);
static bool is_hour(const struct usage_hour *, const struct cell *);
static int leads(struct desk *, struct usage *);

double
usage_booked_rate(const struct usage_row *row)
{
	return rate(row->booked, row->offered);
}

double
usage_use_rate(const struct usage_row *row)
{
	return rate(row->used, row->offered);
}

double
usage_no_show_rate(const struct usage_row *row)
{
	return rate(row->no_show, row->attended + row->no_show);
}

double
usage_cancellation_rate(const struct usage_row *row)
{
	return rate(row->cancelled, row->bookings);
}

int
usage_between(struct desk *d, int32_t from_day, int32_t until_day,
    struct usage *usage)
{
	enum { CHANNEL, THEME, WEEKDAY, WEEK, SIDES };
	struct side sides[SIDES];
	struct cell *frames, *bookings;
	int frame_count = db_all(d->db, d->arena, frame_row, &frames,
	    usage_frames, .from_day = from_day, .until_day = until_day);
	int booking_count = db_all(d->db, d->arena, booking_row, &bookings,
	    usage_bookings, .from_day = from_day, .until_day = until_day);

	if (frame_count < 0 || booking_count < 0)
		return -1;
	size_t most = (size_t)(frame_count + booking_count) + 1;

	*usage = (struct usage) {
		.from_day = from_day,
		.until_day = until_day,
		.as_of_at = d->now,
		.hours = arena_array(d->arena, struct usage_hour, most),
	};
	for (int i = 0; i < SIDES; i++)
		sides[i] = (struct side) {
			.rows = arena_array(d->arena, struct usage_row, most),
			.order = arena_array(d->arena, int, most),
		};
	for (int i = 0; i < frame_count; i++) {
		add_cell(d, usage, sides, &frames[i]);
		add_hour(usage, &frames[i]);
	}
	for (int i = 0; i < booking_count; i++)
		add_cell(d, usage, sides, &bookings[i]);
	usage->channels = sides[CHANNEL].rows;
	usage->channel_count = sides[CHANNEL].count;
	usage->themes = sides[THEME].rows;
	usage->theme_count = sides[THEME].count;
	usage->weekdays = sides[WEEKDAY].rows;
	usage->weekday_count = sides[WEEKDAY].count;
	usage->weeks = sides[WEEK].rows;
	usage->week_count = sides[WEEK].count;
	if (db_value(d->db, &usage->days, usage_days, .from_day = from_day,
		.until_day = until_day) < 0)
		return -1;
	return leads(d, usage);
}

static double
rate(int64_t part, int64_t whole)
{
	return whole == 0 ? -1 : (double)part / (double)whole;
}

static void
add_cell(struct desk *d, struct usage *usage, struct side sides[4],
    const struct cell *cell)
{
	bool online = strcmp(cell->channel, "online") == 0;

	add_counts(&usage->total, cell);
	add_to(&sides[0], cell->channel, online, cell);
	add_to(&sides[1], cell->theme, cell->rank, cell)->id = cell->theme_id;
	add_to(&sides[2], arena_print(d->arena, "%d", cell->weekday),
	    cell->weekday, cell);
	add_to(&sides[3], when_print_day(d->arena, cell->week), cell->week,
	    cell);
}

/* Rows stay sorted by (order, key); there are few. */
static struct usage_row *
add_to(struct side *side, const char *key, int order, const struct cell *cell)
{
	size_t i = 0, behind;

	while (i < side->count &&
	    (side->order[i] < order ||
		(side->order[i] == order &&
		    strcmp(side->rows[i].key, key) < 0)))
		i++;
	if (i == side->count || side->order[i] != order ||
	    strcmp(side->rows[i].key, key) != 0) {
		behind = side->count - i;
		memmove(&side->rows[i + 1], &side->rows[i],
		    behind * sizeof(*side->rows));
		memmove(&side->order[i + 1], &side->order[i],
		    behind * sizeof(*side->order));
		side->rows[i] = (struct usage_row) { .key = key };
		side->order[i] = order;
		side->count++;
	}
	add_counts(&side->rows[i], cell);
	return &side->rows[i];
}

static void
add_counts(struct usage_row *row, const struct cell *cell)
{
	row->offered += cell->offered;
	row->booked += cell->booked;
	row->used += cell->used;
	row->attended += cell->attended;
	row->no_show += cell->no_show;
	row->cancelled += cell->cancelled;
	row->bookings += cell->bookings;
}

/* Cells come by minute, channel, weekday: equal ones stand together. */
static void
add_hour(struct usage *usage, const struct cell *cell)
{
	struct usage_hour *hour = &usage->hours[usage->hour_count];

	if (usage->hour_count > 0 && is_hour(hour - 1, cell))
		hour--;
	else
		usage->hour_count++;
	hour->minute = cell->minute;
	hour->weekday = cell->weekday;
	hour->channel = cell->channel;
	hour->offered += cell->offered;
	hour->booked += cell->booked;
}

static bool
is_hour(const struct usage_hour *hour, const struct cell *cell)
{
	return hour->minute == cell->minute && hour->weekday == cell->weekday &&
	    strcmp(hour->channel, cell->channel) == 0;
}

static int
leads(struct desk *d, struct usage *usage)
{
	struct usage_lead *lead = &usage->lead;
	struct lead *all;
	int count = db_all(d->db, d->arena, lead_row, &all, usage_leads,
	    .from_day = usage->from_day, .until_day = usage->until_day,
	    .now = d->now);

	if (count < 0)
		return -1;
	lead->count = count;
	lead->median_days = -1;
	for (int i = 0; i < count; i++) {
		int64_t hours = all[i].lead / HOUR_S;

		lead->within_24h += hours < 24;
		lead->within_48h += hours < 48;
		lead->days3_7 += hours >= 48 && hours < 7 * 24;
		lead->days8_14 += hours >= 7 * 24 && hours < 14 * 24;
		lead->days15 += hours >= 14 * 24;
	}
	if (count > 0)
		lead->median_days = (double)(all[(count - 1) / 2].lead +
					all[count / 2].lead) /
		    2 / DAY_S;
	return 0;
}
