/*
 * Claims on quarter hours.  All run on the writer inside its transaction.
 * A frame claims its quarters and the gap behind it, for the advisor and for
 * the lowest free booth of the place.
 */
#ifndef ROOM_CLAIM_H
#define ROOM_CLAIM_H

#include <stdbool.h>

#include "room/slot.h"

enum claim_result { CLAIMED, CLAIM_TAKEN, CLAIM_FAULT };

/* Claims a slot for `holder` until `expires_at` (0: for good); first removes
 * holds that have run out.  *booth is the booth it got. */
enum claim_result claim_slot(struct desk *, const struct slot *,
    int64_t holder, int64_t expires_at, int64_t *booth);
/* Makes a hold's claims permanent, or moves their end. */
int claim_keep(struct desk *, int64_t holder, int64_t expires_at);
int claim_release(struct desk *, int64_t holder);	/* how many or -1 */
int claim_purge(struct desk *);	/* past ones; nightly */

struct claim {
	int64_t resource, unit;
	int64_t expires_at;	/* 0: never */
};

/* What is claimed of a resource in a span by others than `but_holder`, by
 * unit, without holds that have run out.  How many or -1. */
int claim_list(struct desk *, int64_t resource, int64_t from_at,
    int64_t until_at, int64_t but_holder, struct claim **);
/* Are the advisor and a booth free from a start to behind the gap?  1, 0
 * or -1. */
int claim_free(struct desk *, const struct slot *, int64_t but_holder);

/* Making and releasing claims touches marks, one for each resource and day:
 * has that happened in a span in a later group than `generation`? */
bool claim_touched(const struct marks *, int64_t resource, int64_t from_at,
    int64_t until_at, uint64_t generation);
/* The same of any resource and day. */
bool claim_any_touched(const struct marks *, uint64_t generation);

#endif
