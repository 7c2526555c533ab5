/*
 * Closing hours that may be booked already: a snow day, a sick advisor.
 * First a preview, which changes nothing: whom it hits and who can be told.
 * Then, unless something has changed since, in one transaction: the closure,
 * the cancellations, a letter each.  Whoever is talking to an advisor
 * already is not sent home.
 */
#ifndef ROOM_CLOSING_H
#define ROOM_CLOSING_H

#include "room/desk.h"

struct closing {
	int64_t id;		/* of its closure; 0: not yet */
	const char *scope;	/* "room", "place", "advisor" */
	const char *code;	/* of the place or advisor, else "" */
	int64_t owner;		/* set by the functions below */
	int64_t starts_at, ends_at;
};

/* A booking that is or was hit. */
struct closing_hit {
	int64_t id, version;
	const char *code;
	const char *theme_code, *advisor_code, *place_code;
	const char *channel;
	int64_t place;
	int64_t starts_at, ends_at;
	int reachable;		/* a letter goes or went to her */
	const char *letter;	/* afterwards: "due", "sent", "dead", "" */
};

struct closing_effect {
	struct closing_hit *hits;	/* by start */
	int count, reachable;
	const char *digest;	/* of the closing and all it hits */
};

enum closing_result {
	CLOSING_DONE,
	CLOSING_UNKNOWN,	/* no such place or advisor, no such scope */
	CLOSING_ORDER,		/* ends before it begins */
	CLOSING_OVER,		/* lies in the past */
	CLOSING_LONG,		/* more than a year */
	CLOSING_CHANGED,	/* hits others than the digest says */
	CLOSING_FAULT
};

/* What it would do. */
enum closing_result closing_preview(struct desk *, struct closing *,
    struct closing_effect *);
/* Does it (writer), if `digest` is still that of its preview.  Otherwise,
 * CLOSING_CHANGED, the effect is what it would do now.  Holds that it hits
 * are let go. */
enum closing_result closing_do(struct desk *, struct closing *,
    const char *digest, struct closing_effect *);

/* Closures that are not over, by start; how many or -1. */
int closing_list(struct desk *, struct closing **);
/* One, and what it has done.  1, 0 unknown, -1. */
int closing_get(struct desk *, int64_t id, struct closing *,
    struct closing_effect *);
/* Opens the hours again (writer); who was cancelled stays cancelled.  1, 0
 * unknown or over, -1. */
int closing_reopen(struct desk *, int64_t id);

#endif
