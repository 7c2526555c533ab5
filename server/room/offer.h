/*
 * Offers: a frame that has become free, for whatever reason, is offered to
 * the wish that has waited longest, held by a claim until her deadline, then
 * to the next.  In the last hours before its start all are told at once and
 * the first has it.  At night nobody is asked; the morning comes.  For whoever
 * has let three run out nothing is held any more, so that others need not wait
 * two hours for her each time; she is told with all, until she answers one.  A
 * room whose notice is as long as those last hours has none and goes on asking.
 *
 * Nothing tells this module what was freed: it looks at what is free.  So a
 * cancelled visit, a lapsed offer, new hours and a crash in between are all
 * alike.
 */
#ifndef ROOM_OFFER_H
#define ROOM_OFFER_H

#include "room/waitlist.h"

#define OFFER_LONGEST_S (2 * HOUR_S)
#define OFFER_LATE_S (3 * HOUR_S)	/* before the start: all at once */
#define OFFER_MORNING_MINUTE (8 * 60)	/* asked from then on */
#define OFFER_NIGHT_MINUTE (21 * 60)	/* and no more from then on */
#define OFFER_UNANSWERED 3	/* in a row, then nothing is held */

struct offer {
	int64_t id;		/* holder of its claims */
	int64_t waitlist, session;
	int64_t starts_at, ends_at;
	int shared;		/* told to all, nothing is held */
	const char *state;	/* open accepted declined lapsed gone */
	int64_t made_at, expires_at;
};

/* Does nobody get letters at that hour? */
bool offer_rests(int64_t at);
/* The deadline of an offer made now: two hours or half the time left, told
 * to all until the last moment; never past the notice. */
int64_t offer_until(int64_t now, int64_t starts_at, int notice_minutes);
/* How many frames of a session may be held by offers at a time: half of
 * them, at least one. */
int offer_most(const struct session *);

/* Ends what has run out and offers what is free (writer).  0 or -1. */
int offer_walk(struct desk *);
/* When that should be done next though nothing changes, AT_NONE if nobody
 * waits; 0 or -1. */
int offer_next(struct desk *, int64_t *at);

/* 1, 0 none, -1. */
int offer_get(struct desk *, int64_t id, struct offer *);
int offer_by_token(struct desk *, const char *token, struct offer *);
char *offer_token(struct desk *, const struct offer *);
/* Can it still be taken?  Open, in time, and nobody was first.  1, 0, -1. */
int offer_stands(struct desk *, const struct offer *);
/* Open ones of a wish, by start; how many or -1. */
int offer_of(struct desk *, int64_t waitlist, struct offer **);

/* Nothing is to be had by it any more. */
bool offer_is_over(const struct desk *, const struct offer *);
/* She takes it (writer): BOOKED_LAPSED past her deadline, BOOKED_TAKEN when
 * another was first.  A second click finds the booking.  When it is over she
 * has answered all the same, which is to be kept. */
enum booked offer_accept(struct desk *, const struct offer *,
    struct booking *);
/* She does not: it is free at once; she has answered, also when it is over
 * (writer).  0 or -1. */
int offer_decline(struct desk *, const struct offer *);
/* Its letter reaches nobody: it lapses at once (writer).  0 or -1. */
int offer_unread(struct desk *, int64_t id);
/* Ends the open offers of a wish that waits no longer (writer).  0 or -1. */
int offer_end_of(struct desk *, int64_t waitlist);

#endif
