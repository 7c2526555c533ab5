/* The people who listen. */
#ifndef ROOM_ADVISOR_H
#define ROOM_ADVISOR_H

#include "room/desk.h"

struct advisor {
	int64_t id;
	const char *code;
	int rank;
	const char *face;
	int anything;		/* 1: also what has no theme yet */
	int64_t feed_generation;
};

int advisor_list(struct desk *, struct advisor **);
int advisor_by_code(struct desk *, const char *code, struct advisor *);
/* Advisors of a theme by rank. */
int advisor_of_theme(struct desk *, int64_t theme, struct advisor **);

/* Her secret feed token (seal_token), and the advisor a token belongs to:
 * 1, 0 for a token that opens nothing, -1. */
char *advisor_feed_token(struct desk *, const struct advisor *);
int advisor_by_feed_token(struct desk *, const char *token, struct advisor *);

#endif
