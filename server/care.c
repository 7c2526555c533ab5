/*
 * The rounds of care.  A database that is found damaged is served no further:
 * what would be written onto it could not be trusted to be found again.
 */
#include "care.h"

#include <event2/event.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "base/when.h"
#include "store/backup.h"
#include "store/db_care.h"

#define HOUR_S 3600
#define NIGHT_MINUTE (3 * 60 + 30) /* of the room's day */

struct care {
	struct web *web;
	struct event *timer;
	struct task task;
	struct arena *arena;
	int64_t due_at; /* the next night, real time */
	bool busy;
	bool start, night; /* what this round is for */
	int found; /* as db_examine() says */
	bool copied;
	const char *why;
};

static void on_timer(evutil_socket_t, short, void *);
static void walk(struct care *);
static void round_run(void *care);
static void round_done(void *care);
static void damaged(const struct care *);
static void arm(struct care *);
static int64_t next_night(void);

struct care *
care_open(struct event_base *base, struct web *web)
{
	struct care *care = mem_get(sizeof(*care));

	care->web = web;
	care->timer = evtimer_new(base, on_timer, care);
	care->due_at = next_night();
	care->start = true;
	walk(care);
	arm(care);
	return care;
}

void
care_close(struct care *care)
{
	if (care == NULL)
		return;
	event_free(care->timer);
	arena_free(care->arena);
	free(care);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct care *care = arg;

	(void)fd;
	(void)what;
	if (!care->busy && time(NULL) >= care->due_at) {
		care->due_at = next_night();
		care->night = true;
		walk(care);
	}
	arm(care);
}

static void
walk(struct care *care)
{
	care->arena = arena_new();
	care->task =
	    (struct task) { .run = round_run, .done = round_done, .arg = care };
	care->busy = crew_put(care->web->crew, &care->task) == 0;
	if (care->busy)
		return;
	log_fault("care.round", "reason=workers are busy");
	arena_free(care->arena);
	care->arena = NULL;
}

/* On a worker.  A rehearsal's visits are nobody's: no nightly copies. */
static void
round_run(void *arg)
{
	struct care *care = arg;
	const char *var = care->web->config->var, *path;

	backup_expire(care->arena, var, care->start);
	care->found = db_examine(care->arena,
	    arena_print(care->arena, "%s/hokend.db", var), &care->why);
	care->copied = care->found == 0 && care->night &&
	    !care->web->clock->rehearsal &&
	    backup_make(care->arena, var, &path) == 0;
}

static void
round_done(void *arg)
{
	struct care *care = arg;
	struct health *health = &care->web->health;

	if (care->found == 1)
		damaged(care);
	else if (care->found == 0)
		log_event("care.examined", "result=sound");
	health->damaged = health->damaged || care->found == 1;
	if (care->found == 0)
		health->examined_at = time(NULL);
	if (care->copied)
		health->copied_at = time(NULL);
	arena_free(care->arena);
	care->arena = NULL;
	care->busy = care->start = care->night = false;
}

static void
damaged(const struct care *care)
{
	const char *var = care->web->config->var;

	log_fault("care.damaged",
	    "database=%s/hokend.db reason=\"%s\" now=\"nothing is served\" "
	    "do=\"stop hokend, check the disk, move hokend.db and "
	    "hokend.db-wal away, hokend --restore the newest of "
	    "%s/backups\"",
	    var, care->why, var);
}

/* Clocks jump: looks again every hour. */
static void
arm(struct care *care)
{
	int64_t left_s = care->due_at - time(NULL);
	struct timeval wait = { .tv_sec = left_s < 1 ? 1
		    : left_s > HOUR_S		     ? HOUR_S
						     : left_s };

	evtimer_add(care->timer, &wait);
}

static int64_t
next_night(void)
{
	int64_t now = time(NULL);
	int64_t tonight = when_at(when_day(now), NIGHT_MINUTE);

	return tonight > now ? tonight
			     : when_at(when_day(now) + 1, NIGHT_MINUTE);
}
