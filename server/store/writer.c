/*
 * The writer thread.  The queue and the list of finished jobs are the only
 * things shared with the loop, both behind one lock; the connection is the
 * thread's alone.  An eventfd wakes the loop once for each group.
 */
#include "store/writer.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

#define GROUP_MAX 128
#define COLLECT_MAX 16 /* answers at once: the loop has others to look after */

/* Jobs in the order in which they came. */
struct line {
	struct job *first, *last;
	size_t count;
};

struct writer {
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more; /* a job came, or stopping began */
	struct line queue;
	struct line finished;
	size_t queue_max;
	bool stopping;
	int wake; /* eventfd */
	struct marks *marks;
	struct writer_figures figures; /* behind the lock too */
	int64_t taken_ms; /* when the group in hand was taken, or 0 */
};

static int start_thread(struct writer *);
static int64_t now_ms(void);
static void *work(void *writer);
static void line_put(struct line *, struct job *);
static struct job *line_take(struct line *);

struct writer *
writer_start(struct db *db, size_t queue_max)
{
	struct writer *writer = mem_get(sizeof(*writer));
	int error;

	writer->db = db;
	writer->queue_max = queue_max;
	writer->marks = marks_open();
	db_watch(db, writer->marks);
	pthread_mutex_init(&writer->lock, NULL);
	pthread_cond_init(&writer->more, NULL);
	writer->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	error = writer->wake < 0 ? errno : start_thread(writer);
	if (error == 0)
		return writer;
	log_fault("writer.start", "reason=%s", strerror(error));
	if (writer->wake >= 0)
		close(writer->wake);
	db_close(db);
	marks_close(writer->marks);
	free(writer);
	return NULL;
}

void
writer_finish(struct writer *writer)
{
	if (writer == NULL || writer->stopping)
		return;
	pthread_mutex_lock(&writer->lock);
	writer->stopping = true;
	pthread_cond_signal(&writer->more);
	pthread_mutex_unlock(&writer->lock);
	pthread_join(writer->thread, NULL);
	while (writer->finished.count > 0)
		writer_collect(writer);
}

struct db *
writer_db(struct writer *writer)
{
	return writer == NULL ? NULL : writer->db;
}

void
writer_stop(struct writer *writer)
{
	if (writer == NULL)
		return;
	writer_finish(writer);
	db_close(writer->db);
	close(writer->wake);
	pthread_cond_destroy(&writer->more);
	pthread_mutex_destroy(&writer->lock);
	marks_close(writer->marks);
	free(writer);
}

int
writer_put(struct writer *writer, struct job *job)
{
	int result = -1;

	pthread_mutex_lock(&writer->lock);
	if (!writer->stopping && writer->queue.count < writer->queue_max) {
		line_put(&writer->queue, job);
		pthread_cond_signal(&writer->more);
		result = 0;
	}
	pthread_mutex_unlock(&writer->lock);
	return result;
}

int
writer_fd(const struct writer *writer)
{
	return writer->wake;
}

/* Some are taken off first: a `done` may put the next job. */
void
writer_collect(struct writer *writer)
{
	struct line finished = { 0 };
	struct job *job;
	eventfd_t wakes;
	bool more;

	eventfd_read(writer->wake, &wakes);
	pthread_mutex_lock(&writer->lock);
	while (finished.count < COLLECT_MAX &&
	    (job = line_take(&writer->finished)) != NULL)
		line_put(&finished, job);
	more = writer->finished.count > 0;
	pthread_mutex_unlock(&writer->lock);
	if (more)
		eventfd_write(writer->wake, 1);
	while ((job = line_take(&finished)) != NULL)
		job->done(job->arg, job->written);
}

struct writer_figures
writer_figures(struct writer *writer)
{
	struct writer_figures figures;

	pthread_mutex_lock(&writer->lock);
	figures = writer->figures;
	figures.waiting = writer->queue.count;
	if (writer->taken_ms != 0)
		figures.busy_ms = now_ms() - writer->taken_ms;
	pthread_mutex_unlock(&writer->lock);
	return figures;
}

const struct marks *
writer_marks(const struct writer *writer)
{
	return writer->marks;
}

uint64_t
writer_generation(const struct writer *writer)
{
	return marks_generation(writer->marks);
}

/* Signals are the loop's: the thread starts with all of them blocked. */
static int
start_thread(struct writer *writer)
{
	sigset_t all, before;
	int error;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&writer->thread, NULL, work, writer);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

/* Waits for jobs and takes them all, up to a group; an empty group says
 * that it is time to stop. */
static struct line
take_group(struct writer *writer)
{
	struct line group = { 0 };
	struct job *job;

	pthread_mutex_lock(&writer->lock);
	while (writer->queue.count == 0 && !writer->stopping)
		pthread_cond_wait(&writer->more, &writer->lock);
	while (group.count < GROUP_MAX &&
	    (job = line_take(&writer->queue)) != NULL)
		line_put(&group, job);
	writer->taken_ms = now_ms();
	pthread_mutex_unlock(&writer->lock);
	return group;
}

/* 0, or -1 when the savepoint could not be kept or undone. */
static int
run_job(struct db *db, struct job *job)
{
	int result;

	job->written = FAILED;
	if (db_save(db) < 0)
		return -1;
	result = job->run(db, job->arg);
	if (db_doomed(db))
		return -1;
	if (result != 0) {
		db_undo(db);
		job->written = result > 0 ? REFUSED : FAILED;
		return db_doomed(db) ? -1 : 0;
	}
	if (db_release(db) < 0)
		return -1;
	job->written = WRITTEN;
	return 0;
}

/* All of the group or nothing: also a REFUSED may rest on what a neighbour
 * wrote before it. */
static int
run_group(struct db *db, const struct line *group)
{
	if (db_begin(db) < 0)
		return -1;
	for (struct job *job = group->first; job != NULL; job = job->next)
		if (run_job(db, job) < 0)
			return -1;
	return db_commit(db);
}

static void
hand_back(struct writer *writer, struct line *group, bool undone)
{
	struct job *job;

	pthread_mutex_lock(&writer->lock);
	writer->figures.groups++;
	writer->figures.jobs += group->count;
	writer->figures.undone += undone;
	writer->taken_ms = 0;
	while ((job = line_take(group)) != NULL)
		line_put(&writer->finished, job);
	pthread_mutex_unlock(&writer->lock);
	eventfd_write(writer->wake, 1);
}

static bool
is_quiet(struct writer *writer)
{
	bool quiet;

	pthread_mutex_lock(&writer->lock);
	quiet = writer->queue.count == 0;
	pthread_mutex_unlock(&writer->lock);
	return quiet;
}

/* Did any job of the group leave a change behind? */
static bool
has_news(const struct line *group)
{
	const struct job *job = group->first;

	while (job != NULL && job->written != WRITTEN)
		job = job->next;
	return job != NULL;
}

static void *
work(void *arg)
{
	struct writer *writer = arg;
	struct line group;

	while ((group = take_group(writer)).count > 0) {
		bool good = run_group(writer->db, &group) == 0;

		if (good) {
			if (has_news(&group))
				marks_raise(writer->marks);
		} else {
			db_rollback(writer->db);
			log_fault("writer.group", "jobs=%zu reason=undone",
			    group.count);
			for (struct job *job = group.first; job != NULL;
			     job = job->next)
				job->written = FAILED;
		}
		hand_back(writer, &group, !good);
		db_tend(writer->db, is_quiet(writer));
	}
	return NULL;
}

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
line_put(struct line *line, struct job *job)
{
	job->next = NULL;
	if (line->last != NULL)
		line->last->next = job;
	else
		line->first = job;
	line->last = job;
	line->count++;
}

static struct job *
line_take(struct line *line)
{
	struct job *job = line->first;

	if (job == NULL)
		return NULL;
	line->first = job->next;
	if (line->first == NULL)
		line->last = NULL;
	line->count--;
	return job;
}
