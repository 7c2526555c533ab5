/* Tells open lists of free times that what is free has changed. */
#include "herald.h"

#include <event2/event.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "room/claim.h"
#include "room/policy.h"

#define PAUSE_S 1
#define ALIVE_S 20 /* proxies close what is silent for 60 */

struct herald {
	struct web *web;
	struct event *timer;
	bool pausing; /* told less than PAUSE_S ago */
	bool waiting; /* news has come since */
};

static void on_timer(evutil_socket_t, short, void *);
static void tell(struct herald *);
static void arm(struct herald *, int wait_s);

struct herald *
herald_open(struct event_base *base, struct web *web)
{
	struct herald *h = mem_get(sizeof(*h));

	*h = (struct herald) {
		.web = web,
		.timer = evtimer_new(base, on_timer, h),
	};
	arm(h, ALIVE_S);
	return h;
}

void
herald_close(struct herald *h)
{
	if (h == NULL)
		return;
	event_free(h->timer);
	free(h);
}

void
herald_news(struct herald *h)
{
	struct web *web = h->web;
	const struct marks *marks = writer_marks(web->writer);
	uint64_t generation = writer_generation(web->writer);

	if (!claim_any_touched(marks, web->news) &&
	    !policy_touched(marks, web->news))
		return;
	web->news = generation;
	h->waiting = true;
	if (!h->pausing)
		tell(h);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct herald *h = arg;

	(void)fd;
	(void)what;
	if (h->waiting) {
		tell(h);
		return;
	}
	if (!h->pausing)
		http_tell(h->web->http, ":\n\n");
	h->pausing = false;
	arm(h, ALIVE_S);
}

static void
tell(struct herald *h)
{
	char text[64];

	snprintf(text, sizeof(text), "data: generation %" PRIu64 "\n\n",
	    h->web->news);
	http_tell(h->web->http, text);
	h->waiting = false;
	h->pausing = true;
	arm(h, PAUSE_S);
}

static void
arm(struct herald *h, int wait_s)
{
	struct timeval wait = { .tv_sec = wait_s };

	evtimer_add(h->timer, &wait);
}
