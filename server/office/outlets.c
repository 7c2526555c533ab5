/*
 * Where flyers lie, as staff see it: an outlet is given a name and gets a
 * code, its flyer is printed from here, and counts say what came of it.
 */
#include "office/outlets.h"

#include "pages.h"
#include "web/guest.h"
#include "web/sign_in.h"

enum { NAME, CODE, FIELDS };
static const struct field fields[FIELDS] = {
	[NAME] = { "name", OUTLET_NAME_MAX_CHARS, false, NULL },
	[CODE] = { "code", 2 * OUTLET_CODE_MAX, false, NULL },
};

struct outlet_job {
	struct account account; /* who acts */
	struct outlets_page page;
	const char *name, *code;
	bool withdrawn;
	enum outlet_result result;
	struct outlet outlet;
};

static struct outlet_job *job_open(struct web *, struct request *,
    struct form **);
static bool read_fields(struct request *, const struct form *,
    struct outlet_job *);
static void show(struct web *, struct request *, const struct account *,
    struct outlets_page *, int status);
static void withdraw(struct web *, struct request *, bool withdrawn);
static int kept(enum outlet_result);
static web_run add_run, withdraw_run;
static web_done add_done, withdraw_done;

void
outlets_show(struct web *web, struct request *request)
{
	struct account account;
	struct outlets_page p = { .name = "", .code = "" };

	if (sign_in_required(web, request, RIGHT_OUTLETS, &account))
		show(web, request, &account, &p, 200);
}

void
outlets_add(struct web *web, struct request *request)
{
	struct form *form;
	struct outlet_job *job = job_open(web, request, &form);

	if (job == NULL)
		return;
	if (read_fields(request, form, job))
		web_write(web, request, add_run, add_done, job);
	else
		show(web, request, &job->account, &job->page, 422);
}

void
outlets_withdraw(struct web *web, struct request *request)
{
	withdraw(web, request, true);
}

void
outlets_restore(struct web *web, struct request *request)
{
	withdraw(web, request, false);
}

/* NULL: answered. */
static struct outlet_job *
job_open(struct web *web, struct request *request, struct form **form)
{
	struct outlet_job *job = arena_get(request->arena, sizeof(*job));

	if (!sign_in_required(web, request, RIGHT_OUTLETS, &job->account))
		return NULL;
	*form = guest_form(web, request);
	return *form == NULL ? NULL : job;
}

static bool
read_fields(struct request *request, const struct form *form,
    struct outlet_job *job)
{
	struct entry entries[FIELDS];
	struct outlets_page *p = &job->page;

	form_check(request, form, fields, FIELDS, entries);
	p->name = job->name = entries[NAME].value;
	p->code = entries[CODE].value;
	job->code = outlet_code_read(request->arena, p->code);
	p->name_wrong = entries[NAME].error;
	p->code_wrong = entries[CODE].error;
	if (p->name[0] == '\0')
		p->name_wrong = T_outlets_bad_name;
	if (job->code[0] != '\0' && !outlet_code_ok(job->code))
		p->code_wrong = T_outlets_bad_code;
	return p->name_wrong == TEXT_NONE && p->code_wrong == TEXT_NONE;
}

static void
show(struct web *web, struct request *request, const struct account *account,
    struct outlets_page *p, int status)
{
	struct page o;
	struct outlet *list;
	int count;

	page_open(&o, web, request, PAGE_STAFF, T_outlets_title);
	count = outlet_list(&o.desk, &list);
	if (count < 0) {
		page_fail(&o);
		return;
	}
	tally_show(&web->tally, when_day(o.desk.now), list, (size_t)count);
	p->list = list;
	p->count = (size_t)count;
	p->address = arena_print(request->arena, "%s/f/",
	    web->config->public_url);
	o.here = "/staff/outlets";
	sign_in_menu(&o, account, "outlets");
	o.slim = true;
	o.error = status >= 400;
	page_outlets(&o, p);
	page_send(&o, status, NULL);
}

static void
withdraw(struct web *web, struct request *request, bool withdrawn)
{
	struct form *form;
	struct outlet_job *job = job_open(web, request, &form);

	if (job == NULL)
		return;
	job->code = web_parameter(request);
	job->withdrawn = withdrawn;
	web_write(web, request, withdraw_run, withdraw_done, job);
}

static int
kept(enum outlet_result result)
{
	return result == OUTLET_DONE ? 0 : result == OUTLET_FAULT ? -1 : 1;
}

static int
add_run(struct desk *d, void *arg)
{
	struct outlet_job *job = arg;

	job->result = outlet_add(d, job->name, job->code, &job->outlet);
	return kept(job->result);
}

static int
withdraw_run(struct desk *d, void *arg)
{
	struct outlet_job *job = arg;

	job->result = outlet_withdraw(d, job->code, job->withdrawn);
	return kept(job->result);
}

static void
add_done(struct web *web, struct request *request, void *arg)
{
	struct outlet_job *job = arg;

	if (job->result == OUTLET_DONE) {
		page_go(request, "/staff/outlets", NULL);
		return;
	}
	if (job->result == OUTLET_TAKEN)
		job->page.code_wrong = T_outlets_taken;
	else
		job->page.name_wrong = T_outlets_many;
	show(web, request, &job->account, &job->page, 409);
}

static void
withdraw_done(struct web *web, struct request *request, void *arg)
{
	struct outlet_job *job = arg;

	if (job->result == OUTLET_DONE)
		page_go(request, "/staff/outlets", NULL);
	else
		page_status(web, request, 404, NULL);
}
