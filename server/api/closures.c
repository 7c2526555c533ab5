/*
 * Closing hours: what it would do, doing it, what it did, opening again.
 */
#include <inttypes.h>
#include <string.h>

#include "api/api.h"
#include "room/closing.h"
#include "room/roomtext.h"
#include "web/form.h"

/* One request, from its body to its answer. */
struct close_job {
	enum lang lang;
	struct asker asker;
	struct closing closing;
	struct closing_effect effect;
	const char *digest;
	struct once once;
	enum closing_result result;
	int64_t id;
	int found;
};

static web_run close_run, reopen_run;
static web_done close_done, reopen_done;
static bool read_body(struct request *, struct close_job *);
static bool read_moment(const char *text, bool end, int64_t *at);
static void preview(struct web *, struct request *, struct close_job *);
static void refuse(struct request *, struct close_job *);
static json_t *closing_doc(struct arena *, const struct closing *);
static json_t *effect_doc(struct arena *, const struct closing *,
    const struct closing_effect *);
static enum text scope_check(struct arena *, const char **);

/* GET /api/v1/closures */
void
api_closures(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	struct closing *closings;
	struct asker asker;
	json_t *list;
	int count;

	if (!api_asker(w, r, RIGHT_CLOSE, &asker))
		return;
	count = closing_list(&desk, &closings);
	if (count < 0) {
		api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
		return;
	}
	list = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(list,
		    closing_doc(r->arena, &closings[i]));
	api_answer(r, 200, json_pack("{s:o}", "closures", list));
}

/* POST /api/v1/closures?preview=1 */
void
api_close(struct web *w, struct request *r)
{
	struct close_job *job = arena_get(r->arena, sizeof(*job));
	const struct form *query = form_query(r);

	job->lang = api_lang(r);
	if (!api_asker(w, r, RIGHT_CLOSE, &job->asker))
		return;
	if (query == NULL) {
		api_problem(r, job->lang, PROBLEM_MALFORMED, NULL);
		return;
	}
	if (!read_body(r, job))
		return;
	if (strcmp(form_get(query, "preview"), "1") == 0)
		preview(w, r, job);
	else if (job->digest[0] == '\0')
		api_refuse(r, job->lang, "digest", T_api_field_missing);
	else if (api_once(r, job->lang, &job->once))
		web_write(w, r, close_run, close_done, job);
}

/* GET /api/v1/closures/{id} */
void
api_closure(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	struct closing closing;
	struct closing_effect effect;
	struct asker asker;
	int found;

	if (!api_asker(w, r, RIGHT_CLOSE, &asker))
		return;
	found = closing_get(&desk, seal_id_read(web_parameter(r)), &closing,
	    &effect);
	if (found == 1)
		api_answer(r, 200, effect_doc(r->arena, &closing, &effect));
	else
		api_problem(r, api_lang(r),
		    found < 0 ? PROBLEM_FAULT : PROBLEM_NO_CLOSURE, NULL);
}

/* DELETE /api/v1/closures/{id} */
void
api_reopen(struct web *w, struct request *r)
{
	struct close_job *job = arena_get(r->arena, sizeof(*job));

	job->lang = api_lang(r);
	job->id = seal_id_read(web_parameter(r));
	if (api_asker(w, r, RIGHT_CLOSE, &job->asker))
		web_write(w, r, reopen_run, reopen_done, job);
}

/* False: the request has been answered. */
static bool
read_body(struct request *r, struct close_job *job)
{
	enum { SCOPE, CODE, FROM, UNTIL, DIGEST, MEMBERS };
	static const struct member members[MEMBERS] = {
		[SCOPE] = { "scope", 16, .required = true,
		    .check = scope_check },
		[CODE] = { "code", CODE_MAX },
		[FROM] = { "from", 32, .required = true },
		[UNTIL] = { "until", 32, .required = true },
		[DIGEST] = { "digest", 64 },
	};
	const char *values[MEMBERS];
	struct closing *c = &job->closing;

	if (!api_body(r, members, MEMBERS, values, job->lang))
		return false;
	c->scope = values[SCOPE];
	c->code = values[CODE];
	job->digest = values[DIGEST];
	if (!read_moment(values[FROM], false, &c->starts_at))
		api_refuse(r, job->lang, "from", T_api_field_moment);
	else if (!read_moment(values[UNTIL], true, &c->ends_at))
		api_refuse(r, job->lang, "until", T_api_field_moment);
	else
		return true;
	return false;
}

/* As in room files, or an instant with its offset. */
static bool
read_moment(const char *text, bool end, int64_t *at)
{
	if (roomtext_moment(text, end, at))
		return true;
	*at = when_parse(text);
	return *at != AT_NONE;
}

static void
preview(struct web *w, struct request *r, struct close_job *job)
{
	struct desk desk = web_desk(w, r);

	job->result = closing_preview(&desk, &job->closing, &job->effect);
	if (job->result == CLOSING_DONE)
		api_answer(r, 200,
		    effect_doc(r->arena, &job->closing, &job->effect));
	else
		refuse(r, job);
}

static int
close_run(struct desk *desk, void *arg)
{
	struct close_job *job = arg;
	int found = once_find(desk, &job->once);

	if (found != 0)
		return found;
	job->result = closing_do(desk, &job->closing, job->digest,
	    &job->effect);
	if (job->result != CLOSING_DONE)
		return job->result == CLOSING_FAULT ? -1 : 1;
	if (closing_get(desk, job->closing.id, &job->closing, &job->effect) !=
	    1)
		return -1;
	return once_keep(desk, &job->once, 201,
	    effect_doc(desk->arena, &job->closing, &job->effect));
}

static void
close_done(struct web *w, struct request *r, void *arg)
{
	struct close_job *job = arg;

	(void)w;
	if (job->once.answer != NULL || job->once.found == REPEAT_OTHER)
		once_answer(r, job->lang, &job->once);
	else
		refuse(r, job);
}

static void
refuse(struct request *r, struct close_job *job)
{
	switch (job->result) {
	case CLOSING_UNKNOWN:
		api_refuse(r, job->lang, "code", T_api_field_code);
		return;
	case CLOSING_ORDER:
		api_refuse(r, job->lang, "until", T_api_field_order);
		return;
	case CLOSING_OVER:
		api_refuse(r, job->lang, "until", T_api_field_over);
		return;
	case CLOSING_LONG:
		api_refuse(r, job->lang, "until", T_api_field_year);
		return;
	case CLOSING_CHANGED:
		api_problem(r, job->lang, PROBLEM_CHANGED,
		    json_pack("{s:o}", "preview",
			effect_doc(r->arena, &job->closing, &job->effect)));
		return;
	case CLOSING_DONE:
	case CLOSING_FAULT:
		break;
	}
	api_problem(r, job->lang, PROBLEM_FAULT, NULL);
}

static int
reopen_run(struct desk *desk, void *arg)
{
	struct close_job *job = arg;

	job->found = closing_get(desk, job->id, &job->closing, &job->effect);
	if (job->found == 1)
		job->found = closing_reopen(desk, job->id);
	return job->found < 0 ? -1 : job->found == 0;
}

static void
reopen_done(struct web *w, struct request *r, void *arg)
{
	struct close_job *job = arg;

	(void)w;
	if (job->found == 1)
		api_answer(r, 200, closing_doc(r->arena, &job->closing));
	else
		api_problem(r, job->lang, PROBLEM_NO_CLOSURE, NULL);
}

/* Ids are texts: numbers of 63 bits do not survive in every JSON. */
static json_t *
closing_doc(struct arena *arena, const struct closing *c)
{
	json_t *doc = json_pack("{s:s, s:s, s:s}", "scope", c->scope,
	    "starts_at", when_print(arena, c->starts_at), "ends_at",
	    when_print(arena, c->ends_at));

	if (c->id != 0)
		json_object_set_new(doc, "id",
		    json_string(arena_print(arena, "%" PRId64, c->id)));
	if (c->code[0] != '\0')
		json_object_set_new(doc, "code", json_string(c->code));
	return doc;
}

static json_t *
effect_doc(struct arena *arena, const struct closing *c,
    const struct closing_effect *e)
{
	json_t *doc = closing_doc(arena, c), *list = json_array();

	for (int i = 0; i < e->count; i++) {
		const struct closing_hit *hit = &e->hits[i];

		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b}",
			"code", booking_code_print(arena, hit->code), "theme",
			hit->theme_code, "advisor", hit->advisor_code, "place",
			hit->place_code, "channel", hit->channel, "starts_at",
			when_print(arena, hit->starts_at), "ends_at",
			when_print(arena, hit->ends_at), "reachable",
			hit->reachable));
	}
	json_object_set_new(doc, "bookings", list);
	json_object_set_new(doc, "reachable", json_integer(e->reachable));
	json_object_set_new(doc, "unreachable",
	    json_integer(e->count - e->reachable));
	if (e->digest != NULL)
		json_object_set_new(doc, "digest", json_string(e->digest));
	return doc;
}

static enum text
scope_check(struct arena *arena, const char **value)
{
	static const char *const scopes[] = { "room", "place", "advisor" };

	(void)arena;
	for (size_t i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++)
		if (strcmp(*value, scopes[i]) == 0)
			return TEXT_NONE;
	return T_api_field_scope;
}
