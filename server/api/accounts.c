/*
 * Accounts: listed, added, given a new one-time password, disabled.  Such a
 * password is drawn here, hashed on a worker, told once in the answer and
 * kept nowhere.
 */
#include <string.h>

#include "api/api.h"
#include "room/roster.h"

struct account_job {
	enum lang lang;
	struct asker asker;
	const char *name, *role, *advisor;
	char *password, *hash;
	struct arena *arena;
	enum roster result;
};

static void hash_run(void *arg);
static web_done add_hashed, reset_hashed, add_done, reset_done, switch_done;
static web_run add_run, reset_run, disable_run, enable_run;
static struct account_job *job_open(struct web *, struct request *);
static json_t *listed_doc(struct arena *, const struct listed *);
static void refuse(struct request *, const struct account_job *);
static enum text name_check(struct arena *, const char **);
static enum text role_check(struct arena *, const char **);

/* GET /api/v1/accounts */
void
api_accounts(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	struct listed *accounts;
	struct asker asker;
	json_t *list;
	int count;

	if (!api_asker(w, r, RIGHT_ACCOUNTS, &asker))
		return;
	count = roster_list(&desk, &accounts);
	if (count < 0) {
		api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
		return;
	}
	list = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(list, listed_doc(r->arena, &accounts[i]));
	api_answer(r, 200, json_pack("{s:o}", "accounts", list));
}

/* POST /api/v1/accounts */
void
api_account_add(struct web *w, struct request *r)
{
	enum { NAME, ROLE, ADVISOR, MEMBERS };
	static const struct member members[MEMBERS] = {
		[NAME] = { "name", 32, .required = true, .check = name_check },
		[ROLE] = { "role", 16, .required = true, .check = role_check },
		[ADVISOR] = { "advisor", 32 },
	};
	const char *values[MEMBERS];
	struct account_job *job = job_open(w, r);
	bool advises;

	if (job == NULL || !api_body(r, members, MEMBERS, values, job->lang))
		return;
	advises = strcmp(values[ROLE], "advisor") == 0;
	if (advises == (values[ADVISOR][0] == '\0')) {
		api_refuse(r, job->lang, "advisor",
		    advises ? T_api_field_missing : T_api_field_advisor);
		return;
	}
	job->name = values[NAME];
	job->role = values[ROLE];
	job->advisor = values[ADVISOR];
	job->password = account_one_time_password(r->arena);
	web_work(w, r, hash_run, add_hashed, job);
}

/* POST /api/v1/accounts/{name}/password */
void
api_account_reset(struct web *w, struct request *r)
{
	struct account_job *job = job_open(w, r);

	if (job == NULL)
		return;
	job->name = web_parameter(r);
	job->password = account_one_time_password(r->arena);
	web_work(w, r, hash_run, reset_hashed, job);
}

/* POST /api/v1/accounts/{name}/disable */
void
api_account_disable(struct web *w, struct request *r)
{
	struct account_job *job = job_open(w, r);

	if (job == NULL)
		return;
	job->name = web_parameter(r);
	web_write(w, r, disable_run, switch_done, job);
}

/* POST /api/v1/accounts/{name}/enable */
void
api_account_enable(struct web *w, struct request *r)
{
	struct account_job *job = job_open(w, r);

	if (job == NULL)
		return;
	job->name = web_parameter(r);
	web_write(w, r, enable_run, switch_done, job);
}

/* NULL: the request has been answered. */
static struct account_job *
job_open(struct web *w, struct request *r)
{
	struct account_job *job = arena_get(r->arena, sizeof(*job));

	job->lang = api_lang(r);
	job->arena = r->arena;
	return api_asker(w, r, RIGHT_ACCOUNTS, &job->asker) ? job : NULL;
}

static void
hash_run(void *arg)
{
	struct account_job *job = arg;

	job->hash = seal_password(job->arena, job->password);
}

static void
add_hashed(struct web *w, struct request *r, void *arg)
{
	web_write(w, r, add_run, add_done, arg);
}

static void
reset_hashed(struct web *w, struct request *r, void *arg)
{
	web_write(w, r, reset_run, reset_done, arg);
}

static int
add_run(struct desk *desk, void *arg)
{
	struct account_job *job = arg;

	job->result = roster_add(desk, job->name, job->role, job->advisor,
	    job->hash);
	return roster_kept(job->result);
}

static int
reset_run(struct desk *desk, void *arg)
{
	struct account_job *job = arg;

	job->result = roster_reset(desk, job->name, job->hash);
	return roster_kept(job->result);
}

static int
disable_run(struct desk *desk, void *arg)
{
	struct account_job *job = arg;

	job->result = roster_disable(desk, job->name);
	return roster_kept(job->result);
}

static int
enable_run(struct desk *desk, void *arg)
{
	struct account_job *job = arg;

	job->result = roster_enable(desk, job->name);
	return roster_kept(job->result);
}

static void
add_done(struct web *w, struct request *r, void *arg)
{
	struct account_job *job = arg;

	(void)w;
	if (job->result != ROSTER_DONE)
		refuse(r, job);
	else
		api_answer(r, 201,
		    json_pack("{s:s, s:s, s:s}", "name", job->name, "role",
			job->role, "one_time_password", job->password));
}

static void
reset_done(struct web *w, struct request *r, void *arg)
{
	struct account_job *job = arg;

	(void)w;
	if (job->result != ROSTER_DONE)
		refuse(r, job);
	else
		api_answer(r, 200,
		    json_pack("{s:s, s:s}", "name", job->name,
			"one_time_password", job->password));
}

static void
switch_done(struct web *w, struct request *r, void *arg)
{
	struct account_job *job = arg;

	(void)w;
	if (job->result != ROSTER_DONE)
		refuse(r, job);
	else
		api_answer(r, 200, json_pack("{s:s}", "name", job->name));
}

static json_t *
listed_doc(struct arena *arena, const struct listed *a)
{
	const char *advisor = a->advisor[0] == '\0' ? NULL : a->advisor;
	const char *at = NULL;

	if (a->signed_in_at != 0)
		at = when_print(arena, a->signed_in_at);
	return json_pack("{s:s, s:s, s:s?, s:s?, s:b, s:b}", "name", a->name,
	    "role", a->role, "advisor", advisor, "last_sign_in", at, "one_time",
	    a->one_time, "disabled", a->disabled);
}

static void
refuse(struct request *r, const struct account_job *job)
{
	switch (job->result) {
	case ROSTER_UNKNOWN:
		api_problem(r, job->lang, PROBLEM_NO_ACCOUNT, NULL);
		return;
	case ROSTER_TAKEN:
		api_problem(r, job->lang, PROBLEM_NAME_TAKEN, NULL);
		return;
	case ROSTER_NO_ADVISOR:
		api_refuse(r, job->lang, "advisor", T_api_field_code);
		return;
	case ROSTER_OWN:
		api_problem(r, job->lang, PROBLEM_OWN_ACCOUNT, NULL);
		return;
	case ROSTER_LAST:
		api_problem(r, job->lang, PROBLEM_LAST_MANAGER, NULL);
		return;
	case ROSTER_DONE:
	case ROSTER_FAULT:
		break;
	}
	api_problem(r, job->lang, PROBLEM_FAULT, NULL);
}

static enum text
name_check(struct arena *arena, const char **value)
{
	(void)arena;
	return account_name_ok(*value) ? TEXT_NONE : T_api_field_account;
}

static enum text
role_check(struct arena *arena, const char **value)
{
	(void)arena;
	return role_known(*value) ? TEXT_NONE : T_api_field_role;
}
