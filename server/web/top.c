/*
 * The first page: for each theme its weekday, who listens and the next free
 * time, and when anybody may drop in.
 */
#include "web/top.h"

#include <string.h>

#include "base/text.h"
#include "pages.h"
#include "room/closure.h"
#include "room/place.h"
#include "room/policy.h"
#include "room/words.h"
#include "web/cache.h"
#include "web/slots_wish.h"

#define WORRIES_MAX 8 /* on a card */
#define VISIT_DAYS 15 /* how far it looks for a day to drop in */
#define VISITS_MAX 6 /* blocks of that day shown */
#define SOON_MAX 4 /* rows of the board; more are a page of their own */

static int top_fill(struct page *, struct top_page *);
static int add_card(struct page *, const struct policy *, const struct theme *,
    struct top_card *);
static void add_worries(struct page *, struct top_card *);
static int add_vague(struct page *, const struct policy *, struct top_vague *);
static int next_free(struct page *, const struct policy *,
    const struct slot_filter *, struct slot *);
static const char *face_of(const struct advisor *);
static int fill_board(struct page *, const struct policy *, struct top_page *);
static int fill_visits(struct page *, const struct policy *, struct top_page *);
static void add_visit(struct page *, const struct session *, struct top_page *);
static bool takes_place(struct page *, const struct closures *,
    const struct session *);

void
top_show(struct web *web, struct request *request)
{
	struct top_page p = { 0 };
	struct page page;
	int filled;

	if (cache_answer(web, request))
		return;
	page_open(&page, web, request, PAGE_PUBLIC, TEXT_NONE);
	filled = db_snapshot(page.desk.db);
	if (filled == 0) {
		filled = top_fill(&page, &p);
		if (filled == 0)
			page_top(&page, &p);
		db_snapshot_end(page.desk.db);
	}
	if (filled == 0)
		page_send_alike(&page);
	else
		page_fail(&page);
}

enum text
top_weekday(int weekday)
{
	static const enum text weekdays[] = {
		T_top_weekday_1_html,
		T_top_weekday_2_html,
		T_top_weekday_3_html,
		T_top_weekday_4_html,
		T_top_weekday_5_html,
		T_top_weekday_6_html,
		T_top_weekday_7_html,
	};

	return weekdays[weekday - 1];
}

const char *
top_look(const char *code)
{
	static const char *const drawn[] = { "career", "communication",
		"health", "money", "startup" };

	for (size_t i = 0; i < sizeof(drawn) / sizeof(*drawn); i++)
		if (strcmp(drawn[i], code) == 0)
			return drawn[i];
	return "vague";
}

static int
top_fill(struct page *page, struct top_page *p)
{
	struct desk *desk = &page->desk;
	struct policy policy;
	struct theme *themes;
	int count = theme_list(desk, &themes);

	if (count < 0 || policy_get(desk, &policy) < 0)
		return -1;
	p->cards = arena_array(desk->arena, struct top_card, (size_t)count);
	p->weekdays = count > 1;
	for (int i = 0; i < count; i++) {
		struct top_card *card = &p->cards[p->count++];

		if (add_card(page, &policy, &themes[i], card) < 0)
			return -1;
		p->weekdays &= card->weekday != 0;
	}
	p->tel = text_digits(desk->arena, page->phone);
	if (add_vague(page, &policy, &p->vague) < 0 ||
	    fill_board(page, &policy, p) < 0)
		return -1;
	return fill_visits(page, &policy, p);
}

static int
add_card(struct page *page, const struct policy *policy,
    const struct theme *theme, struct top_card *card)
{
	struct desk *desk = &page->desk;
	struct slot_filter its = { .theme = theme->id };
	struct advisor *advisors;
	struct slot next;
	int count = advisor_of_theme(desk, theme->id, &advisors);

	card->theme = *theme;
	card->look = top_look(theme->code);
	card->weekday = theme_weekday(desk, theme->id);
	if (count < 0 || card->weekday < 0 ||
	    next_free(page, policy, &its, &next) < 0)
		return -1;
	if (count > 0) {
		card->advisor = advisors[0].id;
		card->face = face_of(&advisors[0]);
	}
	card->starts_at = next.starts_at;
	card->ends_at = next.ends_at;
	add_worries(page, card);
	return 0;
}

/* The n-th line of ages belongs to the n-th worry, if they are in one
 * language. */
static void
add_worries(struct page *page, struct top_card *card)
{
	struct desk *desk = &page->desk;
	const char *lang = lang_code(page->lang);
	struct words worries = words_get(desk, card->theme.id, "worry", lang);
	struct words ages = words_get(desk, card->theme.id, "age", lang);
	char *rest = arena_dup(desk->arena, worries.body);
	char *old = strcmp(ages.lang, worries.lang) == 0
	    ? arena_dup(desk->arena, ages.body)
	    : NULL;

	card->lang = worries.lang;
	card->worries = arena_array(desk->arena, struct top_worry, WORRIES_MAX);
	while (rest != NULL && card->worry_count < WORRIES_MAX) {
		const char *text = text_trim(desk->arena, strsep(&rest, "\n"));
		const char *age = old == NULL ? "" : strsep(&old, "\n");

		if (*text != '\0')
			card->worries[card->worry_count++] =
			    (struct top_worry) { text,
				    text_trim(desk->arena, age) };
	}
}

/* Whoever of those that take any talk is free first; where nobody says so,
 * anybody listens. */
static int
add_vague(struct page *page, const struct policy *policy,
    struct top_vague *vague)
{
	struct slot_filter theirs = { 0 };
	struct advisor *advisors;
	struct slot next;
	int count = advisor_list(&page->desk, &advisors);

	for (int i = 0; i < count; i++)
		theirs.anything |= advisors[i].anything;
	if (count < 0 || next_free(page, policy, &theirs, &next) < 0)
		return -1;
	vague->starts_at = next.starts_at;
	vague->ends_at = next.ends_at;
	for (int i = count - 1; i >= 0; i--)
		if (advisors[i].anything &&
		    (!next.starts_at ||
			advisors[i].id == next.session.advisor)) {
			vague->advisor = advisors[i].id;
			vague->face = face_of(&advisors[i]);
		}
	return 0;
}

/* The first free time of a kind; its start is 0 when there is none. */
static int
next_free(struct page *page, const struct policy *policy,
    const struct slot_filter *kind, struct slot *first)
{
	struct desk *desk = &page->desk;
	struct slot_filter next = *kind;
	struct slot *slots;
	int count;

	next.from_at = desk->now;
	next.until_at = when_at(when_day(desk->now) + policy->window_days + 1,
	    0);
	next.limit = 1;
	count = slot_list(desk, policy, &next, &slots);
	*first = count > 0 ? slots[0] : (struct slot) { 0 };
	return count < 0 ? -1 : 0;
}

/* Her drawing, NULL when there is none of that name. */
static const char *
face_of(const struct advisor *a)
{
	return strcmp(top_look(a->face), a->face) == 0 ? a->face : NULL;
}

/* What is free today and tomorrow, to be had at one touch. */
static int
fill_board(struct page *page, const struct policy *policy, struct top_page *p)
{
	static const struct slots_use use = { .path = "/slots",
		.action = "/holds" };
	struct desk *desk = &page->desk;
	struct slot_filter soon = {
		.from_at = desk->now,
		.until_at = when_at(when_day(desk->now) + SOON_DAYS, 0),
		.limit = SOON_MAX + 1,
	};
	struct slot *slots;
	int count = slot_list(desk, policy, &soon, &slots);

	if (count < 0)
		return -1;
	p->soon_more = count > SOON_MAX;
	p->soon.inner = true;
	p->hold_minutes = policy->hold_minutes;
	slots_by_day(page, &use, slots,
	    (size_t)(p->soon_more ? SOON_MAX : count), &p->soon);
	return 0;
}

/* Marks today's themes and lists the blocks of the next day on which
 * somebody is there in person. */
static int
fill_visits(struct page *page, const struct policy *policy, struct top_page *p)
{
	struct desk *desk = &page->desk;
	int32_t today = when_day(desk->now);
	struct session_filter coming = {
		.from_at = desk->now,
		.until_at = when_at(today + VISIT_DAYS, 0),
	};
	struct closures *closures = closure_between(desk, policy,
	    coming.from_at, coming.until_at);
	struct session *sessions;
	int count = session_list(desk, &coming, &sessions);

	if (!closures || count < 0)
		return -1;
	p->visits = arena_array(desk->arena, struct top_visit, VISITS_MAX);
	for (int i = 0; i < count; i++) {
		const struct session *s = &sessions[i];

		if (!takes_place(page, closures, s))
			continue;
		for (size_t c = 0; c < p->count; c++)
			if (p->cards[c].theme.id == s->theme &&
			    when_day(s->starts_at) == today)
				p->cards[c].today = true;
		if (strcmp(s->channel, CHANNEL_IN_PERSON) == 0)
			add_visit(page, s, p);
	}
	p->place = p->visit_count ? p->visits[0].place : 0;
	for (size_t i = 1; i < p->visit_count; i++)
		if (p->visits[i].place != p->place)
			p->place = 0;
	return 0;
}

/* Blocks of one place that touch are one for whoever drops in. */
static void
add_visit(struct page *page, const struct session *s, struct top_page *p)
{
	int32_t day = when_day(s->starts_at), today = when_day(page->desk.now);

	if (p->visit_count > 0 && when_day(p->visits[0].starts_at) != day)
		return;
	for (size_t i = 0; i < p->visit_count; i++) {
		struct top_visit *v = &p->visits[i];

		if (v->place == s->place && s->starts_at <= v->ends_at) {
			if (s->ends_at > v->ends_at)
				v->ends_at = s->ends_at;
			return;
		}
	}
	if (p->visit_count == VISITS_MAX)
		return;
	p->visits[p->visit_count++] = (struct top_visit) {
		.day = day == today    ? T_date_today
		    : day == today + 1 ? T_date_tomorrow
				       : T_top_next_visit,
		.starts_at = s->starts_at,
		.ends_at = s->ends_at,
		.place = s->place,
	};
}

static bool
takes_place(struct page *page, const struct closures *closures,
    const struct session *s)
{
	return s->ends_at > page->desk.now &&
	    !closure_hits(closures, s, s->starts_at, s->ends_at);
}
