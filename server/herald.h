/*
 * Tells open lists of free times (web/events.c) that what is free has
 * changed: at most once a second, and now and then that the line is alive.
 */
#ifndef HERALD_H
#define HERALD_H

#include "web/web.h"

struct event_base;
struct herald;

struct herald *herald_open(struct event_base *, struct web *);
void herald_close(struct herald *);	/* NULL is fine */
/* After the writer has finished jobs. */
void herald_news(struct herald *);

#endif
