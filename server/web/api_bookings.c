/*
 * What the room does with bookings: its day, one visit opened, and how it
 * ended.  Lists show code and time; names only one by one, and audited.
 */
#include <string.h>

#include "base/text.h"
#include "room/audit.h"
#include "web/api.h"
#include "web/form.h"

#define ALL_ROLES (ROLE_STAFF | ROLE_MANAGER | ROLE_ADVISOR)

/* One visit that is opened or marked. */
struct visit_job {
	enum lang lang;
	struct asker asker;
	const char *code, *outcome;
	int found; /* 0: no such booking, or not hers to see */
	enum booked result;
	struct booking booking;
	struct contact contact;
};

static web_run show_run, outcome_run;
static web_done show_done, outcome_done;
static int job_find(struct desk *, struct visit_job *);
static bool sees_note(const struct visit_job *);
static enum text outcome_check(struct arena *, const char **);

/* GET /api/v1/bookings?date= */
void
api_bookings(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	const struct form *query = form_query(r);
	enum lang lang = api_lang(r);
	int32_t day = when_day(desk.now);
	struct booking *bookings;
	struct asker asker;

	if (!api_asker(w, r, ALL_ROLES, &asker))
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
	int count = booking_between(&desk, asker.advisor, when_at(day, 0),
	    when_at(day + 1, 0), false, &bookings);
	json_t *list = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(
		    list, api_booking_doc(r->arena, &bookings[i]));
	json_t *doc = json_pack("{s:s, s:o}", "date",
	    when_print_day(r->arena, day), "bookings", list);
	if (count >= 0) {
		api_answer(r, 200, doc);
		return;
	}
	json_decref(doc);
	api_problem(r, lang, PROBLEM_FAULT, NULL);
}

/* GET /api/v1/bookings/{code}: a reading that must be in the audit before
 * its answer leaves, hence on the writer. */
void
api_booking(struct web *w, struct request *r)
{
	struct visit_job *job = arena_get(r->arena, sizeof(*job));

	job->lang = api_lang(r);
	job->code = api_booking_code(r);
	if (api_asker(w, r, ALL_ROLES, &job->asker))
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
	if (api_asker(w, r, ALL_ROLES, &job->asker) &&
	    api_body(r, members, 1, &job->outcome, &job->lang))
		web_write(w, r, outcome_run, outcome_done, job);
}

json_t *
api_booking_doc(struct arena *arena, const struct booking *b)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "code",
	    booking_code_print(arena, b->code), "state", b->state, "theme",
	    b->theme_code, "advisor", b->advisor_code, "place", b->place_code,
	    "channel", b->channel, "starts_at", when_print(arena, b->starts_at),
	    "ends_at", when_print(arena, b->ends_at));
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
	int found = job_find(desk, job);

	if (found != 1)
		return found < 0 ? -1 : 1;
	if (booking_contact(desk, &job->booking, &job->contact) < 0 ||
	    audit_write(desk, "open_contact", job->booking.id) < 0)
		return -1;
	if (!sees_note(job))
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
	if (sees_note(job))
		json_object_set_new(
		    doc, "note", json_string(job->contact.note));
	api_answer(r, 200, doc);
}

static int
outcome_run(struct desk *desk, void *arg)
{
	struct visit_job *job = arg;
	int found = job_find(desk, job);

	if (found != 1)
		return found < 0 ? -1 : 1;
	job->result = booking_outcome(
	    desk, job->booking.id, job->outcome, &job->booking);
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

/* An advisor's account finds her own bookings and no others. */
static int
job_find(struct desk *desk, struct visit_job *job)
{
	int found = booking_by_code(desk, job->code, &job->booking);

	if (found == 1 && job->asker.advisor != 0 &&
	    job->asker.advisor != job->booking.advisor)
		found = 0;
	job->found = found == 1;
	return found;
}

/* What a guest wrote is for her advisor; the operator answers for the
 * whole. */
static bool
sees_note(const struct visit_job *job)
{
	return job->asker.operator|| job->asker.advisor == job->booking.advisor;
}

static enum text
outcome_check(struct arena *arena, const char **value)
{
	static const char *const outcomes[] = { "attended", "no_show",
		"confirmed" };

	(void)arena;
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (strcmp(*value, outcomes[i]) == 0)
			return TEXT_NONE;
	return T_api_field_outcome;
}
