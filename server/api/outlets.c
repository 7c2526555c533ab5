/*
 * Where flyers lie: the list with its counts, a new outlet, one whose flyer
 * is printed no more.
 */
#include "room/outlet.h"

#include "api/api.h"
#include "office/flyer.h"

struct outlet_job {
	enum lang lang;
	struct asker asker;
	const char *name, *code;
	const char *url; /* before the codes */
	bool withdrawn;
	struct once once;
	enum outlet_result result;
	struct outlet outlet;
};

static struct outlet_job *job_open(struct web *, struct request *);
static void withdraw(struct web *, struct request *, bool withdrawn);
static web_run add_run, withdraw_run;
static web_done add_done, withdraw_done;
static void refuse(struct request *, const struct outlet_job *);
static const char *url_of(struct web *, struct request *);
static json_t *outlet_doc(struct arena *, const char *url,
    const struct outlet *);
static enum text code_check(struct arena *, const char **);

/* GET /api/v1/outlets */
void
api_outlets(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	struct outlet *list;
	struct asker asker;
	json_t *docs;
	int count;

	if (!api_asker(w, r, RIGHT_OUTLETS, &asker))
		return;
	count = outlet_list(&desk, &list);
	if (count < 0) {
		api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
		return;
	}
	tally_show(&w->tally, when_day(desk.now), list, (size_t)count);
	docs = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(docs,
		    outlet_doc(r->arena, url_of(w, r), &list[i]));
	api_answer(r, 200, json_pack("{s:o}", "outlets", docs));
}

/* POST /api/v1/outlets */
void
api_outlet_add(struct web *w, struct request *r)
{
	enum { NAME, CODE, MEMBERS };
	static const struct member members[MEMBERS] = {
		[NAME] = { "name", OUTLET_NAME_MAX_CHARS, .required = true },
		[CODE] = { "code", OUTLET_CODE_MAX, .check = code_check },
	};
	const char *values[MEMBERS];
	struct outlet_job *job = job_open(w, r);

	if (job == NULL || !api_body(r, members, MEMBERS, values, job->lang))
		return;
	job->name = values[NAME];
	job->code = values[CODE];
	if (api_once(r, job->lang, &job->once))
		web_write(w, r, add_run, add_done, job);
}

/* GET /api/v1/outlets/{code}/flyer, also by the name: a file to print. */
void
api_flyer(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	const struct form *query = form_query(r);
	struct outlet outlet;
	struct asker asker;
	const char *unknown = query == NULL ? NULL : flyer_unknown(query);
	int found;

	if (!api_asker(w, r, RIGHT_OUTLETS, &asker))
		return;
	found = outlet_find(&desk, web_parameter(r), &outlet);
	if (found == 1 && unknown != NULL)
		api_refuse(r, api_lang(r), unknown, T_api_field_choice);
	else if (found == 1 && query != NULL)
		flyer_send(w, r, &outlet, query, true);
	else
		api_problem(r, api_lang(r),
		    found < 0	     ? PROBLEM_FAULT
			: found == 0 ? PROBLEM_NO_OUTLET
				     : PROBLEM_MALFORMED,
		    NULL);
}

/* POST /api/v1/outlets/{code}/withdraw */
void
api_outlet_withdraw(struct web *w, struct request *r)
{
	withdraw(w, r, true);
}

/* POST /api/v1/outlets/{code}/restore */
void
api_outlet_restore(struct web *w, struct request *r)
{
	withdraw(w, r, false);
}

/* NULL: the request has been answered. */
static struct outlet_job *
job_open(struct web *w, struct request *r)
{
	struct outlet_job *job = arena_get(r->arena, sizeof(*job));

	job->lang = api_lang(r);
	job->url = url_of(w, r);
	return api_asker(w, r, RIGHT_OUTLETS, &job->asker) ? job : NULL;
}

static void
withdraw(struct web *w, struct request *r, bool withdrawn)
{
	struct outlet_job *job = job_open(w, r);

	if (job == NULL)
		return;
	job->code = outlet_code_read(r->arena, web_parameter(r));
	job->withdrawn = withdrawn;
	web_write(w, r, withdraw_run, withdraw_done, job);
}

static int
add_run(struct desk *desk, void *arg)
{
	struct outlet_job *job = arg;
	int found = once_find(desk, &job->once);

	if (found != 0)
		return found;
	job->result = outlet_add(desk, job->name, job->code, &job->outlet);
	if (job->result != OUTLET_DONE)
		return job->result == OUTLET_FAULT ? -1 : 1;
	return once_keep(desk, &job->once, 201,
	    outlet_doc(desk->arena, job->url, &job->outlet));
}

static void
add_done(struct web *w, struct request *r, void *arg)
{
	struct outlet_job *job = arg;

	(void)w;
	if (job->once.answer != NULL || job->once.found == REPEAT_OTHER)
		once_answer(r, job->lang, &job->once);
	else
		refuse(r, job);
}

static int
withdraw_run(struct desk *desk, void *arg)
{
	struct outlet_job *job = arg;

	job->result = outlet_withdraw(desk, job->code, job->withdrawn);
	if (job->result == OUTLET_DONE &&
	    outlet_by_code(desk, job->code, &job->outlet) != 1)
		return -1;
	return job->result == OUTLET_DONE ? 0
	    : job->result == OUTLET_FAULT ? -1
					  : 1;
}

static void
withdraw_done(struct web *w, struct request *r, void *arg)
{
	struct outlet_job *job = arg;

	(void)w;
	if (job->result == OUTLET_DONE)
		api_answer(r, 200,
		    json_pack("{s:s, s:b}", "code", job->outlet.code,
			"withdrawn", job->outlet.withdrawn));
	else
		refuse(r, job);
}

static void
refuse(struct request *r, const struct outlet_job *job)
{
	switch (job->result) {
	case OUTLET_UNKNOWN:
		api_problem(r, job->lang, PROBLEM_NO_OUTLET, NULL);
		return;
	case OUTLET_TAKEN:
		api_problem(r, job->lang, PROBLEM_CODE_TAKEN, NULL);
		return;
	case OUTLET_MANY:
		api_refuse(r, job->lang, "name", T_outlets_many);
		return;
	case OUTLET_DONE:
	case OUTLET_FAULT:
		break;
	}
	api_problem(r, job->lang, PROBLEM_FAULT, NULL);
}

static const char *
url_of(struct web *w, struct request *r)
{
	return arena_print(r->arena, "%s/f/", w->config->public_url);
}

static json_t *
outlet_doc(struct arena *arena, const char *url, const struct outlet *o)
{
	return json_pack("{s:s, s:s, s:s, s:b, s:I, s:I, s:I}", "code", o->code,
	    "name", o->name, "url", arena_print(arena, "%s%s", url, o->code),
	    "withdrawn", o->withdrawn, "visits", (json_int_t)o->visits,
	    "recent_visits", (json_int_t)o->recent, "bookings",
	    (json_int_t)o->bookings);
}

static enum text
code_check(struct arena *arena, const char **value)
{
	*value = outlet_code_read(arena, *value);
	return outlet_code_ok(*value) ? TEXT_NONE : T_api_field_outlet;
}
