/* Letters to be sent, as rows written with their cause. */
#ifndef ROOM_OUTBOX_H
#define ROOM_OUTBOX_H

#include "room/booking.h"

struct outbox {
	int64_t id;
	int64_t booking;	/* 0: about none */
	int64_t owner;		/* the advisor to whom it goes; else of one
				 * about no booking: an offer, the room */
	const char *kind;	/* confirmation changed cancelled reminder ... */
	int64_t sequence;	/* of the booking; else a day, a closure */
	const char *state;
	int64_t due_at, not_after, next_at;
	int attempts;
	const char *message_id;
	struct bytes letter;	/* sealed: outbox_open() */
	int64_t created_at;
};

#define OUTBOX_WAIT_MOST_S (4 * 3600)

/* Seconds until the next try after so many in vain: 5 minutes, doubling to
 * 4 hours; AT_NONE when that would be later than 48 hours after the first.
 * Counted in tries, since clocks jump. */
int64_t outbox_wait_s(int attempts);

/* A letter has failed for good: says so to those who mind them, once an hour
 * at most and not about one that said so itself (writer).  0 or -1. */
int outbox_alarm(struct desk *, const struct outbox *failed);
/* The same for bookings that have come to need a look since the last time
 * (writer). */
int outbox_alarm_bookings(struct desk *);
bool outbox_is_alarm(const struct outbox *);

/* Writes the rows that a change of `b` causes (writer), `before` being how it
 * stood when it was moved, else NULL: those to advisors (notice.h), the letter
 * itself and, unless cancelled, the reminder of the day before at 18:00 local,
 * not after the start; if she wished for it also one an hour before, not in
 * the last quarter, when it lies half an hour ahead at least.  What is due of
 * other sequences becomes stale.  Nothing is written to her when she gave no
 * address.  0 or -1. */
int outbox_for(struct desk *, const struct booking *b,
    const struct booking *before, const char *kind);

/* A row of its own, due at due_at (writer); the second does nothing where one
 * of this owner, kind and sequence stands already, sent or not.  0 or -1. */
int outbox_put(struct desk *, const struct outbox *);
int outbox_put_once(struct desk *, const struct outbox *);

/* Sends the letter again that says how `b` stands, under its Message-ID,
 * twice an hour at most, also to an address at which nobody was reached
 * (writer).  1, 0 when it is on its way already, was sent often enough or is
 * not to be had, -1. */
int outbox_once_more(struct desk *, const struct booking *);

/* Writes the row of an offer to a wish, of no use after its deadline (writer).
 * 0 or -1. */
int outbox_offer(struct desk *, int64_t offer, int64_t not_after);

/* Takes the next due row whose booking still stands at that sequence, or
 * whose offer is still open (writer): marks it 'sending' and counts the try.
 * Stale rows met on the way are marked so, those to an address at which nobody
 * can be reached are 'dead'; none is taken after its not_after.  1, 0 none
 * due, -1. */
int outbox_take(struct desk *, struct outbox *);
/* The same for a letter that nobody can carry at once.  Reminders come once or
 * not at all, and none shall fall to a crash before it was begun: here they
 * are left, and what is due behind them. */
int outbox_take_ahead(struct desk *, struct outbox *);
/* What was taken a while ago: is it still in hand, true and for an address
 * where somebody is reached, and do letters leave?  1 and the row as it is by
 * now, 0, -1. */
int outbox_may_leave(struct desk *, struct outbox *);
/* 1, 0 unknown, -1. */
int outbox_by_id(struct desk *, int64_t id, struct outbox *);
/* Is what it says still true, and is it in time?  1, 0, -1. */
int outbox_stands(struct desk *, const struct outbox *);
/* Message-ID of the first letter about its booking; NULL: there is none, or
 * it is this one. */
const char *outbox_first_of(struct desk *, const struct outbox *);
/* Keeps the bytes of a letter in hand, sealed, for the tries to come; they go
 * with the end of the row.  0 or -1. */
int outbox_keep(struct desk *, const struct outbox *, struct bytes letter);
/* What was kept: data == NULL when no try was in vain.  0 or -1. */
int outbox_open(struct desk *, const struct outbox *, struct bytes *letter);
/* What became of a letter in hand; one that has ended meanwhile, because it
 * came back at once or she was forgotten, stays as it is.  0 or -1. */
int outbox_sent(struct desk *, int64_t id);
/* This try failed: the next is at next_at; AT_NONE: 'dead', no further. */
int outbox_later(struct desk *, int64_t id, int64_t next_at,
    const char *error);
/* Nobody will read this one (writer): its offer is free for the next, and its
 * address is remembered if `status` of RFC 3463, or "", says that nobody can
 * be reached there.  0 or -1. */
int outbox_failed(struct desk *, const struct outbox *, const char *status);
/* This was no try: due again at next_at; error "" leaves the last one. */
int outbox_back(struct desk *, int64_t id, int64_t next_at,
    const char *error);
/* It left and came back for good; `status` is that of RFC 3463.  As
 * outbox_failed().  1 and the row, 0 when there is no such letter or it is
 * known, -1. */
int outbox_bounced(struct desk *, const char *message_id, const char *status,
    struct outbox *);
/* After a crash: rows left 'sending' become due again (same Message-ID), but
 * for reminders, which come once or not at all: they are 'dead'. */
int outbox_recover(struct desk *);
/* After the clock went back: what was to be tried within hours still is.
 * How many rows or -1. */
int outbox_rewind(struct desk *);
/* Ends what is late by two days, more than clocks jump.  How many or -1. */
int outbox_purge(struct desk *);
/* When the next row is due, AT_NONE if none; 0 or -1. */
int outbox_next(struct desk *, int64_t *at);

#endif
