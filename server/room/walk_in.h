/*
 * Whoever comes without a booking: a booking that begins with the current
 * quarter, lasts to the end of the frame, and is attended at once.
 */
#ifndef ROOM_WALK_IN_H
#define ROOM_WALK_IN_H

#include "room/booking.h"

/* What somebody who stands at the door may have: the rest of the current
 * frame of each session that runs and is free.  How many or -1. */
int walk_in_list(struct desk *, struct slot **);
/* Takes one of them (writer).  BOOKED_PAST: the session does not run. */
enum booked walk_in_make(struct desk *, int64_t session, struct booking *);

#endif
