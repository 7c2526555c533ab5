/*
 * The ways from the loop to the writer and to the workers, and back.  What
 * travels lies in the request's arena, so that it outlives a connection
 * that is lost meanwhile.
 */
#include "web/web.h"

#include <string.h>

#include "web/page.h"

#define RETRY_LINE "Retry-After: 2\r\n"

/* A change on its way: its job is run on the writer, all else on the loop. */
struct change {
	struct job job;
	struct web *web;
	struct request *request;
	struct actor actor;
	web_run *run;
	web_done *done;
	void *arg;
};

struct labour {
	struct task task;
	struct web *web;
	struct request *request;
	void (*run)(void *arg);
	web_done *done;
	void *arg;
};

static struct actor actor_of(const struct request *);
static int change_run(struct db *, void *change);
static void change_done(void *change, enum written);
static void labour_run(void *labour);
static void labour_done(void *labour);
static bool is_api(const struct request *);

struct desk
web_desk(struct web *web, struct request *request)
{
	return (struct desk) {
		.db = web->read,
		.arena = request->arena,
		.keys = web->keys,
		.now = clock_now(web->clock),
		.actor = actor_of(request),
		.board = web->board,
		.wordbook = web->wordbook,
		.generation = writer_generation(web->writer),
	};
}

void
web_write(struct web *web, struct request *request, web_run *run,
    web_done *done, void *arg)
{
	struct change *change = arena_get(request->arena, sizeof(*change));

	*change = (struct change) {
		.job = { .run = change_run, .done = change_done },
		.web = web,
		.request = request,
		.actor = actor_of(request),
		.run = run,
		.done = done,
		.arg = arg,
	};
	change->job.arg = change;
	if (writer_put(web->writer, &change->job) < 0)
		web_unavailable(web, request);
}

void
web_work(struct web *web, struct request *request, void (*run)(void *arg),
    web_done *done, void *arg)
{
	struct labour *labour = arena_get(request->arena, sizeof(*labour));

	*labour = (struct labour) {
		.task = { .run = labour_run, .done = labour_done },
		.web = web,
		.request = request,
		.run = run,
		.done = done,
		.arg = arg,
	};
	labour->task.arg = labour;
	if (crew_put(web->crew, &labour->task) < 0)
		web_unavailable(web, request);
}

void
web_unavailable(struct web *web, struct request *request)
{
	web_fault(web, request, 503, RETRY_LINE);
}

void
web_fault(struct web *web, struct request *request, int status,
    const char *headers)
{
	if (is_api(request))
		api_fault(request, status, headers);
	else if (status == 421)
		page_error(web, request, status, T_route_host,
		    T_route_host_what);
	else
		page_status(web, request, status, headers);
}

static struct actor
actor_of(const struct request *request)
{
	return (struct actor) { request->account, request->peer.uid };
}

/* On the writer.  Nobody else touches the arena until change_done(). */
static int
change_run(struct db *db, void *arg)
{
	struct change *change = arg;
	struct desk desk = {
		.db = db,
		.arena = change->request->arena,
		.keys = change->web->keys,
		.now = clock_now(change->web->clock),
		.actor = change->actor,
	};

	return change->run(&desk, change->arg);
}

static void
change_done(void *arg, enum written written)
{
	struct change *change = arg;

	switch (written) {
	case WRITTEN:
	case REFUSED:
		change->done(change->web, change->request, change->arg);
		break;
	case FAILED:
		web_unavailable(change->web, change->request);
		break;
	}
}

static void
labour_run(void *arg)
{
	struct labour *labour = arg;

	labour->run(labour->arg);
}

static void
labour_done(void *arg)
{
	struct labour *labour = arg;

	labour->done(labour->web, labour->request, labour->arg);
}

static bool
is_api(const struct request *request)
{
	if (request->route != NULL)
		return request->route->api;
	return strncmp(request->path, "/api/", 5) == 0;
}
