/*
 * What the room does with bookings: its day, one visit opened, and how it
 * ended.  Lists show code and time; names only one by one, and audited.
 */
#include <string.h>

#include "api/api.h"
#include "base/text.h"
#include "room/audit.h"
#include "room/forget.h"
#include "web/form.h"

/* One visit that is opened, marked or forgotten. */
struct visit_job {
	enum lang lang;
	struct asker asker;
	const char *code, *outcome, *var;
	bool found; /* and the asker's to see */
	bool with_note; /* asked for, and the asker's to read */
	enum booked result;
	enum forgot forgot;
	struct booking booking;
	struct contact contact;
};

static web_run show_run, outcome_run, forget_run;
static web_done show_done, outcome_done, forget_done;
static json_t *bookings_doc(struct arena *, const struct asker *,
    const struct booking *, int count);
static int job_find(struct desk *, struct visit_job *, enum right);
static json_t *access_doc(unsigned bits);
static enum text outcome_check(struct arena *, const char **);

/* GET /api/v1/bookings?date= */
void
api_bookings(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	const struct form *query = form_query(r);
	enum lang lang = api_lang(r);
	int32_t day = when_day(desk.now);
	struct booking *bookings, *unmarked, *attention;
	struct asker asker;
	json_t *doc;

	if (!api_asker(w, r, RIGHT_DAY, &asker))
		return;
	if (query == NULL) {
		api_problem(r, lang, PROBLEM_MALFORMED, NULL);
		return;
	}
	if (*form_get(query, "date") != '\0')
		day = when_parse_day(form_get(query, "date"));
	if (day == DAY_NONE) {
		api_refuse(r, lang, "date", T_api_field_day);
		return;
	}
	int count = booking_between(&desk, 0, when_at(day, 0),
	    when_at(day + 1, 0), false, &bookings);
	int chased = booking_unmarked(&desk, 0, &unmarked);
	int flagged = booking_attention(&desk, asker.account.advisor,
	    &attention);
	if (count < 0 || chased < 0 || flagged < 0) {
		api_problem(r, lang, PROBLEM_FAULT, NULL);
		return;
	}
	doc = json_pack("{s:s, s:o}", "date", when_print_day(r->arena, day),
	    "bookings", bookings_doc(r->arena, &asker, bookings, count));
	if (day == when_day(desk.now)) {
		json_object_set_new(doc, "unmarked",
		    bookings_doc(r->arena, &asker, unmarked, chased));
		json_object_set_new(doc, "attention",
		    bookings_doc(r->arena, &asker, attention, flagged));
	}
	api_answer(r, 200, doc);
}

/* GET /api/v1/bookings/{code}?note=: a reading that must be in the audit
 * before its answer leaves, hence on the writer. */
void
api_booking(struct web *w, struct request *r)
{
	struct visit_job *job = arena_get(r->arena, sizeof(*job));
	const struct form *query = form_query(r);

	job->lang = api_lang(r);
	job->code = api_booking_code(r);
	if (!api_asker(w, r, RIGHT_CONTACT, &job->asker))
		return;
	if (query == NULL) {
		api_problem(r, job->lang, PROBLEM_MALFORMED, NULL);
		return;
	}
	job->with_note = strcmp(form_get(query, "note"), "1") == 0;
	web_write(w, r, show_run, show_done, job);
}

/* POST /api/v1/bookings/{code}/outcome */
void
api_outcome(struct web *w, struct request *r)
{
	static const struct member members[] = {
		{ "outcome", 16, .required = true, .check = outcome_check },
	};
	struct visit_job *job = arena_get(r->arena, sizeof(*job));

	job->lang = api_lang(r);
	job->code = api_booking_code(r);
	if (api_asker(w, r, RIGHT_OUTCOME, &job->asker) &&
	    api_body(r, members, 1, &job->outcome, job->lang))
		web_write(w, r, outcome_run, outcome_done, job);
}

/* POST /api/v1/bookings/{code}/forget */
void
api_forget(struct web *w, struct request *r)
{
	struct visit_job *job = arena_get(r->arena, sizeof(*job));

	job->lang = api_lang(r);
	job->code = api_booking_code(r);
	job->var = w->config->var;
	if (api_asker(w, r, RIGHT_FORGET, &job->asker) &&
	    api_body(r, NULL, 0, NULL, job->lang))
		web_write(w, r, forget_run, forget_done, job);
}

json_t *
api_booking_doc(struct arena *arena, const struct booking *b)
{
	json_t *doc = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
	    "code", booking_code_print(arena, b->code), "state", b->state,
	    "theme", b->theme_code, "advisor", b->advisor_code, "place",
	    b->place_code, "channel", b->channel, "starts_at",
	    when_print(arena, b->starts_at), "ends_at",
	    when_print(arena, b->ends_at));

	if (b->forget_after)
		json_object_set_new(doc, "forget_after", json_true());
	if (b->forgotten_at != 0)
		json_object_set_new(doc, "forgotten_at",
		    json_string(when_print(arena, b->forgotten_at)));
	return doc;
}

const char *
api_booking_code(struct request *r)
{
	const char *code = web_parameter(r);

	return code == NULL ? "" : text_digits(r->arena, code);
}

static int
show_run(struct desk *desk, void *arg)
{
	struct visit_job *job = arg;
	int found = job_find(desk, job, RIGHT_CONTACT);

	if (found != 1)
		return found < 0 ? -1 : 1;
	if (booking_contact(desk, &job->booking, &job->contact) < 0 ||
	    audit_write(desk, "open_contact", job->booking.id) < 0)
		return -1;
	job->with_note = job->with_note &&
	    api_may_about(&job->asker, RIGHT_NOTE, job->booking.advisor);
	if (!job->with_note)
		return 0;
	return audit_write(desk, "open_note", job->booking.id);
}

static void
show_done(struct web *w, struct request *r, void *arg)
{
	struct visit_job *job = arg;
	json_t *doc;

	(void)w;
	if (!job->found) {
		api_problem(r, job->lang, PROBLEM_NO_BOOKING, NULL);
		return;
	}
	doc = api_booking_doc(r->arena, &job->booking);
	json_object_set_new(doc, "name", json_string(job->contact.name));
	json_object_set_new(doc, "email", json_string(job->contact.mail));
	json_object_set_new(doc, "language", json_string(job->contact.lang));
	json_object_set_new(doc, "access", access_doc(job->contact.access));
	if (job->with_note)
		json_object_set_new(doc, "note",
		    json_string(job->contact.note));
	api_answer(r, 200, doc);
}

static json_t *
access_doc(unsigned bits)
{
	json_t *list = json_array();

	for (enum access kind = 0; kind < ACCESS_KINDS; kind++)
		if ((bits & ACCESS_BIT(kind)) != 0)
			json_array_append_new(list,
			    json_string(access_name(kind)));
	return list;
}

static int
outcome_run(struct desk *desk, void *arg)
{
	struct visit_job *job = arg;
	int found = job_find(desk, job, RIGHT_OUTCOME);

	if (found != 1)
		return found < 0 ? -1 : 1;
	job->result = booking_outcome(desk, job->booking.id, job->outcome,
	    &job->booking);
	return job->result == BOOKED ? 0 : job->result == BOOKED_FAULT ? -1 : 1;
}

static void
outcome_done(struct web *w, struct request *r, void *arg)
{
	struct visit_job *job = arg;

	(void)w;
	if (!job->found)
		api_problem(r, job->lang, PROBLEM_NO_BOOKING, NULL);
	else if (job->result == BOOKED)
		api_answer(r, 200, api_booking_doc(r->arena, &job->booking));
	else
		api_problem(r, job->lang,
		    job->result == BOOKED_EARLY ? PROBLEM_NOT_BEGUN
						: PROBLEM_STATE,
		    NULL);
}

static int
forget_run(struct desk *desk, void *arg)
{
	struct visit_job *job = arg;
	int found = job_find(desk, job, RIGHT_FORGET);

	if (found != 1)
		return found < 0 ? -1 : 1;
	job->forgot = forget_visit(desk, job->var, job->booking.id, "room",
	    &job->booking);
	return job->forgot == FORGOT_FAULT ? -1 : 0;
}

static void
forget_done(struct web *w, struct request *r, void *arg)
{
	struct visit_job *job = arg;

	(void)w;
	if (!job->found || job->forgot == FORGOT_UNKNOWN)
		api_problem(r, job->lang, PROBLEM_NO_BOOKING, NULL);
	else
		api_answer(r, 200, api_booking_doc(r->arena, &job->booking));
}

/* An advisor's account lists and finds her own bookings and no others. */
static json_t *
bookings_doc(struct arena *arena, const struct asker *asker,
    const struct booking *bookings, int count)
{
	json_t *list = json_array();

	for (int i = 0; i < count; i++)
		if (api_may_about(asker, RIGHT_DAY, bookings[i].advisor))
			json_array_append_new(list,
			    api_booking_doc(arena, &bookings[i]));
	return list;
}

static int
job_find(struct desk *desk, struct visit_job *job, enum right right)
{
	int found = booking_by_code(desk, job->code, &job->booking);

	if (found == 1 &&
	    !api_may_about(&job->asker, right, job->booking.advisor))
		found = 0;
	job->found = found == 1;
	return found;
}

static enum text
outcome_check(struct arena *arena, const char **value)
{
	(void)arena;
	return outcome_known(*value) ? TEXT_NONE : T_api_field_outcome;
}
