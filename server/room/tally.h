/*
 * Visits and bookings that came by flyers, counted in memory and written
 * once a minute: a crowd at a flyer's address costs the writer one job, and
 * the count of a booking never stands in the transaction of that booking.
 * A crash loses at most what came since.
 */
#ifndef ROOM_TALLY_H
#define ROOM_TALLY_H

#include "room/outlet.h"

/* Two days of every outlet; what is beyond is not counted. */
#define TALLY_ROWS (2 * OUTLETS_MAX)

struct tally {
	struct tally_row {
		int64_t outlet;
		int32_t day;
		int64_t visits, bookings;
	} rows[TALLY_ROWS];
	size_t count;
};

void tally_add(struct tally *, const struct tally_row *);
/* Adds all of `from` to `to` and empties it. */
void tally_move(struct tally *to, struct tally *from);
/* Adds what is not written yet to a list of outlets. */
void tally_show(const struct tally *, int32_t today, struct outlet *,
    size_t count);
/* Writes it (writer); 0 or -1. */
int tally_write(struct desk *, const struct tally *);

#endif
