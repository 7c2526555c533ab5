/* Where a booking stands for the woman whose it is. */
#ifndef ROOM_STAGE_H
#define ROOM_STAGE_H

#include <stdbool.h>

#include "room/booking.h"

enum stage {
	STAGE_HELD,	/* held for her while she types */
	STAGE_LAPSED,	/* the hold ran out: hers if still free */
	STAGE_AHEAD,	/* booked: can be moved and cancelled */
	STAGE_NOW,	/* has begun */
	STAGE_OVER,	/* is over; also when she did not come */
	STAGE_CAME,
	STAGE_CANCELLED
};

enum stage booking_stage(const struct booking *, int64_t now);

/* Her links, her number and her browser's memory open a booking until one
 * day after its end, however it ended, or until it is forgotten. */
bool booking_reachable(const struct booking *, int64_t now);

#endif
