/*
 * A wish in an address.  What cannot be read there is left out and said so:
 * links are shortened by mail programs and mistyped by people.
 */
#include "web/slots_wish.h"

#include <string.h>

#include "room/roomtext.h"

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

static void put_from(struct buf *, struct arena *, int64_t from_at);
static int read_theme(struct search *, const char *code, struct slots_page *);
static int read_place(struct search *, const char *code, struct slots_page *);
static void read_channel(const char *value, struct slots_page *);
static void read_times(const struct form *, struct slots_page *);
static void read_days(struct search *, const struct form *,
    struct slots_page *);

int
wish_begin(struct search *search)
{
	struct desk *desk = &search->page->desk;

	if (policy_get(desk, &search->policy) < 0)
		return -1;
	search->today = when_day(desk->now);
	search->end_day = search->today + search->policy.window_days + 1;
	return 0;
}

int
wish_read(struct search *search, const struct form *query, struct slots_page *p)
{
	if (read_theme(search, form_get(query, "theme"), p) < 0 ||
	    read_place(search, form_get(query, "place"), p) < 0)
		return -1;
	p->wish.any_theme = form_nth(query, "theme", 0) &&
	    !form_get(query, "theme")[0];
	/* A theme is words enough. */
	p->wish.anything = !p->wish.theme.id &&
	    strcmp(form_get(query, "anything"), "1") == 0;
	read_channel(form_get(query, "channel"), p);
	read_times(query, p);
	p->wish.longer = strcmp(form_get(query, "long"), "1") == 0;
	p->wish.soon = strcmp(form_get(query, "soon"), "1") == 0;
	read_days(search, query, p);
	p->filtered = p->wish.soon ||
	    (wish_conditions(&p->wish) &
		~(search->use->theme ? WISH_THEME : 0U));
	p->open_filters = p->wish.longer || p->wish.times || p->wish.place.id;
	return 0;
}

unsigned
wish_conditions(const struct slots_wish *wish)
{
	return (wish->longer ? WISH_LONGER : 0U) |
	    (wish->times ? WISH_TIMES : 0U) |
	    (wish->place.id ? WISH_PLACE : 0U) |
	    (wish->channel ? WISH_CHANNEL : 0U) |
	    (wish->anything ? WISH_ANYTHING : 0U) |
	    (wish->theme.id ? WISH_THEME : 0U);
}

const char *
wish_address(struct search *search, const struct slots_wish *wish,
    int64_t from_at)
{
	struct arena *arena = search->page->request->arena;
	struct buf out;
	char *path;

	buf_init(&out, 2000);
	buf_printf(&out, "%s?", search->use->path);
	/* A theme that is given is hers and stands in no address. */
	if (!search->use->theme && (wish->any_theme || wish->theme.id))
		buf_printf(&out, "theme=%s&",
		    wish->theme.id ? wish->theme.code : "");
	if (search->use->outlet)
		buf_printf(&out, "outlet=%s&", search->use->outlet);
	if (wish->anything)
		buf_puts(&out, "anything=1&");
	if (wish->place.id)
		buf_printf(&out, "place=%s&", wish->place.code);
	if (wish->channel)
		buf_printf(&out, "channel=%s&", wish->channel);
	for (size_t i = 0; i < TIMES; i++)
		if (wish->times & times_of_day[i].bit)
			buf_printf(&out, "t=%s&", times_of_day[i].value);
	if (wish->longer)
		buf_puts(&out, "long=1&");
	if (from_at != when_at(search->today, 0))
		put_from(&out, arena, from_at);
	out.data[out.len - 1] = '\0'; /* the last ? or & */
	path = buf_keep(&out, arena);
	buf_free(&out);
	return path;
}

int64_t
wish_from(const struct slots_wish *wish)
{
	return when_at(wish->from_day, wish->from_minute);
}

const char *
wish_missed(struct search *search, const struct slots_wish *wish)
{
	static const struct slots_use use = { .path = "/demand" };
	struct search told = *search;
	const char *address;

	told.use = &use;
	address = wish_address(&told, wish, wish_from(wish));
	if (!wish->soon)
		return address;
	return arena_print(search->page->request->arena, "%s%csoon=1", address,
	    strchr(address, '?') ? '&' : '?');
}

const char *
wish_times_name(size_t i, unsigned *bit)
{
	if (i >= TIMES)
		return NULL;
	*bit = times_of_day[i].bit;
	return times_of_day[i].value;
}

/* "2026-07-01", or within a day "2026-07-01 13:00". */
static void
put_from(struct buf *out, struct arena *arena, int64_t from_at)
{
	int minute = when_minute(from_at);

	buf_printf(out, "from=%s", when_print_day(arena, when_day(from_at)));
	if (minute != 0)
		buf_printf(out, "+%02d:%02d", minute / 60, minute % 60);
	buf_puts(out, "&");
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
		found = place_by_code(&search->page->desk, code,
		    &p->wish.place);
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
	int64_t today_at = when_at(search->today, 0), at = today_at;
	int32_t day;

	if (typed[0] && !roomtext_moment(typed, false, &at))
		p->notice = T_slots_bad_day;
	else if (at >= when_at(search->end_day, 0)) {
		p->notice = T_slots_beyond;
		at = today_at;
	}
	if (at < today_at || p->wish.soon)
		at = today_at;
	day = when_day(at);
	p->wish.from_day = day;
	p->wish.from_minute = when_minute(at);
	p->wish.until_day = day + (p->wish.soon ? SOON_DAYS : VIEW_DAYS);
	p->wish.paged = at != today_at;
	p->wish.from = when_print_day(search->page->request->arena, day);
}
