/*
 * Stopping letters that somebody has asked for once: by the address in
 * their header List-Unsubscribe.  Its token is derived (base/seal.h) and can
 * do nothing else; each kind has a purpose of its own.
 */
#ifndef ROOM_STOP_H
#define ROOM_STOP_H

#include <stdbool.h>

#include "room/desk.h"

enum stop_kind {
	STOP_WISH,	/* offers to a wish on the waiting list: she waits no
			 * longer */
	STOP_NOTICES,	/* to an advisor when somebody books, moves, cancels */
	STOP_DIGEST,	/* to an advisor each morning */
	STOP_KINDS
};

struct stop {
	enum stop_kind kind;
	int64_t id;	/* of the wish, of an advisor's tidings */
};

char *stop_token(struct desk *, enum stop_kind, int64_t id);
/* False: a token that stops nothing. */
bool stop_by_token(struct desk *, const char *token, struct stop *);
/* Would such letters still come?  1, 0, -1. */
int stop_stands(struct desk *, const struct stop *);
/* None comes any more (writer).  `var` as in waitlist.h.  1, 0 there was
 * nothing to stop, -1. */
int stop_do(struct desk *, const char *var, const struct stop *);

#endif
