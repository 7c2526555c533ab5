/* Who has an account here, and what a manager or the operator does to it. */
#ifndef ROOM_ROSTER_H
#define ROOM_ROSTER_H

#include "room/account.h"

struct listed {
	int64_t id;
	const char *name, *role;
	const char *advisor; /* code, "" if none */
	int one_time, disabled;
	int64_t signed_in_at; /* 0: never */
	int sittings; /* where it is signed in now */
};

enum roster {
	ROSTER_DONE,
	ROSTER_UNKNOWN, /* no account of this name */
	ROSTER_TAKEN, /* there is one already, or it is malformed */
	ROSTER_NO_ADVISOR, /* no advisor of this code */
	ROSTER_OWN, /* nobody does this to herself */
	ROSTER_LAST, /* the last manager who can sign in */
	ROSTER_FAULT
};

/* By name, disabled ones last.  How many or -1. */
int roster_list(struct desk *, struct listed **);

/*
 * Changes by desk->actor (writer), each with its line in the audit.
 * `password_hash` is that of a one-time password; a new one, like disabling,
 * ends all sittings of the account.  `advisor` is a code, "" for none.
 */
enum roster roster_add(struct desk *, const char *name, const char *role,
    const char *advisor, const char *password_hash);
enum roster roster_reset(struct desk *, const char *name,
    const char *password_hash);
enum roster roster_disable(struct desk *, const char *name);
enum roster roster_enable(struct desk *, const char *name);

/* What such a change returns to the writer: keep it, undo it, fault. */
int roster_kept(enum roster);

#endif
