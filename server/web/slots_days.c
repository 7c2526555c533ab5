/*
 * Frames sorted into days, each as short as it can be said: what all frames
 * of a day share stands above them.
 */
#include <string.h>

#include "web/slots.h"

static struct slot_day *day_of(struct page *, struct slot_days *,
    const struct slot *);
static void add_row(const struct slots_use *, struct slot_day *,
    const struct slot *);
static bool alike(const struct slot_row *, const struct slot *);
static void say_once(const struct slots_use *, struct slot_day *);

void
slots_by_day(struct page *page, const struct slots_use *use,
    const struct slot *slots, size_t count, struct slot_days *days)
{
	struct slot_row *rows;

	days->action = use->action;
	days->outlet = use->outlet;
	days->count = 0;
	days->days = arena_array(page->request->arena, struct slot_day, count);
	rows = arena_array(page->request->arena, struct slot_row, count);
	for (size_t i = 0; i < count; i++) {
		struct slot_day *day = day_of(page, days, &slots[i]);

		if (!day->rows) /* no day before has more rows than slots */
			day->rows = rows + i;
		add_row(use, day, &slots[i]);
	}
	for (size_t i = 0; i < days->count; i++)
		say_once(use, &days->days[i]);
}

static struct slot_day *
day_of(struct page *page, struct slot_days *days, const struct slot *slot)
{
	struct slot_day *last = days->count ? &days->days[days->count - 1]
					    : NULL;
	int32_t day = when_day(slot->starts_at);
	int32_t today = when_day(page->desk.now);

	if (last && when_day(last->at) == day)
		return last;
	last = &days->days[days->count++];
	last->at = slot->starts_at;
	last->near = day == today ? T_date_today
	    : day == today + 1	  ? T_date_tomorrow
				  : TEXT_NONE;
	return last;
}

/* Two advisors who are free at once for the same thing are one choice: the
 * first takes her, and the longer one is the better. */
static void
add_row(const struct slots_use *use, struct slot_day *day,
    const struct slot *slot)
{
	struct slot_row row = {
		.session = slot->session.id,
		.starts_at = slot->starts_at,
		.ends_at = slot->ends_at,
		.longer = slot->longer,
		.online = strcmp(slot->session.channel, CHANNEL_ONLINE) == 0,
		.place = slot->session.place,
		.theme = use->quiet ? 0 : slot->session.theme,
		.advisor = use->quiet ? 0 : slot->session.advisor,
	};

	for (size_t i = 0; i < day->count; i++)
		if (alike(&day->rows[i], slot) &&
		    day->rows[i].theme == row.theme) {
			if (row.longer && !day->rows[i].longer)
				day->rows[i] = row;
			return;
		}
	day->rows[day->count++] = row;
}

static bool
alike(const struct slot_row *row, const struct slot *slot)
{
	return row->starts_at == slot->starts_at &&
	    row->ends_at == slot->ends_at && row->place == slot->session.place;
}

/* What all rows of a day share is said above them. */
static void
say_once(const struct slots_use *use, struct slot_day *day)
{
	bool theme = !use->quiet, advisor = !use->quiet;

	for (size_t i = 1; i < day->count; i++) {
		theme &= day->rows[i].theme == day->rows[0].theme;
		advisor &= day->rows[i].advisor == day->rows[0].advisor;
	}
	if (!theme)
		return;
	day->theme = day->rows[0].theme;
	day->advisor = advisor ? day->rows[0].advisor : 0;
	for (size_t i = 0; i < day->count; i++)
		day->rows[i].theme = 0;
}
