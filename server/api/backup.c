/* A sealed copy of the database, for the operator alone. */
#include <stdlib.h>
#include <sys/stat.h>

#include "api/api.h"
#include "store/backup.h"

struct backup_job {
	struct arena *arena;
	const char *var, *path;
	int64_t bytes;
	int result;
};

static void backup_run(void *arg);
static web_done backup_done;

/* POST /api/v1/backups */
void
api_backup_make(struct web *w, struct request *r)
{
	struct backup_job *job = arena_get(r->arena, sizeof(*job));

	if (!r->peer.operator) {
		api_problem(r, api_lang(r), PROBLEM_FORBIDDEN, NULL);
		return;
	}
	job->arena = r->arena;
	job->var = w->config->var;
	web_work(w, r, backup_run, backup_done, job);
}

/* On a worker.  The path is told in full: the caller stands elsewhere. */
static void
backup_run(void *arg)
{
	struct backup_job *job = arg;
	char *full = NULL;
	struct stat st;

	job->result = backup_make(job->arena, job->var, &job->path);
	if (job->result == 0 && (full = realpath(job->path, NULL)) != NULL)
		job->path = arena_dup(job->arena, full);
	if (full == NULL || stat(full, &st) < 0)
		job->result = -1;
	else
		job->bytes = st.st_size;
	free(full);
}

static void
backup_done(struct web *w, struct request *r, void *arg)
{
	const struct backup_job *job = arg;

	(void)w;
	if (job->result < 0)
		api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
	else
		api_answer(r, 201,
		    json_pack("{s:s, s:I}", "path", job->path, "bytes",
			(json_int_t)job->bytes));
}
