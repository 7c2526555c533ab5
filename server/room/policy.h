/* The room's own rules: one row, written by room files. */
#ifndef ROOM_POLICY_H
#define ROOM_POLICY_H

#include "room/desk.h"

#define ROOM_ID 1	/* owner of the room's own words */

struct policy {
	int window_days;
	int notice_minutes;
	int hold_minutes;
	int forget_days;	/* after the visit, nobody knows whose it was */
	int on_holidays;
	int closed_from, closed_until;	/* month * 100 + day, inclusive */
	const char *phone;
	int64_t generation;
};

/* 1, 0 when no room has been loaded yet, or -1. */
int policy_get(struct desk *, struct policy *);
/* Replaces it (room files); 0 or -1. */
int policy_set(struct desk *, const struct policy *);
/* Raises the generation: what is offered or a word of the room has changed.
 * Whoever remembers any of it (board.h, words.h) asks for this.  0 or -1. */
int policy_raise(struct desk *);
/* Has a later group of the writer than `generation` raised it? */
bool policy_touched(const struct marks *, uint64_t generation);

#endif
