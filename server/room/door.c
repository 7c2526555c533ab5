/* The door to a booking: number and words. */
#include "room/door.h"

#include "base/text.h"
#include "room/passphrase.h"
#include "room/stage.h"
#include "room/throttle.h"

enum door
door_knock(struct desk *d, const char *peer, const char *code,
    const char *words, struct booking *b)
{
	const char *digits = text_digits(d->arena, code);
	const char *key = arena_print(d->arena, "door:%s:%s", digits, peer);
	int within = throttle_try(d, key, DOOR_TRIES);
	int found = within == 1 ? booking_by_code(d, digits, b) : 0;

	if (within < 0 || found < 0)
		return DOOR_FAULT;
	if (within == 0)
		return DOOR_LOCKED;
	/* Words are compared in any case, so that time tells nothing. */
	bool same = passphrase_is(d->keys, d->arena, found ? b->id : 0,
	    found ? b->generation : 0, words);
	if (!found || !same || !booking_reachable(b, d->now))
		return DOOR_SHUT;
	return throttle_clear(d, key) < 0 ? DOOR_FAULT : DOOR_OPEN;
}
