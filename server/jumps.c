/* A timer of the distant future, which being set to another time cancels. */
#include "jumps.h"

#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

#define FAR_S (1 << 30) /* ahead, 34 years; should it fire: a false alarm */

struct jumps {
	struct event_base *base;
	struct event *event; /* NULL: the kernel does not tell */
	void (*told)(void *);
	void *arg;
};

static void watch(struct jumps *);
static int far_timer(void);
static void unwatch(struct jumps *);
static void on_jump(evutil_socket_t, short, void *);

struct jumps *
jumps_open(struct event_base *base, void (*told)(void *), void *arg)
{
	struct jumps *j = mem_get(sizeof(*j));

	*j = (struct jumps) { .base = base, .told = told, .arg = arg };
	watch(j);
	return j;
}

void
jumps_close(struct jumps *j)
{
	if (j == NULL)
		return;
	unwatch(j);
	free(j);
}

static void
watch(struct jumps *j)
{
	int fd = far_timer();

	if (fd < 0) {
		log_fault("jumps.watch", "reason=\"%s\"", strerror(errno));
		return;
	}
	j->event = event_new(j->base, fd, EV_READ, on_jump, j);
	event_add(j->event, NULL);
}

/* -1: errno says why. */
static int
far_timer(void)
{
	const int how = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET;
	struct itimerspec far = { .it_value.tv_sec = time(NULL) + FAR_S };
	int fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);

	if (fd >= 0 && timerfd_settime(fd, how, &far, NULL) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static void
unwatch(struct jumps *j)
{
	if (j->event == NULL)
		return;
	int fd = event_get_fd(j->event);

	event_free(j->event);
	close(fd);
	j->event = NULL;
}

/* A cancelled timer is spent; the next jump has one of its own. */
static void
on_jump(evutil_socket_t fd, short what, void *arg)
{
	struct jumps *j = arg;

	(void)fd;
	(void)what;
	log_event("jumps.clock", "set=1");
	unwatch(j);
	watch(j);
	j->told(j->arg);
}
