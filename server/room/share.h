/*
 * What one network and one address may take.  A hold costs nothing and a
 * booking little, so without a bound one program could keep every frame from
 * everybody else.  Whoever acts for the room has no bounds: its handlers ask
 * nothing here.
 */
#ifndef ROOM_SHARE_H
#define ROOM_SHARE_H

#include "room/booking.h"

struct share {
	const char *peer; /* the network; NULL: no bounds (the operator) */
	/* How many; 0 is no bound. */
	int holds; /* of full length by the network in an hour, see below */
	int bookings; /* by the network in a day */
	int per_mail; /* to come under one mail address */
};

/*
 * What a network keeps from others is counted in minutes of frames held, so
 * that no way of holding keeps more: not many browsers, not exchanging or
 * giving back just before the end.  A hold counts its length when it is made.
 * Given back or exchanged early it counts the minutes that it lasted, so that
 * a change of mind costs little, and once booked it counts no more.  One that
 * was extended counts whole, its extension even when it is booked.
 */

/* Counts the hold from one instant to another: 1 within the share, 0 beyond
 * it, -1. */
int share_take(struct desk *, const struct share *, int64_t from_at,
    int64_t until_at);
/* Extends a hold within the share: 1; 0 when it is not to be had, because it
 * was given, came too late or is beyond the share; -1. */
int share_extend(struct desk *, const struct share *, int64_t id);
/* The hold ends now, by her wish.  0, -1. */
int share_spare(struct desk *, const struct share *, const struct booking *);
/* The hold is booked: share_book() counts it now.  0, -1. */
int share_return(struct desk *, const struct share *, const struct booking *);
/*
 * Counts a booking made in this transaction: BOOKED, or BOOKED_MANY when it
 * is one too many, for the caller to undo.  Which bound it was is not told:
 * nobody shall find out by trying whether her address has bookings.
 */
enum booked share_book(struct desk *, const struct share *,
    const struct booking *);

#endif
