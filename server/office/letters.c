/*
 * Letters as staff see them: by booking number, never by name or address.
 * After each press the list is shown anew.
 */
#include "office/letters.h"

#include <ctype.h>
#include <string.h>

#include "pages.h" /* generated */
#include "web/form.h"
#include "web/guest.h"
#include "web/sign_in.h"

struct letters_job {
	struct account account;
	int64_t id;
	enum queue_result result;
};

/* By the first word of an error. */
static const struct {
	const char *word;
	enum text text;
} errors[] = {
	{ "reply 5", T_letters_error_refused },
	{ "reply 4", T_letters_error_later },
	{ "unknown", T_letters_error_unknown },
	{ "interrupted", T_letters_error_unknown },
	{ "address", T_letters_error_address },
	{ "bounced", T_letters_error_bounced },
	{ "unreachable", T_letters_error_unreachable },
	{ "not composed", T_letters_error_ours },
	{ "maildir", T_letters_error_ours },
	{ "login", T_letters_error_login },
	{ "", T_letters_error_server },
};

static const struct {
	const char *name;
	enum text text;
} kinds[] = {
	{ "confirmation", T_letters_kind_confirmation },
	{ "changed", T_letters_kind_changed },
	{ "cancelled", T_letters_kind_cancelled },
	{ "reminder", T_letters_kind_reminder },
	{ "soon", T_letters_kind_soon },
	{ "offer", T_letters_kind_offer },
	{ "come", T_letters_kind_come },
	{ "moved", T_letters_kind_moved },
	{ "gone", T_letters_kind_gone },
	{ "closed", T_letters_kind_closed },
	{ "digest", T_letters_kind_digest },
	{ "alarm", T_letters_kind_alarm },
	{ "attention", T_letters_kind_attention },
};

static struct letters_job *job_open(struct web *, struct request *);
static void show(struct web *, struct request *, const struct account *,
    enum queue_result);
static enum text refusal(enum queue_result);
static web_run again_run, lift_run, pause_run, resume_run;
static web_done done;

void
letters_show(struct web *web, struct request *request)
{
	struct account account;

	if (sign_in_required(web, request, RIGHT_LETTERS, &account))
		show(web, request, &account, QUEUE_DONE);
}

void
letters_again(struct web *web, struct request *request)
{
	struct letters_job *job = job_open(web, request);

	if (job == NULL)
		return;
	job->id = seal_id_read(web_parameter(request));
	web_write(web, request, again_run, done, job);
}

void
letters_lift(struct web *web, struct request *request)
{
	struct letters_job *job = job_open(web, request);

	if (job == NULL)
		return;
	job->id = seal_id_read(web_parameter(request));
	web_write(web, request, lift_run, done, job);
}

void
letters_pause(struct web *web, struct request *request)
{
	struct letters_job *job = job_open(web, request);

	if (job != NULL)
		web_write(web, request, pause_run, done, job);
}

void
letters_resume(struct web *web, struct request *request)
{
	struct letters_job *job = job_open(web, request);

	if (job != NULL)
		web_write(web, request, resume_run, done, job);
}

/* GET /staff/letters/samples?in=en */
void
letters_samples(struct web *web, struct request *request)
{
	const struct form *query = form_query(request);
	struct samples_page p;
	struct sample *list;
	struct account account;
	struct page o;

	if (!sign_in_required(web, request, RIGHT_LETTERS, &account))
		return;
	page_open(&o, web, request, PAGE_STAFF, T_letters_samples);
	p.in = query == NULL ? LANGS : lang_by_code(form_get(query, "in"));
	if (p.in == LANGS)
		p.in = o.lang;
	p.count = sample_list(request->arena, web->config, o.desk.now, p.in,
	    &list);
	p.list = list;
	sign_in_menu(&o, &account, "letters");
	o.slim = true;
	page_letters_samples(&o, &p);
	page_send(&o, 200, NULL);
}

enum text
letters_kind(const char *kind)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, kind) == 0)
			return kinds[i].text;
	return T_letters_kind_other;
}

enum text
letters_error(const char *error)
{
	size_t i = 0;

	if (error[0] == '\0')
		return TEXT_NONE;
	while (strncmp(error, errors[i].word, strlen(errors[i].word)) != 0)
		i++;
	return errors[i].text;
}

const char *
letters_code(const char *error)
{
	const char *code = error + strlen(error);

	while (code > error &&
	    (isdigit((unsigned char)code[-1]) || code[-1] == '.'))
		code--;
	return code;
}

bool
letters_may_try(const struct page *o, const struct queued *q)
{
	if (strcmp(q->state, "due") == 0)
		return q->error[0] != '\0' && q->due_at <= o->desk.now;
	return strcmp(q->state, "sending") != 0 && q->not_after >= o->desk.now;
}

const char *
letters_day(const struct page *o, int32_t day, const char *code)
{
	return arena_print(o->desk.arena, "/staff/day?date=%s#b-%s",
	    when_print_day(o->desk.arena, day), code);
}

/* NULL: answered. */
static struct letters_job *
job_open(struct web *web, struct request *request)
{
	struct letters_job *job = arena_get(request->arena, sizeof(*job));

	if (!sign_in_required(web, request, RIGHT_LETTERS, &job->account) ||
	    guest_form(web, request) == NULL)
		return NULL;
	job->result = QUEUE_DONE;
	return job;
}

static void
show(struct web *web, struct request *request, const struct account *account,
    enum queue_result result)
{
	struct letters_page p = { .refused = refusal(result) };
	struct queued *failed, *waiting;
	struct unreachable *unreachable;
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_letters_title);
	p.failed_count = queue_failed(&o.desk, &failed);
	p.waiting_count = queue_waiting(&o.desk, &waiting);
	p.unreachable_count = unreachable_list(&o.desk, &unreachable);
	if (p.failed_count < 0 || p.waiting_count < 0 ||
	    p.unreachable_count < 0 || queue_figures(&o.desk, &p.figures) < 0) {
		page_fail(&o);
		return;
	}
	p.failed = failed;
	p.waiting = waiting;
	p.unreachable = unreachable;
	o.here = "/staff/letters";
	sign_in_menu(&o, account, "letters");
	o.slim = true;
	o.error = result != QUEUE_DONE;
	page_letters(&o, &p);
	page_send(&o, o.error ? 409 : 200, NULL);
}

static enum text
refusal(enum queue_result result)
{
	switch (result) {
	case QUEUE_OVER:
		return T_letters_over;
	case QUEUE_STATE:
		return T_letters_state;
	case QUEUE_DONE:
	case QUEUE_UNKNOWN:
	case QUEUE_FAULT:
		break;
	}
	return TEXT_NONE;
}

static int
again_run(struct desk *d, void *arg)
{
	struct letters_job *job = arg;

	job->result = queue_again(d, job->id);
	if (job->result == QUEUE_FAULT)
		return -1;
	return job->result != QUEUE_DONE;
}

/* The second press is fine. */
static int
lift_run(struct desk *d, void *arg)
{
	struct letters_job *job = arg;

	return unreachable_lift(d, job->id) < 0 ? -1 : 0;
}

static int
pause_run(struct desk *d, void *arg)
{
	(void)arg;
	return queue_pause(d);
}

static int
resume_run(struct desk *d, void *arg)
{
	(void)arg;
	return queue_resume(d);
}

static void
done(struct web *web, struct request *request, void *arg)
{
	struct letters_job *job = arg;

	if (job->result == QUEUE_DONE)
		page_go(request, "/staff/letters", NULL);
	else if (job->result == QUEUE_UNKNOWN)
		page_status(web, request, 404, NULL);
	else
		show(web, request, &job->account, job->result);
}
