/*
 * The waiting list as staff see it: what is waited for, how often and what
 * came of it, and who waits, by number.  Nothing here is personal.
 */
#ifndef ROOM_WAITING_H
#define ROOM_WAITING_H

#include "room/desk.h"

/* What is waited for, as staff see it. */
struct waiting_for {
	int64_t theme, place;	/* 0: any */
	const char *theme_code, *place_code, *channel;	/* "": any */
	unsigned times;
	int anything, longer;
	int earlier;		/* than a booking that she has */
};

/* A line of the staff's list: nothing personal. */
struct waiting {
	struct waiting_for what;
	int64_t id;
	const char *code;	/* of the wish or of her booking */
	int64_t from_at, until_at;
	const char *state;
	int reachable;
	int64_t joined_at, offered_at, booked_at;
};
/* Joined in a span, by then; how many or -1. */
int waiting_between(struct desk *, int64_t from_at, int64_t until_at,
    struct waiting **);

/* How many waited for one kind of time. */
struct waiting_kind {
	struct waiting_for what;
	/* Joined, of those: had an offer, have a booking, wait still. */
	int joined, offered, booked, waiting;
};
#define WAITING_KINDS 50
/* The kinds asked for most often among those who joined in a span; how many
 * or -1. */
int waiting_kinds(struct desk *, int64_t from_at, int64_t until_at,
    struct waiting_kind **);

#endif
