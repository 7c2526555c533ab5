/*
 * Bookings: held -> confirmed -> attended | no_show | cancelled.  Functions
 * that change one run on the writer inside its transaction; each of them
 * checks slot, notice and window anew.
 */
#ifndef ROOM_BOOKING_H
#define ROOM_BOOKING_H

#include <stdbool.h>

#include "room/contact.h"
#include "room/slot.h"

struct booking {
	int64_t id;
	const char *code;		/* 8 digits */
	int64_t session, advisor, theme, place, booth;
	const char *theme_code, *advisor_code, *place_code;
	const char *channel, *entry, *state;
	int64_t starts_at, ends_at;
	int64_t held_until;
	int extended;
	const char *lang;
	struct bytes contact, note;	/* sealed: booking_contact() opens */
	int64_t generation;
	const char *uid;
	int sequence;
	int64_t version;
	const char *attention;
	int64_t created_at, updated_at, confirmed_at, cancelled_at;
	const char *cancelled_by;
	int64_t closure;		/* that cancelled it, 0: none */
	int forget_after;		/* her wish, once it is over */
	int64_t forgotten_at;		/* 0: it is known whose it was */
};

enum booked {
	BOOKED,			/* done */
	BOOKED_TAKEN,		/* somebody else has it */
	BOOKED_UNKNOWN,		/* no such slot, or no such booking */
	BOOKED_PAST,		/* too late for this frame or this change */
	BOOKED_EARLY,		/* beyond the booking window */
	BOOKED_CLOSED,		/* closure or holiday */
	BOOKED_LAPSED,		/* the hold has run out and the frame is gone */
	BOOKED_STATE,		/* not possible in the booking's state */
	BOOKED_SAME,		/* moved to where it is already */
	BOOKED_MANY,		/* beyond a share, see share_book() */
	BOOKED_FAULT
};

/* Holds a slot; `old` (or 0) is the browser's earlier hold and is let go. */
enum booked booking_hold(struct desk *, const char *slot, int64_t old,
    const char *lang, struct booking *);
/* Ten more minutes, once. */
enum booked booking_extend(struct desk *, int64_t id, struct booking *);
/* Until when a hold that begins then would stand: never beyond the notice, so
 * that while it stands, booking is allowed. */
int64_t booking_hold_end(const struct policy *, int64_t from_at,
    int64_t starts_at);
/* Gives a hold back; an id that holds nothing is fine. */
enum booked booking_let_go(struct desk *, int64_t id);
/* Keeps what she typed with her hold, sealed. */
enum booked booking_write(struct desk *, int64_t id, const struct contact *);
/* Changes the note of a booking that lies ahead, for its advisor. */
enum booked booking_note(struct desk *, int64_t id, const char *note);
/* held -> confirmed.  A hold that ran out is claimed again if still free. */
enum booked booking_confirm(struct desk *, int64_t id, struct booking *);
/* All at once, for the API and for staff. */
enum booked booking_make(struct desk *, const char *slot,
    const struct contact *, struct booking *);
/* The same under an id and a number that are hers already, which also keeps
 * the words: a wish on the waiting list becomes a booking. */
enum booked booking_make_known(struct desk *, const char *slot,
    const struct contact *, int64_t id, const char *code, struct booking *);
/* Swaps claims in one transaction; keeps code, raises sequence. */
enum booked booking_move(struct desk *, int64_t id, const char *slot,
    struct booking *);
/* by is "guest" or "room".  Cancelling twice is BOOKED_STATE. */
enum booked booking_cancel(struct desk *, int64_t id, const char *by,
    struct booking *);
/* outcome is one of the words that outcome_known() knows: "attended",
 * "no_show" or "confirmed" (taken back); not before the start. */
bool outcome_known(const char *);
enum booked booking_outcome(struct desk *, int64_t id, const char *outcome,
    struct booking *);

/* Removes holds that ran out; how many or -1. */
int booking_sweep(struct desk *);

/* 1, 0 none, -1. */
int booking_by_id(struct desk *, int64_t id, struct booking *);
int booking_by_code(struct desk *, const char *code, struct booking *);
/* By start; not held, not cancelled unless `all`.  Advisor 0 is any. */
int booking_between(struct desk *, int64_t advisor, int64_t from_at,
    int64_t until_at, bool all, struct booking **);

/* Visits of the days before today, two weeks back, that nobody has marked.
 * How many or -1. */
int booking_unmarked(struct desk *, int64_t advisor, struct booking **);

/* Up to fifty bookings to come that lie outside the present hours, by start,
 * and how many there are.  How many were read, 0, or -1. */
int booking_attention(struct desk *, int64_t advisor, struct booking **);
int booking_attention_count(struct desk *, int64_t *count);

/* Opens the sealed fields; 0 or -1.  The caller audits. */
int booking_contact(struct desk *, const struct booking *, struct contact *);

char *booking_code_draw(struct arena *);	/* 8 random digits */
char *booking_code_print(struct arena *, const char *code);  /* 4827-1935 */
char *booking_manage_token(struct desk *, const struct booking *);
/* 1 and filled, 0 for a token that opens nothing, -1. */
int booking_by_manage_token(struct desk *, const char *token,
    struct booking *);

#endif
