/* The row of a new booking: between booking.c and walk_in.c. */
#ifndef ROOM_BOOKING_ROW_H
#define ROOM_BOOKING_ROW_H

#include "room/booking.h"

struct booking_row {
	int64_t id;
	const char *code;	/* NULL: a number of its own */
	int64_t booth;
	int64_t held_until;	/* 0: confirmed at once */
	const struct contact *contact;
};

/* Writes it for a slot that it has claimed. */
enum booked booking_row_add(struct desk *, const struct slot *,
    const struct booking_row *);

#endif
