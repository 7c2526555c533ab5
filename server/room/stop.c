/* Stopping letters by the token of their header. */
#include "room/stop.h"

#include <string.h>

#include "room/tidings.h"
#include "room/waitlist.h"

#define GENERATION 1 /* such an address ends with what it stops */

static const enum seal_purpose purposes[STOP_KINDS] = {
	[STOP_WISH] = SEAL_STOP_WISH,
	[STOP_NOTICES] = SEAL_STOP_NOTICES,
	[STOP_DIGEST] = SEAL_STOP_DIGEST,
};

char *
stop_token(struct desk *d, enum stop_kind kind, int64_t id)
{
	return seal_token(d->keys, d->arena, purposes[kind], id, GENERATION);
}

bool
stop_by_token(struct desk *d, const char *token, struct stop *stop)
{
	*stop = (struct stop) { .id = seal_token_id(token) };
	if (stop->id == 0)
		return false;
	while (stop->kind < STOP_KINDS &&
	    !seal_token_is(d->keys, purposes[stop->kind], token, GENERATION))
		stop->kind++;
	return stop->kind < STOP_KINDS;
}

int
stop_stands(struct desk *d, const struct stop *stop)
{
	struct wish wish;
	struct tidings t;
	int found;

	switch (stop->kind) {
	case STOP_WISH:
		found = waitlist_get(d, stop->id, &wish);
		return found == 1 ? strcmp(wish.state, "waiting") == 0 : found;
	case STOP_NOTICES:
		found = tidings_by_id(d, stop->id, &t);
		return found == 1 ? t.notices : found;
	case STOP_DIGEST:
		found = tidings_by_id(d, stop->id, &t);
		return found == 1 ? t.digest : found;
	case STOP_KINDS:
		break;
	}
	return 0;
}

int
stop_do(struct desk *d, const char *var, const struct stop *stop)
{
	switch (stop->kind) {
	case STOP_WISH:
		return waitlist_withdraw(d, var, stop->id);
	case STOP_NOTICES:
		return tidings_stop(d, stop->id, false);
	case STOP_DIGEST:
		return tidings_stop(d, stop->id, true);
	case STOP_KINDS:
		break;
	}
	return 0;
}
