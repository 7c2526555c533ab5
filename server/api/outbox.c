/*
 * The outbox for its people: what waits and what failed, trying again,
 * pausing the courier.  Nothing here says to whom a letter goes.
 */
#include <inttypes.h>

#include "api/api.h"
#include "room/queue.h"
#include "room/unreachable.h"

struct outbox_job {
	enum lang lang;
	struct asker asker;
	int64_t id;
	enum queue_result result;
	int lifted;
};

static struct outbox_job *job_open(struct web *, struct request *);
static json_t *outbox_doc(struct desk *);
static json_t *addresses_doc(struct arena *, const struct unreachable *,
    int count);
static json_t *list_doc(struct arena *, const struct queued *, int count);
static json_t *letter_doc(struct arena *, const struct queued *);
static json_t *instant(struct arena *, int64_t at);
static web_run again_run, lift_run, pause_run, resume_run;
static web_done again_done, lift_done, courier_done;

/* GET /api/v1/outbox */
void
api_outbox(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	struct asker asker;
	json_t *doc;

	if (!api_asker(w, r, RIGHT_LETTERS, &asker))
		return;
	doc = outbox_doc(&desk);
	if (doc != NULL)
		api_answer(r, 200, doc);
	else
		api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
}

/* POST /api/v1/outbox/{id}/again */
void
api_outbox_again(struct web *w, struct request *r)
{
	struct outbox_job *job = job_open(w, r);

	if (job == NULL)
		return;
	job->id = seal_id_read(web_parameter(r));
	web_write(w, r, again_run, again_done, job);
}

/* POST /api/v1/addresses/{id}/lift */
void
api_address_lift(struct web *w, struct request *r)
{
	struct outbox_job *job = job_open(w, r);

	if (job == NULL)
		return;
	job->id = seal_id_read(web_parameter(r));
	web_write(w, r, lift_run, lift_done, job);
}

/* POST /api/v1/courier/pause */
void
api_courier_pause(struct web *w, struct request *r)
{
	struct outbox_job *job = job_open(w, r);

	if (job != NULL)
		web_write(w, r, pause_run, courier_done, job);
}

/* POST /api/v1/courier/resume */
void
api_courier_resume(struct web *w, struct request *r)
{
	struct outbox_job *job = job_open(w, r);

	if (job != NULL)
		web_write(w, r, resume_run, courier_done, job);
}

/* NULL: the request has been answered. */
static struct outbox_job *
job_open(struct web *w, struct request *r)
{
	struct outbox_job *job = arena_get(r->arena, sizeof(*job));

	job->lang = api_lang(r);
	return api_asker(w, r, RIGHT_LETTERS, &job->asker) ? job : NULL;
}

static json_t *
outbox_doc(struct desk *desk)
{
	struct queue_figures f;
	struct queued *failed, *waiting;
	struct unreachable *addresses;
	int failed_count = queue_failed(desk, &failed);
	int waiting_count = queue_waiting(desk, &waiting);
	int address_count = unreachable_list(desk, &addresses);

	if (failed_count < 0 || waiting_count < 0 || address_count < 0 ||
	    queue_figures(desk, &f) < 0)
		return NULL;
	return json_pack("{s:o, s:I, s:I, s:I, s:I, s:o, s:o, s:o}",
	    "paused_at", instant(desk->arena, f.paused_at), "waiting",
	    (json_int_t)f.waiting, "overdue", (json_int_t)f.overdue, "sending",
	    (json_int_t)f.sending, "failed", (json_int_t)f.failed,
	    "failed_letters", list_doc(desk->arena, failed, failed_count),
	    "waiting_letters", list_doc(desk->arena, waiting, waiting_count),
	    "unreachable_addresses",
	    addresses_doc(desk->arena, addresses, address_count));
}

static json_t *
addresses_doc(struct arena *arena, const struct unreachable *list, int count)
{
	json_t *doc = json_array();

	for (const struct unreachable *u = list; u < list + count; u++)
		json_array_append_new(doc,
		    json_pack("{s:s, s:s?, s:s, s:o}", "id",
			arena_print(arena, "%" PRId64, u->id), "booking",
			u->code[0] == '\0' ? NULL
					   : booking_code_print(arena, u->code),
			"status", u->status, "since",
			instant(arena, u->since)));
	return doc;
}

static json_t *
list_doc(struct arena *arena, const struct queued *list, int count)
{
	json_t *doc = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(doc, letter_doc(arena, &list[i]));
	return doc;
}

static json_t *
letter_doc(struct arena *arena, const struct queued *q)
{
	const char *id = arena_print(arena, "%" PRId64, q->id);
	const char *code = NULL;

	if (q->code[0] != '\0')
		code = booking_code_print(arena, q->code);
	return json_pack("{s:s, s:s, s:s, s:s?, s:i, s:s, s:o, s:o, s:o}", "id",
	    id, "kind", q->kind, "state", q->state, "booking", code, "attempts",
	    q->attempts, "error", q->error, "due_at", instant(arena, q->due_at),
	    "not_after", instant(arena, q->not_after), "next_at",
	    instant(arena, q->next_at));
}

static json_t *
instant(struct arena *arena, int64_t at)
{
	return at == 0 ? json_null() : json_string(when_print(arena, at));
}

static int
again_run(struct desk *desk, void *arg)
{
	struct outbox_job *job = arg;

	job->result = queue_again(desk, job->id);
	if (job->result == QUEUE_FAULT)
		return -1;
	return job->result != QUEUE_DONE;
}

static void
again_done(struct web *w, struct request *r, void *arg)
{
	struct outbox_job *job = arg;

	(void)w;
	switch (job->result) {
	case QUEUE_DONE:
		api_answer(r, 200,
		    json_pack("{s:s}", "id",
			arena_print(r->arena, "%" PRId64, job->id)));
		return;
	case QUEUE_UNKNOWN:
		api_problem(r, job->lang, PROBLEM_NO_LETTER, NULL);
		return;
	case QUEUE_OVER:
		api_problem(r, job->lang, PROBLEM_LETTER_OVER, NULL);
		return;
	case QUEUE_STATE:
		api_problem(r, job->lang, PROBLEM_LETTER_STATE, NULL);
		return;
	case QUEUE_FAULT:
		break;
	}
	api_problem(r, job->lang, PROBLEM_FAULT, NULL);
}

static int
lift_run(struct desk *desk, void *arg)
{
	struct outbox_job *job = arg;

	job->lifted = unreachable_lift(desk, job->id);
	return job->lifted < 0 ? -1 : 0;
}

static void
lift_done(struct web *w, struct request *r, void *arg)
{
	struct outbox_job *job = arg;

	(void)w;
	if (job->lifted == 0)
		api_problem(r, job->lang, PROBLEM_NO_ADDRESS, NULL);
	else
		api_answer(r, 200,
		    json_pack("{s:s}", "id",
			arena_print(r->arena, "%" PRId64, job->id)));
}

static int
pause_run(struct desk *desk, void *arg)
{
	(void)arg;
	return queue_pause(desk);
}

static int
resume_run(struct desk *desk, void *arg)
{
	(void)arg;
	return queue_resume(desk);
}

static void
courier_done(struct web *w, struct request *r, void *arg)
{
	struct desk desk = web_desk(w, r);
	struct outbox_job *job = arg;
	struct queue_trouble trouble;

	if (queue_trouble(&desk, &trouble) < 0)
		api_problem(r, job->lang, PROBLEM_FAULT, NULL);
	else
		api_answer(r, 200,
		    json_pack("{s:o}", "paused_at",
			instant(r->arena, trouble.paused_at)));
}
