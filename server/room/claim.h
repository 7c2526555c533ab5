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
int claim_release(struct desk *, int64_t holder);
int claim_purge(struct desk *);	/* past ones; nightly */

/* Quarters that are claimed in a span, asked per frame. */
struct claimed;
struct claimed *claim_between(struct desk *, int64_t from_at,
    int64_t until_at, int64_t but_holder);
bool claim_free(const struct claimed *, int64_t resource, int64_t starts_at,
    int64_t ends_at);

#endif
