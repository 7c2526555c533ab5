/*
 * What the service manager is told: ready, alive, stopping.  A sign of life
 * means that the loop turns and that the writer gets done; whoever watches
 * starts the house again when it stays away.
 */
#ifndef WATCH_H
#define WATCH_H

#include "web/web.h"

struct event_base;
struct watch;

/* Says that it is ready, and from then on that it is alive. */
struct watch *watch_open(struct event_base *, struct web *);
void watch_stopping(void);
void watch_close(struct watch *); /* NULL is fine */

#endif
