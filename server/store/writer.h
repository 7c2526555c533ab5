/*
 * The writer: one thread that owns the writing connection.  It takes all
 * jobs that are waiting (at most 128), runs each inside its own SAVEPOINT
 * of one BEGIN IMMEDIATE, commits once (synchronous=FULL), then wakes the
 * loop once, which calls every job's `done`.  No timer collects a group:
 * the next one gathers during the commit.
 */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "store/db.h"

struct writer;

enum written {
	WRITTEN,	/* committed and on the disk */
	REFUSED,	/* run() said no: its savepoint was undone */
	FAILED		/* fault, full disk, stopping: nothing was changed */
};

/*
 * One piece of work.  `run` is called on the writer inside a savepoint and
 * returns 0 to keep its changes, 1 to undo them (an expected outcome of the
 * domain such as TAKEN), -1 after a fault.  `done` is called on the loop by
 * writer_collect().  The job belongs to the caller and must outlive both.
 */
struct job {
	int (*run)(struct db *, void *arg);
	void (*done)(void *arg, enum written);
	void *arg;
	struct job *next;	/* the writer's */
	enum written written;	/* the writer's */
};

/* Starts the thread on a connection that it takes over.  NULL is logged. */
struct writer *writer_start(struct db *, size_t queue_max);
/* Finishes the queue, commits, joins, collects; it takes no more then. */
void writer_finish(struct writer *);
/* Its connection, for what is left to do then.  NULL for NULL. */
struct db *writer_db(struct writer *);
/* The same, and closes the connection. */
void writer_stop(struct writer *);

/* 0, or -1 at once when the queue is full or stopping: answer 503. */
int writer_put(struct writer *, struct job *);

/* Readable while finished jobs wait for writer_collect(), which ends some of
 * them, so that whoever only reads need not wait for all of a group. */
int writer_fd(const struct writer *);
void writer_collect(struct writer *);

/* What it has done and what it is at. */
struct writer_figures {
	uint64_t jobs, groups;	/* finished */
	uint64_t undone;	/* groups that could not be committed */
	size_t waiting;		/* jobs */
	int64_t busy_ms;	/* with the group in hand; 0: resting */
};
struct writer_figures writer_figures(struct writer *);

/* What its jobs have touched, as long as the writer. */
const struct marks *writer_marks(const struct writer *);
/* Raised by each group that left a change behind: caches are keyed by it. */
uint64_t writer_generation(const struct writer *);

#endif
