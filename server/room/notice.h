/*
 * Letters to advisors: rows of the outbox whose owner is an advisor, written
 * for those who wish for them (tidings.h).
 *
 *	come	somebody has booked, or was moved here from another advisor
 *	moved	to another time of hers
 *	gone	cancelled, or moved to another advisor
 *	closed	hours were closed over bookings: one letter for all of them
 *	digest	her day, in the morning
 *
 * They say when, by which channel and the last four digits, as her feed does,
 * and nothing of whom or what about.  Walk-ins are not told: she is there.
 */
#ifndef ROOM_NOTICE_H
#define ROOM_NOTICE_H

#include "room/booking.h"
#include "room/outbox.h"
#include "room/tidings.h"

#define NOTICE_GONE "gone"
#define NOTICE_CLOSED "closed"
#define NOTICE_DIGEST "digest"

bool notice_is(const struct outbox *);

/* Writes what a change of `b` tells advisors, at once (writer); `before` is
 * how it stood, NULL for a new one.  0 or -1. */
int notice_tell(struct desk *, const struct booking *b,
    const struct booking *before);
/* Writes today's digests that are not written yet, for 7:00 (writer), for
 * everybody who has a session or a booking today; of no use once her last
 * hour has begun.  0 or -1. */
int notice_daily(struct desk *);

/* Does she still wish for it, and is it true?  1, 0, -1. */
int notice_stands(struct desk *, const struct outbox *);

/* One line of a letter. */
struct notice_line {
	int64_t starts_at, ends_at;
	const char *channel;
	const char *code;	/* "": still free */
};
/* What a letter lists: bookings and free frames of her day, or what was
 * cancelled when hours were closed, by start; none for the other kinds.  How
 * many or -1. */
int notice_lines(struct desk *, const struct outbox *, struct notice_line **);

#endif
