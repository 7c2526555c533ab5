/* Where an account is signed in: an account sees its own, a manager and the
 * operator everybody's. */
#include <inttypes.h>
#include <string.h>

#include "api/api.h"

#define ID_MAX_CHARS 20

struct ending {
	struct account whose;
	int64_t own; /* the sitting of whoever asks, 0: none */
	const char *which; /* id, "": all others */
	int count;
};

static bool find(struct web *, struct request *, struct asker *,
    struct account *whose);
static json_t *sitting_doc(struct arena *, const struct sitting *, int64_t own);
static web_run end_run;
static web_done end_done;

/* GET /api/v1/accounts/{name}/sittings */
void
api_sittings(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	struct account whose;
	struct asker asker;
	struct sitting *list;
	json_t *sittings;
	int count;

	if (!find(w, r, &asker, &whose))
		return;
	count = sitting_list(&desk, whose.id, &list);
	if (count < 0) {
		api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
		return;
	}
	sittings = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(sittings,
		    sitting_doc(r->arena, &list[i], asker.account.sitting));
	api_answer(r, 200, json_pack("{s:o}", "sittings", sittings));
}

/* POST /api/v1/accounts/{name}/sittings/end */
void
api_sittings_end(struct web *w, struct request *r)
{
	static const struct member members[] = {
		{ .name = "sitting", .most_chars = ID_MAX_CHARS },
	};
	struct ending *e = arena_get(r->arena, sizeof(*e));
	enum lang lang = api_lang(r);
	struct asker asker;

	if (!find(w, r, &asker, &e->whose) ||
	    !api_body(r, members, 1, &e->which, lang))
		return;
	e->own = asker.account.sitting;
	web_write(w, r, end_run, end_done, e);
}

/* False: the request has been answered. */
static bool
find(struct web *w, struct request *r, struct asker *asker,
    struct account *whose)
{
	struct desk desk = web_desk(w, r);
	const char *name = web_parameter(r);
	int found;

	if (!api_asker(w, r, RIGHT_DAY, asker))
		return false;
	if (!asker->operator&& !may(&asker->account, RIGHT_ACCOUNTS) &&
	    strcmp(asker->account.name, name) != 0) {
		api_problem(r, api_lang(r), PROBLEM_FORBIDDEN, NULL);
		return false;
	}
	found = account_by_name(&desk, name, whose);
	if (found != 1)
		api_problem(r, api_lang(r),
		    found < 0 ? PROBLEM_FAULT : PROBLEM_NO_ACCOUNT, NULL);
	return found == 1;
}

static json_t *
sitting_doc(struct arena *arena, const struct sitting *s, int64_t own)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "id",
	    arena_print(arena, "%" PRId64, s->id), "system", s->system,
	    "browser", s->browser, "since", when_print(arena, s->created_at),
	    "last_seen", when_print(arena, s->seen_at), "current",
	    s->id == own);
}

static int
end_run(struct desk *d, void *arg)
{
	struct ending *e = arg;

	if (e->which[0] == '\0')
		e->count = sitting_end_others(d, e->whose.id, e->own);
	else
		e->count = sitting_end(d, e->whose.id, seal_id_read(e->which));
	return e->count < 0 ? -1 : 0;
}

static void
end_done(struct web *w, struct request *r, void *arg)
{
	const struct ending *e = arg;

	(void)w;
	api_answer(r, 200, json_pack("{s:i}", "ended", e->count));
}
