/*
 * New accounts: their one-time password is drawn here, hashed on a worker,
 * told once in the answer and kept nowhere.
 */
#include <string.h>

#include "room/advisor.h"
#include "room/audit.h"
#include "web/api.h"

struct account_job {
	enum lang lang;
	struct asker asker;
	const char *name, *role, *advisor;
	char *password, *hash;
	struct arena *arena;
	bool advisor_unknown;
	int taken;
};

static void hash_run(void *arg);
static web_done hash_done, add_done;
static web_run add_run;
static enum text name_check(struct arena *, const char **);
static enum text role_check(struct arena *, const char **);

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
	struct account_job *job = arena_get(r->arena, sizeof(*job));
	bool advises;

	job->lang = api_lang(r);
	job->arena = r->arena;
	if (!api_asker(w, r, RIGHT_ACCOUNTS, &job->asker) ||
	    !api_body(r, members, MEMBERS, values, &job->lang))
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
	web_work(w, r, hash_run, hash_done, job);
}

static void
hash_run(void *arg)
{
	struct account_job *job = arg;

	job->hash = seal_password(job->arena, job->password);
}

static void
hash_done(struct web *w, struct request *r, void *arg)
{
	web_write(w, r, add_run, add_done, arg);
}

static int
add_run(struct desk *desk, void *arg)
{
	struct account_job *job = arg;
	struct advisor advisor = { 0 };
	int found = 1;

	if (job->advisor[0] != '\0')
		found = advisor_by_code(desk, job->advisor, &advisor);
	job->advisor_unknown = found == 0;
	if (found != 1)
		return found < 0 ? -1 : 1;
	job->taken = account_add(desk, job->name, job->role, advisor.id,
	    job->hash, true);
	if (job->taken != 0)
		return job->taken;
	return audit_write(desk, "add_account", 0);
}

static void
add_done(struct web *w, struct request *r, void *arg)
{
	struct account_job *job = arg;

	(void)w;
	if (job->advisor_unknown)
		api_refuse(r, job->lang, "advisor", T_api_field_code);
	else if (job->taken)
		api_problem(r, job->lang, PROBLEM_NAME_TAKEN, NULL);
	else
		api_answer(r, 201,
		    json_pack("{s:s, s:s, s:s}", "name", job->name, "role",
			job->role, "one_time_password", job->password));
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
