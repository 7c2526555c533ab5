/*
 * Bookable frames, computed from sessions, closures and claims; never
 * stored.  A slot's id in pages and API is "<session>-<start>", both
 * decimal, checked anew at every use.
 */
#ifndef ROOM_SLOT_H
#define ROOM_SLOT_H

#include <stdbool.h>

#include "room/policy.h"
#include "room/session.h"

struct slot {
	struct session session;
	int64_t starts_at, ends_at;
	bool longer;		/* the frame behind it is free as well */
};

/* Parts of the day as filters, or-ed; 0 is any. */
enum slot_times {
	SLOT_MORNING = 1,	/* starts before 12:00 */
	SLOT_DAYTIME = 2,	/* 12:00 to 16:59 */
	SLOT_EVENING = 4,	/* from 17:00 */
	SLOT_WEEKEND = 8	/* Saturday or Sunday, any hour */
};

struct slot_filter {
	int64_t theme, place;	/* 0: any */
	const char *channel;	/* NULL: any */
	bool anything;		/* only of advisors who take any talk */
	int64_t from_at, until_at;	/* until exclusive */
	unsigned times;
	bool longer;
	size_t limit;		/* 0: no limit */
	/* A booking whose own claims count as free: moving onto them. */
	int64_t holder;
};

/* Free slots by start, inside notice and booking window.  How many or -1. */
int slot_list(struct desk *, const struct policy *,
    const struct slot_filter *, struct slot **);

/* Does a frame meet the conditions? */
bool slot_fits(const struct slot_filter *, const struct slot *);

enum slot_state {
	SLOT_FREE,
	SLOT_UNKNOWN,	/* no such frame, malformed id */
	SLOT_PAST,	/* begun, or nearer than the notice */
	SLOT_EARLY,	/* beyond the booking window */
	SLOT_CLOSED,	/* closure or holiday */
	SLOT_TAKEN,
	SLOT_FAULT
};

/* What may be said of a slot id now.  *slot is filled from SLOT_PAST on. */
enum slot_state slot_get(struct desk *, const struct policy *,
    const char *id, int64_t holder, struct slot *);

/* Nearest free slots to a moment: same theme first, then any; at most
 * `most`, by distance.  How many or -1. */
int slot_near(struct desk *, const struct policy *, const struct slot *wanted,
    size_t most, struct slot **);

char *slot_id(struct arena *, const struct slot *);

#endif
