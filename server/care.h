/*
 * Care of the database: examined after the start and every night, copied
 * every night, old copies removed.  All of it happens on a worker.
 */
#ifndef CARE_H
#define CARE_H

#include "web/web.h"

struct event_base;
struct care;

struct care *care_open(struct event_base *, struct web *);
void care_close(struct care *); /* when the crew has stopped; NULL is fine */

#endif
