/*
 * Workers: a few threads for what takes long (Argon2id, letters, statistics
 * over years).  A task's `run` is called on a worker, its `done` on the loop
 * by crew_collect(); the task belongs to the caller and must outlive both.
 */
#ifndef BASE_CREW_H
#define BASE_CREW_H

#include <stddef.h>

struct crew;

struct task {
	void (*run)(void *arg);
	void (*done)(void *arg);	/* may be NULL */
	void *arg;
	struct task *next;	/* the crew's */
};

struct crew *crew_start(int threads, size_t queue_max);
void crew_finish(struct crew *);	/* the queue; it takes no more then */
void crew_stop(struct crew *);	/* the same, and it is gone */
int crew_put(struct crew *, struct task *);	/* 0, or -1: full, stopped */
int crew_fd(const struct crew *);	/* readable: crew_collect() */
void crew_collect(struct crew *);

#endif
