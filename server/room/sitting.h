/*
 * Where an account is signed in, as she sees and ends it.  A sitting ends
 * when it has lasted SITTING_S, when it was idle for SITTING_IDLE_S, with
 * its account's password, with the account itself, or by hand.
 */
#ifndef ROOM_SITTING_H
#define ROOM_SITTING_H

#include "room/desk.h"

#define SITTING_S (12 * HOUR_S)
#define SITTING_IDLE_S (2 * HOUR_S)
/* Reading writes "seen" no more often than this. */
#define SITTING_SEEN_S 300

/* A class of devices, in names that are the same in all languages; "" is
 * unknown. */
struct device {
	const char *system; /* "Android" */
	const char *browser; /* "Chrome" */
};

struct sitting {
	int64_t id;
	const char *system, *browser; /* as of struct device */
	int64_t created_at, seen_at;
};

/* Of one account, those last seen first.  How many or -1. */
int sitting_list(struct desk *, int64_t account, struct sitting **);
/* It was used now (writer).  0 or -1. */
int sitting_seen(struct desk *, int64_t id);

/* By hand (writer), with a line in the audit when something ended: this
 * one, or all but this one (0: all).  How many or -1. */
int sitting_end(struct desk *, int64_t account, int64_t id);
int sitting_end_others(struct desk *, int64_t account, int64_t but);

#endif
