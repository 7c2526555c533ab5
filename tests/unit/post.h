/* Bookings with an address, and the letters that they cause. */
#ifndef TEST_POST_H
#define TEST_POST_H

#include "room.h"

#include "room/outbox.h"

static inline struct booking
booked(struct desk *d, int day)
{
	struct booking b;

	assert_int_equal(
	    booking_make(d, room_slot(d, "health", day, 13), &yuki, &b),
	    BOOKED);
	return b;
}

static inline struct outbox
taken(struct desk *d)
{
	struct outbox row;

	assert_int_equal(outbox_take(d, &row), 1);
	return row;
}

static inline void
none(struct desk *d)
{
	struct outbox row;

	assert_int_equal(outbox_take(d, &row), 0);
}

#endif
