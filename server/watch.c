/* Ready, alive, stopping. */
#include "watch.h"

#include <event2/event.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/service.h"

/* A disk under a burst of writes may take seconds for one group. */
#define WRITER_LOST_MS 60000

struct watch {
	struct web *web;
	struct event *timer;
};

static void on_timer(evutil_socket_t, short, void *);

struct watch *
watch_open(struct event_base *base, struct web *web)
{
	struct watch *watch = mem_get(sizeof(*watch));
	struct timeval every = { .tv_sec = service_watchdog_s() };

	watch->web = web;
	watch->timer = event_new(base, -1, EV_PERSIST, on_timer, watch);
	if (every.tv_sec > 0)
		event_add(watch->timer, &every);
	service_tell("READY=1");
	return watch;
}

void
watch_stopping(void)
{
	service_tell("STOPPING=1");
}

void
watch_close(struct watch *watch)
{
	if (watch == NULL)
		return;
	event_free(watch->timer);
	free(watch);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	const struct watch *watch = arg;
	int64_t busy_ms = writer_figures(watch->web->writer).busy_ms;

	(void)fd;
	(void)what;
	if (busy_ms < WRITER_LOST_MS)
		service_tell("WATCHDOG=1");
	else
		log_fault("watch.writer", "busy_ms=%lld", (long long)busy_ms);
}
