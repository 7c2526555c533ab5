/*
 * Workers: threads that share one queue.  Finished tasks wait in a list of
 * their own; an eventfd tells the loop that there are some.
 */
#include "base/crew.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

/* First in, first out. */
struct line {
	struct task *first, **last;
	size_t count;
};

struct crew {
	pthread_mutex_t lock;
	pthread_cond_t come; /* a task is waiting, or it is over */
	struct line waiting, finished;
	size_t queue_max;
	bool stopping;
	int fd;
	int threads;
	pthread_t workers[];
};

static void line_init(struct line *);
static void line_add(struct line *, struct task *);
static struct task *line_take(struct line *);
static void *work(void *crew);
static struct task *next_task(struct crew *);
static void hand_back(struct crew *, struct task *);

/* Workers take no signals: those are the loop's. */
struct crew *
crew_start(int threads, size_t queue_max)
{
	struct crew *crew;
	sigset_t all, before;

	assert(threads > 0);
	crew = mem_get(sizeof(*crew) + (size_t)threads * sizeof(pthread_t));
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->come, NULL);
	line_init(&crew->waiting);
	line_init(&crew->finished);
	crew->queue_max = queue_max;
	crew->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (crew->fd < 0)
		log_die("crew.start", "reason=eventfd");
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (; crew->threads < threads; crew->threads++)
		if (pthread_create(&crew->workers[crew->threads], NULL, work,
			crew) != 0)
			log_die("crew.start", "threads=%d", crew->threads);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return crew;
}

/* What is still in the queue is run, and collected here. */
void
crew_finish(struct crew *crew)
{
	if (!crew || crew->stopping)
		return;
	pthread_mutex_lock(&crew->lock);
	crew->stopping = true;
	pthread_cond_broadcast(&crew->come);
	pthread_mutex_unlock(&crew->lock);
	for (int i = 0; i < crew->threads; i++)
		pthread_join(crew->workers[i], NULL);
	crew_collect(crew);
}

void
crew_stop(struct crew *crew)
{
	if (!crew)
		return;
	crew_finish(crew);
	close(crew->fd);
	pthread_cond_destroy(&crew->come);
	pthread_mutex_destroy(&crew->lock);
	free(crew);
}

int
crew_put(struct crew *crew, struct task *task)
{
	int result = -1;

	pthread_mutex_lock(&crew->lock);
	if (!crew->stopping && crew->waiting.count < crew->queue_max) {
		line_add(&crew->waiting, task);
		pthread_cond_signal(&crew->come);
		result = 0;
	}
	pthread_mutex_unlock(&crew->lock);
	return result;
}

int
crew_fd(const struct crew *crew)
{
	return crew->fd;
}

/* The counter is cleared first: a task that ends meanwhile raises it again.
 * `done` is called without the lock, for it may put the next task. */
void
crew_collect(struct crew *crew)
{
	struct task *task;
	eventfd_t ended;

	eventfd_read(crew->fd, &ended);
	do {
		pthread_mutex_lock(&crew->lock);
		task = line_take(&crew->finished);
		pthread_mutex_unlock(&crew->lock);
		if (task && task->done)
			task->done(task->arg);
	} while (task);
}

static void
line_init(struct line *line)
{
	line->first = NULL;
	line->last = &line->first;
	line->count = 0;
}

static void
line_add(struct line *line, struct task *task)
{
	task->next = NULL;
	*line->last = task;
	line->last = &task->next;
	line->count++;
}

static struct task *
line_take(struct line *line)
{
	struct task *task = line->first;

	if (!task)
		return NULL;
	line->first = task->next;
	if (!line->first)
		line->last = &line->first;
	line->count--;
	return task;
}

static void *
work(void *arg)
{
	struct crew *crew = arg;
	struct task *task;

	while ((task = next_task(crew))) {
		task->run(task->arg);
		hand_back(crew, task);
	}
	return NULL;
}

/* NULL: the crew stops and nothing is left to do. */
static struct task *
next_task(struct crew *crew)
{
	struct task *task;

	pthread_mutex_lock(&crew->lock);
	while (!(task = line_take(&crew->waiting)) && !crew->stopping)
		pthread_cond_wait(&crew->come, &crew->lock);
	pthread_mutex_unlock(&crew->lock);
	return task;
}

static void
hand_back(struct crew *crew, struct task *task)
{
	pthread_mutex_lock(&crew->lock);
	line_add(&crew->finished, task);
	pthread_mutex_unlock(&crew->lock);
	eventfd_write(crew->fd, 1);
}
