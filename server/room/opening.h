/* Recurring availability rules. */
#ifndef ROOM_OPENING_H
#define ROOM_OPENING_H

#include "room/desk.h"

struct opening {
	int64_t id;
	const char *code;
	int64_t advisor, theme, place;
	int first_day;
	int start_minute;
	int minutes;
	const char *rrule, *rdates, *exdates;
	int slot_minutes, gap_minutes;
};

int opening_list(struct desk *, struct opening **);	/* not withdrawn */

/* Adds or replaces by code; 0, -1 fault.  Checks nothing: room files do. */
int opening_put(struct desk *, const struct opening *);
int opening_withdraw(struct desk *, int64_t id);

/*
 * Brings the future sessions of every opening in line with its rule, up to
 * the booking window plus a week: adds, updates, withdraws; leaves begun and
 * detached ones alone.  A booking that no longer lies inside a session of
 * its advisor, theme and place gets attention 'no_session'.  Returns how
 * many sessions changed, or -1.
 */
int opening_expand(struct desk *);

#endif
