/*
 * Free times: what she wishes as it stands in the address, the frames that
 * fit, and when none does, the nearest that do with fewer conditions.
 */
#include "web/slots.h"

#include <string.h>

#include "pages.h"
#include "web/cache.h"
#include "web/slots_wish.h"
#include "web/waitlist.h"

#define NEAREST 6 /* alternatives shown */
#define ROWS 120 /* after so many a page ends with their day, */
#define ROWS_MOST 180 /* or within it, rather than have more */

static const char *outlet_of(const struct form *query);
static int find(struct search *, struct slots_page *, unsigned left_out,
    int64_t from_at, int64_t until_at, size_t limit);
static int64_t end_early(struct slots_page *);
static size_t rows_within(const struct slot_day *, size_t most);
static int find_nearest(struct search *, struct slots_page *);
static int find_with_less(struct search *, struct slots_page *);
static enum text without(unsigned left_out);
static int list_options(struct search *, struct slots_page *);
static void link_weeks(struct search *, struct slots_page *, int64_t until_at);

void
slots_show(struct web *web, struct request *request)
{
	struct form *query = form_query(request);
	const struct slots_use use = {
		.path = "/slots",
		.action = "/holds",
		.outlet = outlet_of(query),
	};
	struct slots_page p = { 0 };
	struct seams seams = { 0 };
	struct page page;
	int listed;

	if (!query) {
		page_status(web, request, 400, NULL);
		return;
	}
	if (cache_answer(web, request))
		return;
	page_open(&page, web, request, PAGE_PUBLIC, T_slots_title);
	page.seams = &seams;
	listed = db_snapshot(page.desk.db);
	if (listed == 0) {
		listed = slots_choose(&page, &use, query, &p);
		if (listed == 0)
			page_slots(&page, &p);
		db_snapshot_end(page.desk.db);
	}
	if (listed == 0)
		page_send_alike(&page);
	else
		page_fail(&page);
}

int
slots_choose(struct page *page, const struct slots_use *use,
    const struct form *query, struct slots_page *p)
{
	struct search search = { .page = page, .use = use };
	int found;

	if (wish_begin(&search) < 0)
		return -1;
	*p = (struct slots_page) {
		.use = use,
		.days.action = use->action,
		.hold_minutes = search.policy.hold_minutes,
		.told = query && strcmp(form_get(query, "told"), "1") == 0,
	};
	if (wish_read(&search, query, p) < 0 || list_options(&search, p) < 0)
		return -1;
	p->missed = wish_missed(&search, &p->wish);
	found = find(&search, p, 0, wish_from(&p->wish),
	    when_at(p->wish.until_day, 0), 0);
	link_weeks(&search, p, end_early(p));
	if (found == 0)
		found = find_nearest(&search, p);
	return found < 0 ? -1 : 0;
}

/* The flyer she came by, as it stands in the address; an odd one is none. */
static const char *
outlet_of(const struct form *query)
{
	const char *code = query ? form_get(query, "outlet") : "";

	return outlet_code_ok(code) ? code : NULL;
}

/* How many free slots there are with some conditions left out, or -1. */
static int
find(struct search *search, struct slots_page *p, unsigned left_out,
    int64_t from_at, int64_t until_at, size_t limit)
{
	const struct slots_wish *w = &p->wish;
	unsigned asked = wish_conditions(w) & ~left_out;
	struct slot_filter filter = {
		.theme = asked & WISH_THEME ? w->theme.id : 0,
		.place = asked & WISH_PLACE ? w->place.id : 0,
		.channel = asked & WISH_CHANNEL ? w->channel : NULL,
		.anything = asked & WISH_ANYTHING,
		.times = asked & WISH_TIMES ? w->times : 0,
		.longer = asked & WISH_LONGER,
		.from_at = from_at,
		.until_at = until_at,
		.limit = limit,
		.holder = search->use->holder,
	};
	struct slot *slots;
	int count;

	count = slot_list(&search->page->desk, &search->policy, &filter,
	    &slots);
	if (count > 0)
		slots_by_day(search->page, search->use, slots, (size_t)count,
		    &p->days);
	return count;
}

/* Where the page ends, exclusive.  A big room's two weeks are more than one
 * page, a huge room's day may be: the rest is a link away. */
static int64_t
end_early(struct slots_page *p)
{
	struct slot_day *day = p->days.days, *end = day + p->days.count;
	size_t rows = 0, fit = 0;

	for (; day < end && rows < ROWS; day++) {
		fit = rows_within(day, ROWS_MOST - rows);
		if (fit < day->count)
			break;
		rows += fit;
		fit = 0;
	}
	if (day == end)
		return when_at(p->wish.until_day, 0);
	p->ends_early = true;
	p->days.count = (size_t)(day - p->days.days) + (fit > 0);
	if (fit == 0)
		return when_at(when_day(day->at), 0);
	day->count = fit;
	return day->rows[fit].starts_at;
}

/* How many of its first rows are not too many; those that start together
 * stay together. */
static size_t
rows_within(const struct slot_day *day, size_t most)
{
	const struct slot_row *rows = day->rows;
	size_t fit = most;

	if (day->count <= most)
		return day->count;
	while (fit > 0 && rows[fit].starts_at == rows[fit - 1].starts_at)
		fit--;
	if (fit == 0 && most == ROWS_MOST)
		for (fit = most; fit < day->count; fit++)
			if (rows[fit].starts_at != rows[0].starts_at)
				break;
	return fit;
}

/* The same wish later, then earlier, then less of a wish. */
static int
find_nearest(struct search *search, struct slots_page *p)
{
	int64_t today_at = when_at(search->today, 0);
	int found = find(search, p, 0, when_at(p->wish.until_day, 0),
	    when_at(search->end_day, 0), NEAREST);

	/* For whoever books herself: the days she asked for, or all when
	 * there is nothing later either. */
	if (search->page->kind == PAGE_PUBLIC)
		p->waiting = waitlist_address(search, &p->wish,
		    found > 0 ? p->wish.until_day : search->end_day);
	if (found == 0 && p->wish.paged)
		found = find(search, p, 0, today_at, wish_from(&p->wish),
		    NEAREST);
	p->empty = p->wish.soon ? T_slots_none_soon : T_slots_none_here;
	p->instead = T_slots_later_ones;
	return found != 0 ? found : find_with_less(search, p);
}

/* Leaves out each condition alone, then one after the other together. */
static int
find_with_less(struct search *search, struct slots_page *p)
{
	unsigned asked = wish_conditions(&p->wish);

	p->empty = T_slots_none_wish;
	for (int together = 0; together < 2; together++) {
		for (unsigned bit = WISH_LONGER; bit <= WISH_THEME; bit *= 2) {
			unsigned left_out = asked &
			    (together ? 2 * bit - 1 : bit);
			int found = 0;

			if (search->use->theme)
				left_out &= ~(unsigned)WISH_THEME;
			if ((asked & bit) && left_out)
				found = find(search, p, left_out,
				    when_at(search->today, 0),
				    when_at(search->end_day, 0), NEAREST);
			p->instead = without(left_out);
			if (found != 0)
				return found;
		}
	}
	p->empty = T_slots_none;
	p->instead = T_slots_soon_more;
	return 0;
}

static enum text
without(unsigned left_out)
{
	switch (left_out) {
	case WISH_LONGER:
		return T_slots_without_longer;
	case WISH_TIMES:
		return T_slots_without_times;
	case WISH_PLACE:
		return T_slots_without_place;
	case WISH_CHANNEL:
		return T_slots_without_channel;
	case WISH_ANYTHING:
	case WISH_THEME:
		return T_slots_without_theme;
	default:
		return T_slots_without_some;
	}
}

/* Themes, and the places to come to; being online is a channel. */
static int
list_options(struct search *search, struct slots_page *p)
{
	struct arena *arena = search->page->request->arena;
	struct desk *desk = &search->page->desk;
	const char *lang = lang_code(search->page->lang);
	struct theme *themes;
	struct place *places;
	int theme_count = theme_list(desk, &themes);
	int place_count = place_list(desk, &places);

	if (theme_count < 0 || place_count < 0)
		return -1;
	if (search->use->theme)
		theme_count = 0;
	p->themes = arena_array(arena, struct slots_option,
	    (size_t)theme_count);
	for (int i = 0; i < theme_count; i++)
		p->themes[p->theme_count++] = (struct slots_option) {
			.code = themes[i].code,
			.words = words_get(desk, themes[i].id, "title", lang),
			.chosen = themes[i].id == p->wish.theme.id,
		};
	p->places = arena_array(arena, struct slots_option,
	    (size_t)place_count);
	for (int i = 0; i < place_count; i++)
		if (strcmp(places[i].channel, CHANNEL_IN_PERSON) == 0)
			p->places[p->place_count++] = (struct slots_option) {
				.code = places[i].code,
				.words = words_get(desk, places[i].id, "name",
				    lang),
				.chosen = places[i].id == p->wish.place.id,
			};
	return 0;
}

static void
link_weeks(struct search *search, struct slots_page *p, int64_t until_at)
{
	struct slots_wish all = p->wish;
	int32_t back = p->wish.from_day - VIEW_DAYS;

	if (until_at < when_at(search->end_day, 0))
		p->later = wish_address(search, &p->wish, until_at);
	if (p->wish.paged)
		p->earlier = wish_address(search, &p->wish,
		    when_at(back > search->today ? back : search->today, 0));
	all.theme = (struct theme) { 0 };
	all.anything = false;
	p->any_theme = wish_address(search, &all, when_at(p->wish.from_day, 0));
	p->all = wish_address(search, &(struct slots_wish) { 0 },
	    when_at(search->today, 0));
}
