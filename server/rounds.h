/*
 * Rounds: what the room does by itself.  One timer always knows the next due
 * moment, a letter's or the start of a session, and looks again at least
 * once a minute.
 */
#ifndef ROUNDS_H
#define ROUNDS_H

#include "mail/courier.h"
#include "web/web.h"

struct bounces;
struct event_base;
struct rounds;

struct rounds *rounds_open(struct event_base *, struct web *, struct courier *,
    struct bounces *);
/* At the end, before the writer finishes: what is counted is written. */
void rounds_finish(struct rounds *);	/* NULL is fine */
void rounds_close(struct rounds *);

/* The writer has finished a group: letters may be due, the next due moment
 * may be another. */
void rounds_news(struct rounds *);

/* The clock is another: whatever is due by it is done. */
void rounds_look(struct rounds *);

#endif
