/* The door to a booking: number and words. */
#include "room/door.h"

#include "base/text.h"
#include "room/passphrase.h"
#include "room/stage.h"
#include "room/throttle.h"

static int look_for(struct desk *, const char *code, struct booking *,
    struct wish *);

enum door
door_knock(struct desk *d, const char *peer, const char *code,
    const char *words, struct booking *b, struct wish *w)
{
	const char *digits = text_digits(d->arena, code);
	const char *key = arena_print(d->arena, "door:%s:%s", digits, peer);
	int within = throttle_try(d, key, DOOR_TRIES);
	int found = within == 1 ? look_for(d, digits, b, w) : 0;

	if (within < 0 || found < 0)
		return DOOR_FAULT;
	if (within == 0)
		return DOOR_LOCKED;
	/* Words are compared in any case, so that time tells nothing. */
	bool same = passphrase_is(d->keys, d->arena, found ? b->id : 0,
	    found ? b->generation : 0, words);
	bool waiting = found && b->code == NULL;
	if (!found || !same || (!waiting && !booking_reachable(b, d->now)))
		return DOOR_SHUT;
	if (throttle_clear(d, key) < 0)
		return DOOR_FAULT;
	return waiting ? DOOR_WAITING : DOOR_OPEN;
}

/* A wish leaves only its id and generation in *b. */
static int
look_for(struct desk *d, const char *code, struct booking *b, struct wish *w)
{
	int found = booking_by_code(d, code, b);

	if (found != 0 || w == NULL)
		return found;
	found = waitlist_by_code(d, code, w);
	if (found == 1)
		*b = (struct booking) {
			.id = w->id,
			.generation = WISH_GENERATION,
		};
	return found;
}
