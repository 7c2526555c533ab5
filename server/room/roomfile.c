/*
 * Loading a room file: what draft_read() has checked is written row by row,
 * openings are expanded, and the room's generation is raised when anything
 * that people see has changed.
 *
 * Things that are there keep their place in the order, new ones come last;
 * with `prune` the file is the whole room and its order is theirs.
 */
#include "room/roomfile.h"

#include <string.h>

#include "room/advisor.h"
#include "room/draft.h"
#include "room/place.h"
#include "room/theme.h"
#include "room/tidings.h"
#include "room/words.h"

/* One file being written.  Each writer returns 0 or -1. */
struct loading {
	struct desk *desk;
	const struct draft *draft;
	bool prune;
};

static int load(struct loading *);
static int load_room(struct loading *);
static int load_themes(struct loading *);
static int load_places(struct loading *);
static int load_booths(struct loading *, int64_t place, int booths);
static int load_advisors(struct loading *);
static int load_advisor_themes(struct loading *, int64_t advisor,
    const struct draft_advisor *);
static int load_openings(struct loading *);
static int load_closures(struct loading *);
static int load_closure(struct loading *, const struct draft_closure *);
static int load_holidays(struct loading *);
static int load_words(struct loading *, int64_t owner,
    const struct draft_words *);
static bool same(const struct policy *, const struct policy *);
static bool named(const void *list, size_t size, int count, const char *code);

int
roomfile_load(struct desk *d, const char *text, bool prune,
    struct roomfile_result *result)
{
	struct draft draft;
	struct loading l = { .desk = d, .draft = &draft, .prune = prune };
	const char *before, *after;
	int wrong;

	*result = (struct roomfile_result) { 0 };
	wrong = draft_read(d, text, prune, &draft, &result->error);
	if (wrong)
		return wrong;
	result->themes = draft.theme_count;
	result->places = draft.place_count;
	result->advisors = draft.advisor_count;
	result->openings = draft.opening_count;
	result->closures = draft.closure_count;
	/* What was offered so far is recorded by the rules of so far. */
	before = session_record(d) < 0 ? NULL : roomfile_dump(d);
	if (!before || load(&l) < 0)
		return -1;
	result->sessions = opening_expand(d);
	after = roomfile_dump(d);
	if (result->sessions < 0 || !after)
		return -1;
	return strcmp(before, after) == 0 ? 0 : policy_raise(d);
}

static int
load(struct loading *l)
{
	if (load_room(l) < 0 || load_themes(l) < 0 || load_places(l) < 0 ||
	    load_advisors(l) < 0 || load_openings(l) < 0 ||
	    load_closures(l) < 0 || load_holidays(l) < 0)
		return -1;
	return 0;
}

static int
load_room(struct loading *l)
{
	const struct policy *new = &l->draft->policy;
	struct policy old;
	int known = policy_get(l->desk, &old);

	if (!l->draft->has_room)
		return 0;
	if (known < 0 || load_words(l, ROOM_ID, &l->draft->words) < 0)
		return -1;
	return known == 1 && same(&old, new) ? 0 : policy_set(l->desk, new);
}

static int
load_themes(struct loading *l)
{
	struct db *db = l->desk->db;
	struct theme *old, t;
	int n = theme_list(l->desk, &old), last;

	if (n < 0)
		return -1;
	last = n > 0 ? old[n - 1].rank : 0;
	for (int i = 0; i < l->draft->theme_count; i++) {
		const struct draft_theme *new = &l->draft->themes[i];
		int there = theme_by_code(l->desk, new->code, &t);
		int rank = l->prune ? i + 1 : there == 1 ? t.rank : ++last;
		int64_t id;
		if (there < 0 ||
		    db_value(db, &id, theme_put, .id = seal_id(),
			.code = new->code, .rank = rank) != 1 ||
		    load_words(l, id, &new->words) < 0)
			return -1;
	}
	for (int i = 0; l->prune && i < n; i++) {
		if (!named(l->draft->themes, sizeof(*l->draft->themes),
			l->draft->theme_count, old[i].code) &&
		    db_do(db, theme_withdraw, .id = old[i].id) < 0)
			return -1;
	}
	return 0;
}

static int
load_places(struct loading *l)
{
	struct db *db = l->desk->db;
	struct place *old, p;
	int n = place_list(l->desk, &old), last;

	if (n < 0)
		return -1;
	last = n > 0 ? old[n - 1].rank : 0;
	for (int i = 0; i < l->draft->place_count; i++) {
		const struct draft_place *new = &l->draft->places[i];
		int there = place_by_code(l->desk, new->code, &p);
		int rank = l->prune ? i + 1 : there == 1 ? p.rank : ++last;
		int64_t id;
		if (there < 0 ||
		    db_value(db, &id, place_put, .id = seal_id(),
			.code = new->code, .rank = rank,
			.channel = new->channel) != 1 ||
		    load_booths(l, id, new->booths) < 0 ||
		    load_words(l, id, &new->words) < 0)
			return -1;
	}
	for (int i = 0; l->prune && i < n; i++) {
		if (!named(l->draft->places, sizeof(*l->draft->places),
			l->draft->place_count, old[i].code) &&
		    db_do(db, place_withdraw, .id = old[i].id) < 0)
			return -1;
	}
	return 0;
}

static int
load_booths(struct loading *l, int64_t place, int booths)
{
	struct db *db = l->desk->db;

	for (int rank = 1; rank <= booths; rank++) {
		if (db_do(db, place_put_booth, .id = seal_id(), .place = place,
			.rank = rank) < 0)
			return -1;
	}
	return db_must(db, place_withdraw_booths, .place = place,
	    .above = booths);
}

static int
load_advisors(struct loading *l)
{
	struct db *db = l->desk->db;
	struct advisor *old, a;
	int n = advisor_list(l->desk, &old), last;

	if (n < 0)
		return -1;
	last = n > 0 ? old[n - 1].rank : 0;
	for (int i = 0; i < l->draft->advisor_count; i++) {
		const struct draft_advisor *new = &l->draft->advisors[i];
		int there = advisor_by_code(l->desk, new->code, &a);
		int rank = l->prune ? i + 1 : there == 1 ? a.rank : ++last;
		bool stays = there == 1 && !l->prune && !new->has_anything;
		int64_t id;
		if (there < 0 ||
		    db_value(db, &id, advisor_put, .id = seal_id(),
			.code = new->code, .rank = rank, .face = new->face,
			.anything = stays ? a.anything : new->anything) != 1 ||
		    load_advisor_themes(l, id, new) < 0 ||
		    load_words(l, id, &new->words) < 0)
			return -1;
	}
	for (int i = 0; l->prune && i < n; i++) {
		if (!named(l->draft->advisors, sizeof(*l->draft->advisors),
			l->draft->advisor_count, old[i].code) &&
		    (db_do(db, advisor_withdraw, .id = old[i].id) < 0 ||
			tidings_forget(l->desk, old[i].id) < 0))
			return -1;
	}
	return 0;
}

static int
load_advisor_themes(struct loading *l, int64_t advisor,
    const struct draft_advisor *new)
{
	struct db *db = l->desk->db;
	struct theme t;

	if (db_do(db, advisor_forget_themes, .advisor = advisor) < 0)
		return -1;
	for (size_t i = 0; i < new->theme_count; i++) {
		if (theme_by_code(l->desk, new->themes[i], &t) != 1 ||
		    db_do(db, advisor_talks_about, .advisor = advisor,
			.theme = t.id) < 0)
			return -1;
	}
	return 0;
}

static int
load_openings(struct loading *l)
{
	struct opening *old;
	int n = opening_list(l->desk, &old);

	if (n < 0)
		return -1;
	for (int i = 0; i < l->draft->opening_count; i++) {
		const struct draft_opening *new = &l->draft->openings[i];
		struct opening o = new->rule;
		struct advisor a;
		struct theme t;
		struct place p;
		if (advisor_by_code(l->desk, new->advisor, &a) != 1 ||
		    theme_by_code(l->desk, new->theme, &t) != 1 ||
		    place_by_code(l->desk, new->place, &p) != 1)
			return -1;
		o.advisor = a.id;
		o.theme = t.id;
		o.place = p.id;
		if (opening_put(l->desk, &o) < 0)
			return -1;
	}
	for (int i = 0; l->prune && i < n; i++) {
		bool kept = false;
		for (int k = 0; k < l->draft->opening_count && !kept; k++)
			kept = strcmp(l->draft->openings[k].rule.code,
				   old[i].code) == 0;
		if (!kept && opening_withdraw(l->desk, old[i].id) < 0)
			return -1;
	}
	return 0;
}

/* With `prune`, closures that are over stay: they say why frames were not
 * offered. */
static int
load_closures(struct loading *l)
{
	if (l->prune &&
	    db_do(l->desk->db, closure_prune, .now = l->desk->now) < 0)
		return -1;
	for (int i = 0; i < l->draft->closure_count; i++) {
		if (load_closure(l, &l->draft->closures[i]) < 0)
			return -1;
	}
	return 0;
}

static int
load_closure(struct loading *l, const struct draft_closure *c)
{
	struct place p;
	struct advisor a;
	int64_t owner = ROOM_ID;

	if (strcmp(c->span.scope, "place") == 0) {
		if (place_by_code(l->desk, c->owner, &p) != 1)
			return -1;
		owner = p.id;
	} else if (strcmp(c->span.scope, "advisor") == 0) {
		if (advisor_by_code(l->desk, c->owner, &a) != 1)
			return -1;
		owner = a.id;
	}
	return db_must(l->desk->db, closure_put, .id = seal_id(),
	    .scope = c->span.scope, .owner = owner,
	    .starts_at = c->span.starts_at, .ends_at = c->span.ends_at);
}

static int
load_holidays(struct loading *l)
{
	struct db *db = l->desk->db;

	if (l->prune && db_do(db, holiday_prune) < 0)
		return -1;
	for (int i = 0; i < l->draft->holiday_count; i++) {
		const struct draft_holiday *h = &l->draft->holidays[i];
		if (db_do(db, holiday_put, .day = h->day, .closed = h->closed,
			.name = h->name) < 0)
			return -1;
	}
	return 0;
}

/* A text that the file does not name stays, with `prune` it goes. */
static int
load_words(struct loading *l, int64_t owner, const struct draft_words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const struct draft_word *w = &words->list[i];
		const char *body = w->body || !l->prune ? w->body : "";
		if (body &&
		    words_set(l->desk, owner, w->field, w->lang, body) < 0)
			return -1;
	}
	return 0;
}

static bool
same(const struct policy *a, const struct policy *b)
{
	return a->window_days == b->window_days &&
	    a->notice_minutes == b->notice_minutes &&
	    a->hold_minutes == b->hold_minutes &&
	    a->forget_days == b->forget_days &&
	    a->on_holidays == b->on_holidays &&
	    a->closed_from == b->closed_from &&
	    a->closed_until == b->closed_until &&
	    strcmp(a->phone, b->phone) == 0;
}

/* Is a code among drafts, each of which begins with its own? */
static bool
named(const void *list, size_t size, int count, const char *code)
{
	const char *at = list;

	for (int i = 0; i < count; i++, at += size) {
		const char *own;
		memcpy(&own, at, sizeof(own));
		if (strcmp(own, code) == 0)
			return true;
	}
	return false;
}
