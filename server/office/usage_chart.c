/* Pictures of utilisation, computed as numbers that templates draw. */
#include "office/usage_chart.h"

#include <string.h>

#include "room/place.h"

/* Bars stand on y = 220 and reach up to y = 20. */
#define CHART_FLOOR 220
#define CHART_HEIGHT 200
#define CHART_LEFT 50
#define BAR_STEP 42
#define BAR_WIDTH 26
#define COLOUR_FROM 4 /* bookings; fewer say nothing */

static struct heat_cell cell(struct arena *, int64_t offered, int64_t booked);
static const char *level(int64_t offered, int64_t booked);
static struct heat_row *row_for(struct heat *, const struct usage_hour *,
    int32_t day);
static size_t column_of(const struct heat *, int weekday);
static void finish_cells(struct arena *, struct heat_cell *, size_t count);
static void best_of(struct heat *);
static int chart_top(const struct usage *);

const char *
usage_percent(struct arena *arena, double rate)
{
	return rate < 0 ? NULL : arena_print(arena, "%.1f", rate * 100);
}

void
usage_heat(struct arena *arena, const struct usage *u, struct heat *heat)
{
	size_t columns = u->weekday_count;

	*heat = (struct heat) {
		.columns = columns,
		.weekdays = arena_array(arena, int, columns + 1),
		.rows = arena_array(arena, struct heat_row, u->hour_count + 1),
		.totals = arena_array(arena, struct heat_cell, columns + 1),
	};
	for (size_t i = 0; i < columns; i++) {
		heat->weekdays[i] = u->weekdays[i].key[0] - '0';
		heat->totals[i] = cell(arena, u->weekdays[i].offered,
		    u->weekdays[i].booked);
	}
	heat->totals[columns] = cell(arena, u->total.offered, u->total.booked);
	for (size_t i = 0; i < u->hour_count; i++) {
		const struct usage_hour *hour = &u->hours[i];
		struct heat_row *row = row_for(heat, hour, u->from_day);
		size_t at = column_of(heat, hour->weekday);

		if (row->cells == NULL)
			row->cells = arena_array(arena, struct heat_cell,
			    columns + 1);
		row->cells[at].offered += hour->offered;
		row->cells[at].booked += hour->booked;
		row->cells[columns].offered += hour->offered;
		row->cells[columns].booked += hour->booked;
	}
	for (size_t i = 0; i < heat->count; i++)
		finish_cells(arena, heat->rows[i].cells, columns + 1);
	best_of(heat);
}

void
usage_weeks(struct arena *arena, const struct usage *u,
    struct usage_chart *chart)
{
	int top = chart_top(u);
	size_t every = u->week_count / 8 + 1;

	*chart = (struct usage_chart) {
		.width = CHART_LEFT + (int)u->week_count * BAR_STEP + 10,
		.top = top,
		.half = top / 2,
		.bars = arena_array(arena, struct usage_bar, u->week_count + 1),
	};
	for (size_t i = 0; i < u->week_count; i++) {
		const struct usage_row *week = &u->weeks[i];
		struct date monday = when_date(when_parse_day(week->key));
		int offered = (int)(week->offered * CHART_HEIGHT / top);
		int booked = (int)(week->booked * CHART_HEIGHT / top);
		int x = CHART_LEFT + (int)i * BAR_STEP;

		if (week->offered == 0)
			continue;
		chart->bars[chart->count++] = (struct usage_bar) {
			.x = x,
			.label_x = x + BAR_WIDTH / 2,
			.offered_y = CHART_FLOOR - offered,
			.offered_height = offered,
			.booked_y = CHART_FLOOR - booked,
			.booked_height = booked,
			.label = i % every != 0
			    ? NULL
			    : arena_print(arena, "%d/%d", monday.month,
				  monday.mday),
			.week = week->key,
			.offered = week->offered,
			.booked = week->booked,
			.percent = usage_percent(arena,
			    usage_booked_rate(week)),
		};
	}
}

static struct heat_cell
cell(struct arena *arena, int64_t offered, int64_t booked)
{
	struct heat_cell c = { .offered = offered, .booked = booked };

	if (offered > 0) {
		c.percent = arena_print(arena, "%.0f",
		    100.0 * (double)booked / (double)offered);
		c.level = level(offered, booked);
	}
	return c;
}

static const char *
level(int64_t offered, int64_t booked)
{
	static const struct {
		int least; /* per cent */
		const char *name;
	} levels[] = { { 80, "h6" }, { 70, "h5" }, { 60, "h4" }, { 50, "h3" },
		{ 40, "h2" }, { 0, "h1" } };
	size_t i = 0;

	if (booked < COLOUR_FROM)
		return "h0";
	while (booked * 100 < levels[i].least * offered)
		i++;
	return levels[i].name;
}

/* Hours come by minute and channel, so a row is the last one or new. */
static struct heat_row *
row_for(struct heat *heat, const struct usage_hour *hour, int32_t day)
{
	bool online = strcmp(hour->channel, CHANNEL_ONLINE) == 0;
	int64_t at = when_at(day, hour->minute);
	struct heat_row *row = &heat->rows[heat->count];

	if (heat->count > 0 && row[-1].starts_at == at &&
	    row[-1].online == online)
		return row - 1;
	heat->count++;
	*row = (struct heat_row) { .starts_at = at, .online = online };
	return row;
}

static size_t
column_of(const struct heat *heat, int weekday)
{
	size_t i = 0;

	while (i < heat->columns && heat->weekdays[i] != weekday)
		i++;
	return i;
}

static void
finish_cells(struct arena *arena, struct heat_cell *cells, size_t count)
{
	for (size_t i = 0; i < count; i++)
		cells[i] = cell(arena, cells[i].offered, cells[i].booked);
}

/* The fullest cell that has a colour. */
static void
best_of(struct heat *heat)
{
	const struct heat_cell *best = NULL;

	for (size_t i = 0; i < heat->count; i++)
		for (size_t j = 0; j < heat->columns; j++) {
			const struct heat_cell *c = &heat->rows[i].cells[j];

			if (c->booked < COLOUR_FROM ||
			    (best != NULL &&
				c->booked * best->offered <=
				    best->booked * c->offered))
				continue;
			best = c;
			heat->best_weekday = heat->weekdays[j];
			heat->best_at = heat->rows[i].starts_at;
			heat->best_percent = c->percent;
		}
}

/* The next number above the fullest week that halves well. */
static int
chart_top(const struct usage *u)
{
	int64_t most = 1;
	int top = 2;

	for (size_t i = 0; i < u->week_count; i++)
		if (u->weeks[i].offered > most)
			most = u->weeks[i].offered;
	while (top < most)
		top += top < 10 ? 2 : top < 50 ? 10 : top < 500 ? 50 : 500;
	return top;
}
