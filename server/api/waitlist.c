/*
 * The waiting list for machines: counts, kinds of times waited for, and the
 * wishes by number, one of which can be withdrawn.  Nothing here says who.
 */
#include "room/waitlist.h"
#include "room/waiting.h"

#include "api/api.h"
#include "web/form.h"

#define DAYS_SHOWN 90
#define MOST_DAYS 3700

struct withdrawal {
	enum lang lang;
	struct asker asker;
	const char *var, *code;
	int withdrawn; /* 1, 0: nobody waits under it */
};

static web_run withdraw_run;
static web_done withdraw_done;
static json_t *doc_of(struct desk *, struct span);
static json_t *kind_doc(const struct waiting_kind *);
static json_t *wish_doc(struct arena *, const struct waiting *);
static json_t *what_doc(const struct waiting_for *);
static json_t *moment_doc(struct arena *, int64_t at);

/* GET /api/v1/waitlist?from=&to= */
void
api_waitlist(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	const struct form *query = form_query(r);
	enum lang lang = api_lang(r);
	struct asker asker;
	struct span span;
	json_t *doc;

	if (!api_asker(w, r, RIGHT_WAITLIST, &asker))
		return;
	if (query == NULL) {
		api_problem(r, lang, PROBLEM_MALFORMED, NULL);
		return;
	}
	if (!api_span(r, lang, query, when_day(desk.now) - DAYS_SHOWN,
		DAYS_SHOWN, &span))
		return;
	if (span.until_day - span.from_day > MOST_DAYS) {
		api_refuse(r, lang, "to", T_api_field_span);
		return;
	}
	doc = doc_of(&desk, span);
	if (doc == NULL)
		api_problem(r, lang, PROBLEM_FAULT, NULL);
	else
		api_answer(r, 200, doc);
}

/* POST /api/v1/waitlist/{code}/withdraw */
void
api_waitlist_withdraw(struct web *w, struct request *r)
{
	struct withdrawal *wd = arena_get(r->arena, sizeof(*wd));

	wd->lang = api_lang(r);
	wd->var = w->config->var;
	wd->code = api_booking_code(r);
	if (api_asker(w, r, RIGHT_WAITLIST, &wd->asker))
		web_write(w, r, withdraw_run, withdraw_done, wd);
}

static int
withdraw_run(struct desk *desk, void *arg)
{
	struct withdrawal *wd = arg;

	wd->withdrawn = waitlist_withdraw_code(desk, wd->var, wd->code);
	return wd->withdrawn < 0 ? -1 : wd->withdrawn == 0;
}

static void
withdraw_done(struct web *w, struct request *r, void *arg)
{
	const struct withdrawal *wd = arg;

	(void)w;
	if (wd->withdrawn == 1)
		api_answer(r, 200,
		    json_pack("{s:s, s:s}", "code",
			booking_code_print(r->arena, wd->code), "state",
			"withdrawn"));
	else
		api_problem(r, wd->lang, PROBLEM_NO_WISH, NULL);
}

/* NULL after a fault. */
static json_t *
doc_of(struct desk *d, struct span span)
{
	int64_t from_at = when_at(span.from_day, 0);
	int64_t until_at = when_at(span.until_day + 1, 0);
	json_int_t offered = 0, booked = 0;
	json_t *kinds = json_array(), *wishes = json_array();
	struct waiting_kind *kind;
	struct waiting *wish;
	int kind_count = waiting_kinds(d, from_at, until_at, &kind);
	int count = waiting_between(d, from_at, until_at, &wish);

	for (int i = 0; i < kind_count; i++)
		json_array_append_new(kinds, kind_doc(&kind[i]));
	for (int i = 0; i < count; i++) {
		offered += wish[i].offered_at != 0;
		booked += wish[i].booked_at != 0;
		json_array_append_new(wishes, wish_doc(d->arena, &wish[i]));
	}
	if (kind_count < 0 || count < 0) {
		json_decref(kinds);
		json_decref(wishes);
		return NULL;
	}
	return json_pack("{s:s, s:s, s:I, s:I, s:I, s:o, s:o}", "from",
	    when_print_day(d->arena, span.from_day), "to",
	    when_print_day(d->arena, span.until_day), "joined",
	    (json_int_t)count, "offered", offered, "booked", booked, "kinds",
	    kinds, "wishes", wishes);
}

static json_t *
kind_doc(const struct waiting_kind *k)
{
	json_t *doc = what_doc(&k->what);

	json_object_update_new(doc,
	    json_pack("{s:i, s:i, s:i, s:i}", "joined", k->joined, "offered",
		k->offered, "booked", k->booked, "waiting", k->waiting));
	return doc;
}

static json_t *
wish_doc(struct arena *arena, const struct waiting *w)
{
	json_t *doc = what_doc(&w->what);

	json_object_update_new(doc,
	    json_pack("{s:s, s:s, s:b, s:s, s:s, s:s, s:o, s:o}", "code",
		booking_code_print(arena, w->code), "state", w->state,
		"reachable", w->reachable, "from",
		when_print_day(arena, when_day(w->from_at)), "until",
		when_print_day(arena, when_day(w->until_at - 1)), "joined_at",
		when_print(arena, w->joined_at), "offered_at",
		moment_doc(arena, w->offered_at), "booked_at",
		moment_doc(arena, w->booked_at)));
	return doc;
}

static json_t *
what_doc(const struct waiting_for *w)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:b, s:b, s:b}", "theme",
	    api_any_or(w->theme_code), "channel", api_any_or(w->channel),
	    "place", api_any_or(w->place_code), "times", api_times(w->times),
	    "longer", w->longer, "anything", w->anything, "earlier",
	    w->earlier);
}

static json_t *
moment_doc(struct arena *arena, int64_t at)
{
	return at == 0 ? json_null() : json_string(when_print(arena, at));
}
