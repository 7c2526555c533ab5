/* The door to a booking: number and words. */
#include "room/door.h"

#include "base/text.h"
#include "room/passphrase.h"
#include "room/stage.h"
#include "room/throttle.h"

static int try(struct desk *, const char *network, const char *number);
static int forgive(struct desk *, const char *network, const char *number);
static int look_for(struct desk *, const char *code, struct booking *,
    struct wish *);

enum door
door_knock(struct desk *d, const char *peer, const char *code,
    const char *words, struct booking *b, struct wish *w)
{
	const char *digits = text_digits(d->arena, code);
	const char *network = arena_print(d->arena, "doors:%s", peer);
	const char *number = arena_print(d->arena, "door:%s:%s", digits, peer);
	int within = try(d, network, number);
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
	if (forgive(d, network, number) < 0)
		return DOOR_FAULT;
	return waiting ? DOOR_WAITING : DOOR_OPEN;
}

/* 1, 0 or -1.  The network first: once it is locked, no number that it
 * guesses leaves a row. */
static int
try(struct desk *d, const char *network, const char *number)
{
	int within = throttle_try(d, network, DOOR_TRIES_PEER);

	return within == 1 ? throttle_try(d, number, DOOR_TRIES) : within;
}

/* Her words forgive what was tried at her number; of the network's tries only
 * this one, or whoever has a booking could guess at all others for ever. */
static int
forgive(struct desk *d, const char *network, const char *number)
{
	if (throttle_back(d, network, d->now, 1) < 0)
		return -1;
	return throttle_clear(d, number);
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
