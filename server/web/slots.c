/*
 * Free times: what she wishes as it stands in the address, the frames that
 * fit, and when none does, the nearest that do with fewer conditions.
 */
#include "web/slots.h"

#include <string.h>

#include "base/text.h"
#include "pages.h"

#define VIEW_DAYS 14
#define SOON_DAYS 2
#define NEAREST 6 /* alternatives shown */

/* Conditions of a wish that can be left out, in the order in which they
 * are. */
enum {
	WISH_LONGER = 1,
	WISH_TIMES = 2,
	WISH_PLACE = 4,
	WISH_CHANNEL = 8,
	WISH_THEME = 16
};

static const struct {
	const char *value;
	enum slot_times bit;
} times_of_day[] = {
	{ "morning", SLOT_MORNING },
	{ "daytime", SLOT_DAYTIME },
	{ "evening", SLOT_EVENING },
	{ "weekend", SLOT_WEEKEND },
};
#define TIMES (sizeof(times_of_day) / sizeof(*times_of_day))

/* What a search stands on. */
struct search {
	struct page *page;
	const struct slots_use *use;
	struct policy policy;
	int32_t today, end_day; /* end exclusive */
};

static int wish_read(struct search *, const struct form *, struct slots_page *);
static int read_theme(struct search *, const char *code, struct slots_page *);
static int read_place(struct search *, const char *code, struct slots_page *);
static void read_channel(const char *value, struct slots_page *);
static void read_times(const struct form *, struct slots_page *);
static void
read_days(struct search *, const struct form *, struct slots_page *);
static unsigned conditions(const struct slots_wish *);
static int find(struct search *, struct slots_page *, unsigned left_out,
    int32_t from_day, int32_t until_day, size_t limit);
static int find_nearest(struct search *, struct slots_page *);
static int find_with_less(struct search *, struct slots_page *);
static enum text without(unsigned left_out);
static int list_options(struct search *, struct slots_page *);
static void link_weeks(struct search *, struct slots_page *);
static const char *
address(struct search *, const struct slots_wish *, int32_t from_day);
static struct slot_day *
day_of(struct page *, struct slot_days *, const struct slot *);
static void add_row(struct page *, const struct slots_use *, struct slot_day *,
    const struct slot *);
static bool alike(const struct slot_row *, const struct slot *);
static void say_once(const struct slots_use *, struct slot_day *);

void
slots_get(struct web *web, struct request *request)
{
	static const struct slots_use use = {
		.path = "/slots",
		.action = "/holds",
	};
	struct form *query = form_query(request);
	struct slots_page p = { 0 };
	struct page page;
	int listed;

	if (!query) {
		page_status(web, request, 400, NULL);
		return;
	}
	page_open(&page, web, request, PAGE_PUBLIC, T_slots_title);
	listed = db_snapshot(page.desk.db);
	if (listed == 0) {
		listed = slots_choose(&page, &use, query, &p);
		if (listed == 0)
			page_slots(&page, &p);
		db_snapshot_end(page.desk.db);
	}
	if (listed == 0)
		page_send(&page, 200, NULL);
	else
		page_fail(&page);
}

int
slots_choose(struct page *page, const struct slots_use *use,
    const struct form *query, struct slots_page *p)
{
	struct search search = { .page = page, .use = use };
	int found = policy_get(&page->desk, &search.policy);

	if (found < 0)
		return -1;
	search.today = when_day(page->desk.now);
	search.end_day = search.today + search.policy.window_days + 1;
	*p = (struct slots_page) {
		.use = use,
		.days.action = use->action,
		.hold_minutes = search.policy.hold_minutes,
	};
	if (wish_read(&search, query, p) < 0 || list_options(&search, p) < 0)
		return -1;
	link_weeks(&search, p);
	found = find(&search, p, 0, p->wish.from_day, p->wish.until_day, 0);
	if (found == 0)
		found = find_nearest(&search, p);
	return found < 0 ? -1 : 0;
}

void
slots_by_day(struct page *page, const struct slots_use *use,
    const struct slot *slots, size_t count, struct slot_days *days)
{
	days->action = use->action;
	days->count = 0;
	days->days = arena_array(page->request->arena, struct slot_day, count);
	for (size_t i = 0; i < count; i++) {
		struct slot_day *day = day_of(page, days, &slots[i]);

		if (!day->rows)
			day->rows = arena_array(
			    page->request->arena, struct slot_row, count - i);
		add_row(page, use, day, &slots[i]);
	}
	for (size_t i = 0; i < days->count; i++)
		say_once(use, &days->days[i]);
}

static int
wish_read(struct search *search, const struct form *query, struct slots_page *p)
{
	if (read_theme(search, form_get(query, "theme"), p) < 0 ||
	    read_place(search, form_get(query, "place"), p) < 0)
		return -1;
	read_channel(form_get(query, "channel"), p);
	read_times(query, p);
	p->wish.longer = strcmp(form_get(query, "long"), "1") == 0;
	p->wish.soon = strcmp(form_get(query, "soon"), "1") == 0;
	read_days(search, query, p);
	p->filtered = p->wish.soon ||
	    (conditions(&p->wish) & ~(search->use->theme ? WISH_THEME : 0U));
	p->open_filters = p->wish.longer || p->wish.times || p->wish.place.id;
	return 0;
}

static int
read_theme(struct search *search, const char *code, struct slots_page *p)
{
	struct desk *desk = &search->page->desk;
	int found = 1;

	if (search->use->theme)
		found = theme_by_id(desk, search->use->theme, &p->wish.theme);
	else if (code[0])
		found = theme_by_code(desk, code, &p->wish.theme);
	if (found == 0) {
		p->wish.theme = (struct theme) { 0 };
		p->notice = T_slots_bad_filter;
	}
	return found;
}

static int
read_place(struct search *search, const char *code, struct slots_page *p)
{
	int found = 1;

	if (code[0])
		found = place_by_code(
		    &search->page->desk, code, &p->wish.place);
	if (found == 0) {
		p->wish.place = (struct place) { 0 };
		p->notice = T_slots_bad_filter;
	}
	return found;
}

static void
read_channel(const char *value, struct slots_page *p)
{
	if (channel_known(value))
		p->wish.channel = value;
	else if (value[0])
		p->notice = T_slots_bad_filter;
}

static void
read_times(const struct form *query, struct slots_page *p)
{
	const char *value;

	for (size_t n = 0; (value = form_nth(query, "t", n)); n++) {
		size_t i = 0;

		while (i < TIMES && strcmp(times_of_day[i].value, value) != 0)
			i++;
		if (i < TIMES)
			p->wish.times |= times_of_day[i].bit;
		else if (value[0])
			p->notice = T_slots_bad_filter;
	}
}

/* Yesterday's link shows today; a day that is no day or lies beyond the
 * booking window is said so. */
static void
read_days(struct search *search, const struct form *query, struct slots_page *p)
{
	const char *typed = form_get(query, "from");
	int32_t day = typed[0] ? when_parse_day(typed) : search->today;

	if (day == DAY_NONE) {
		p->notice = T_slots_bad_day;
		day = search->today;
	} else if (day >= search->end_day) {
		p->notice = T_slots_beyond;
		day = search->today;
	}
	if (day < search->today || p->wish.soon)
		day = search->today;
	p->wish.from_day = day;
	p->wish.until_day = day + (p->wish.soon ? SOON_DAYS : VIEW_DAYS);
	p->wish.paged = day != search->today;
	p->wish.from = when_print_day(search->page->request->arena, day);
}

static unsigned
conditions(const struct slots_wish *wish)
{
	return (wish->longer ? WISH_LONGER : 0U) |
	    (wish->times ? WISH_TIMES : 0U) |
	    (wish->place.id ? WISH_PLACE : 0U) |
	    (wish->channel ? WISH_CHANNEL : 0U) |
	    (wish->theme.id ? WISH_THEME : 0U);
}

/* How many free slots there are with some conditions left out, or -1. */
static int
find(struct search *search, struct slots_page *p, unsigned left_out,
    int32_t from_day, int32_t until_day, size_t limit)
{
	const struct slots_wish *w = &p->wish;
	unsigned asked = conditions(w) & ~left_out;
	struct slot_filter filter = {
		.theme = asked & WISH_THEME ? w->theme.id : 0,
		.place = asked & WISH_PLACE ? w->place.id : 0,
		.channel = asked & WISH_CHANNEL ? w->channel : NULL,
		.times = asked & WISH_TIMES ? w->times : 0,
		.longer = asked & WISH_LONGER,
		.from_at = when_at(from_day, 0),
		.until_at = when_at(until_day, 0),
		.limit = limit,
		.holder = search->use->holder,
	};
	struct slot *slots;
	int count;

	count = slot_list(
	    &search->page->desk, &search->policy, &filter, &slots);
	if (count > 0)
		slots_by_day(
		    search->page, search->use, slots, (size_t)count, &p->days);
	return count;
}

/* The same wish later, then earlier, then less of a wish. */
static int
find_nearest(struct search *search, struct slots_page *p)
{
	int found = find(
	    search, p, 0, p->wish.until_day, search->end_day, NEAREST);

	if (found == 0 && p->wish.paged)
		found = find(
		    search, p, 0, search->today, p->wish.from_day, NEAREST);
	p->empty = p->wish.soon ? T_slots_none_soon : T_slots_none_here;
	p->instead = T_slots_later_ones;
	return found != 0 ? found : find_with_less(search, p);
}

/* Leaves out each condition alone, then one after the other together. */
static int
find_with_less(struct search *search, struct slots_page *p)
{
	unsigned asked = conditions(&p->wish);

	p->empty = T_slots_none_wish;
	for (int together = 0; together < 2; together++) {
		for (unsigned bit = WISH_LONGER; bit <= WISH_THEME; bit *= 2) {
			unsigned left_out = asked &
			    (together ? 2 * bit - 1 : bit);
			int found = 0;

			if (search->use->theme)
				left_out &= ~(unsigned)WISH_THEME;
			if ((asked & bit) && left_out)
				found = find(search, p, left_out, search->today,
				    search->end_day, NEAREST);
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
	p->themes = arena_array(
	    arena, struct slots_option, (size_t)theme_count);
	for (int i = 0; i < theme_count; i++)
		p->themes[p->theme_count++] = (struct slots_option) {
			.code = themes[i].code,
			.words = words_get(desk, themes[i].id, "title", lang),
			.chosen = themes[i].id == p->wish.theme.id,
		};
	p->places = arena_array(
	    arena, struct slots_option, (size_t)place_count);
	for (int i = 0; i < place_count; i++)
		if (strcmp(places[i].channel, CHANNEL_IN_PERSON) == 0)
			p->places[p->place_count++] = (struct slots_option) {
				.code = places[i].code,
				.words = words_get(
				    desk, places[i].id, "name", lang),
				.chosen = places[i].id == p->wish.place.id,
			};
	return 0;
}

static void
link_weeks(struct search *search, struct slots_page *p)
{
	struct slots_wish all = p->wish;
	int32_t back = p->wish.from_day - VIEW_DAYS;

	if (p->wish.until_day < search->end_day)
		p->later = address(search, &p->wish, p->wish.until_day);
	if (p->wish.paged)
		p->earlier = address(search, &p->wish,
		    back > search->today ? back : search->today);
	all.theme = (struct theme) { 0 };
	p->any_theme = address(search, &all, p->wish.from_day);
}

/* The list from a day on, with the same wishes. */
static const char *
address(struct search *search, const struct slots_wish *wish, int32_t from_day)
{
	struct arena *arena = search->page->request->arena;
	struct buf out;
	char *path;

	buf_init(&out, 2000);
	buf_printf(&out, "%s?", search->use->path);
	if (wish->theme.id && !search->use->theme)
		buf_printf(&out, "theme=%s&", wish->theme.code);
	if (wish->place.id)
		buf_printf(&out, "place=%s&", wish->place.code);
	if (wish->channel)
		buf_printf(&out, "channel=%s&", wish->channel);
	for (size_t i = 0; i < TIMES; i++)
		if (wish->times & times_of_day[i].bit)
			buf_printf(&out, "t=%s&", times_of_day[i].value);
	if (wish->longer)
		buf_puts(&out, "long=1&");
	if (from_day != search->today)
		buf_printf(&out, "from=%s&", when_print_day(arena, from_day));
	out.data[out.len - 1] = '\0'; /* the last ? or & */
	path = buf_keep(&out, arena);
	buf_free(&out);
	return path;
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
add_row(struct page *page, const struct slots_use *use, struct slot_day *day,
    const struct slot *slot)
{
	struct slot_row row = {
		.id = slot_id(page->request->arena, slot),
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
