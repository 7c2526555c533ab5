/* The row of a new booking: between booking.c and walk_in.c. */
#ifndef ROOM_BOOKING_ROW_H
#define ROOM_BOOKING_ROW_H

#include "room/booking.h"

/* Writes it as held, under that number or (NULL) one of its own. */
enum booked booking_row_add(struct desk *, const struct slot *, int64_t id,
    const char *code, int64_t booth, int64_t held_until, const char *lang,
    const char *entry);

#endif
