/*
 * What one network may hold.  A hold costs nothing, so without a bound one
 * program could keep every frame from everybody else.
 */
#ifndef ROOM_SHARE_H
#define ROOM_SHARE_H

#include "room/booking.h"

/* Holds of one peer in an hour that neither became bookings nor were given
 * back.  Phones of one carrier share an address, so that it is no small
 * number; a week has about thirty frames. */
#define SHARE_HOLDS 16

/* Counts a hold made now: 1 within the share, 0 beyond it, -1.  Without a
 * peer (the operator) there is no bound. */
int share_take(struct desk *, const char *peer);
/* The hold is booked, given back or exchanged: it counts no more.  0, -1. */
int share_return(struct desk *, const char *peer, const struct booking *);

#endif
