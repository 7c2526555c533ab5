/*
 * The accounts as a manager sees them.  A one-time password is told in the
 * answer to the press that made it and nowhere else, so those two answers
 * are pages; disabling and enabling lead back to the list.
 */
#include "office/accounts.h"

#include <string.h>

#include "pages.h"
#include "web/guest.h"
#include "web/sign_in.h"

struct roster_job {
	struct arena *arena;
	struct account account; /* who acts */
	struct accounts_page page;
	const char *name, *role, *advisor;
	char *password, *hash;
	enum roster result;
};

static struct roster_job *job_open(struct web *, struct request *,
    struct form **);
static bool read_fields(struct roster_job *, const struct form *);
static enum text refusal(enum roster);
static void show(struct web *, struct request *, const struct account *,
    struct accounts_page *, int status);
static void hash_run(void *);
static web_run add_run, reset_run, disable_run, enable_run;
static web_done add_hashed, reset_hashed, given_done, switch_done;

void
accounts_show(struct web *web, struct request *request)
{
	struct account account;
	struct accounts_page p = { .name = "", .role = "staff", .advisor = "" };

	if (sign_in_required(web, request, RIGHT_ACCOUNTS, &account))
		show(web, request, &account, &p, 200);
}

void
accounts_add(struct web *web, struct request *request)
{
	struct form *form;
	struct roster_job *job = job_open(web, request, &form);

	if (job == NULL)
		return;
	if (!read_fields(job, form)) {
		show(web, request, &job->account, &job->page, 422);
		return;
	}
	job->password = account_one_time_password(request->arena);
	web_work(web, request, hash_run, add_hashed, job);
}

void
accounts_reset(struct web *web, struct request *request)
{
	struct form *form;
	struct roster_job *job = job_open(web, request, &form);

	if (job == NULL)
		return;
	job->password = account_one_time_password(request->arena);
	web_work(web, request, hash_run, reset_hashed, job);
}

void
accounts_disable(struct web *web, struct request *request)
{
	struct form *form;
	struct roster_job *job = job_open(web, request, &form);

	if (job != NULL)
		web_write(web, request, disable_run, switch_done, job);
}

void
accounts_enable(struct web *web, struct request *request)
{
	struct form *form;
	struct roster_job *job = job_open(web, request, &form);

	if (job != NULL)
		web_write(web, request, enable_run, switch_done, job);
}

enum text
account_role_text(const char *role)
{
	if (strcmp(role, "manager") == 0)
		return T_accounts_manager;
	return strcmp(role, "advisor") == 0 ? T_accounts_advisor
					    : T_accounts_staff;
}

/* NULL: answered. */
static struct roster_job *
job_open(struct web *web, struct request *request, struct form **form)
{
	struct roster_job *job = arena_get(request->arena, sizeof(*job));

	if (!sign_in_required(web, request, RIGHT_ACCOUNTS, &job->account))
		return NULL;
	*form = guest_form(web, request);
	if (*form == NULL)
		return NULL;
	job->arena = request->arena;
	job->name = web_parameter(request);
	job->page = (struct accounts_page) { .name = "",
		.role = "staff",
		.advisor = "" };
	return job;
}

static bool
read_fields(struct roster_job *job, const struct form *form)
{
	struct accounts_page *p = &job->page;
	bool advises;

	p->name = form_get(form, "name");
	p->role = form_get(form, "role");
	p->advisor = form_get(form, "advisor");
	advises = strcmp(p->role, "advisor") == 0;
	job->name = account_name(job->arena, p->name);
	job->role = p->role;
	job->advisor = p->advisor;
	if (!account_name_ok(job->name))
		p->name_wrong = T_accounts_bad_name;
	if (!role_known(p->role))
		p->role_wrong = T_accounts_bad_role;
	if (advises == (p->advisor[0] == '\0'))
		p->advisor_wrong = advises ? T_accounts_which_advisor
					   : T_accounts_no_advisor;
	return p->name_wrong == TEXT_NONE && p->role_wrong == TEXT_NONE &&
	    p->advisor_wrong == TEXT_NONE;
}

/* Of what was pressed in the list; the form tells its own. */
static enum text
refusal(enum roster result)
{
	switch (result) {
	case ROSTER_UNKNOWN:
		return T_accounts_unknown;
	case ROSTER_TAKEN:
		return T_accounts_taken;
	case ROSTER_NO_ADVISOR:
		return T_accounts_which_advisor;
	case ROSTER_OWN:
		return T_accounts_own;
	case ROSTER_LAST:
		return T_accounts_last;
	case ROSTER_DONE:
	case ROSTER_FAULT:
		break;
	}
	return TEXT_NONE;
}

static void
show(struct web *web, struct request *request, const struct account *account,
    struct accounts_page *p, int status)
{
	struct page o;
	struct listed *list;
	struct advisor *advisors;

	page_open(&o, web, request, PAGE_STAFF, T_accounts_title);
	p->count = roster_list(&o.desk, &list);
	p->advisor_count = advisor_list(&o.desk, &advisors);
	if (p->count < 0 || p->advisor_count < 0) {
		page_fail(&o);
		return;
	}
	p->list = list;
	p->advisors = advisors;
	p->own = account->id;
	o.here = "/staff/accounts";
	sign_in_menu(&o, account, "accounts");
	o.slim = true;
	o.error = status >= 400;
	page_accounts(&o, p);
	page_send(&o, status, NULL);
}

/* On a worker. */
static void
hash_run(void *arg)
{
	struct roster_job *job = arg;

	job->hash = seal_password(job->arena, job->password);
}

static void
add_hashed(struct web *web, struct request *request, void *arg)
{
	web_write(web, request, add_run, given_done, arg);
}

static void
reset_hashed(struct web *web, struct request *request, void *arg)
{
	web_write(web, request, reset_run, given_done, arg);
}

static int
add_run(struct desk *desk, void *arg)
{
	struct roster_job *job = arg;

	job->result = roster_add(desk, job->name, job->role, job->advisor,
	    job->hash);
	return roster_kept(job->result);
}

static int
reset_run(struct desk *desk, void *arg)
{
	struct roster_job *job = arg;

	job->result = roster_reset(desk, job->name, job->hash);
	return roster_kept(job->result);
}

static int
disable_run(struct desk *desk, void *arg)
{
	struct roster_job *job = arg;

	job->result = roster_disable(desk, job->name);
	return roster_kept(job->result);
}

static int
enable_run(struct desk *desk, void *arg)
{
	struct roster_job *job = arg;

	job->result = roster_enable(desk, job->name);
	return roster_kept(job->result);
}

static void
given_done(struct web *web, struct request *request, void *arg)
{
	struct roster_job *job = arg;
	struct accounts_page told = { .name = "",
		.role = "staff",
		.advisor = "",
		.given_name = job->name,
		.given_password = job->password };

	if (job->result == ROSTER_DONE) {
		show(web, request, &job->account, &told, 200);
		return;
	}
	if (job->result == ROSTER_TAKEN)
		job->page.name_wrong = T_accounts_taken;
	else if (job->result == ROSTER_NO_ADVISOR)
		job->page.advisor_wrong = T_accounts_which_advisor;
	else
		job->page.refused = refusal(job->result);
	show(web, request, &job->account, &job->page, 409);
}

static void
switch_done(struct web *web, struct request *request, void *arg)
{
	struct roster_job *job = arg;

	job->page.refused = refusal(job->result);
	if (job->result == ROSTER_DONE)
		page_go(request, "/staff/accounts", NULL);
	else
		show(web, request, &job->account, &job->page, 409);
}
