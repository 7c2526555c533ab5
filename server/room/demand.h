/*
 * Unmet demand: how often somebody said that no time suited, by the
 * conditions she had set.  It holds no person, no hour and no address; one
 * network is heard DEMAND_SHARE times an hour, so that nobody makes a wish
 * look like many.
 */
#ifndef ROOM_DEMAND_H
#define ROOM_DEMAND_H

#include "room/desk.h"

#define DEMAND_SHARE 12
#define DEMAND_MOST 50	/* kinds of conditions in a list */

struct demand {
	int64_t theme, place;		/* 0: any */
	const char *theme_code, *place_code;	/* "": any; read only */
	const char *channel;		/* "": any */
	int times;			/* enum slot_times or-ed; 0: any */
	int longer, soon, anything;	/* 1: asked for */
	int64_t told;			/* how often; read only */
};

/* Counts one (writer).  peer is her network, NULL for the operator.  1, 0
 * when that network has been heard enough, -1. */
int demand_add(struct desk *, const char *peer, const struct demand *);
/* The kinds told most often on some days, both included: how many or -1. */
int demand_between(struct desk *, int32_t from_day, int32_t until_day,
    struct demand **);

#endif
