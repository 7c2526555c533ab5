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
	int holds; /* by the network in an hour, not booked since */
	int bookings; /* by the network in a day */
	int per_mail; /* to come under one mail address */
};

/*
 * Counts a hold made now: 1 within the share, 0 beyond it, -1.  A hold counts
 * for its hour, also when it lapsed, was given back or exchanged, unless it is
 * booked: else a network could keep its share for ever, turn by turn.
 */
int share_take(struct desk *, const struct share *);
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
