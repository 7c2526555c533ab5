/* A network's share of holds, counted where tries are. */
#include "room/share.h"

#include "room/throttle.h"

static const char *share_key(struct desk *, const char *peer);

int
share_take(struct desk *d, const char *peer)
{
	if (peer == NULL)
		return 1;
	return throttle_try(d, share_key(d, peer), SHARE_HOLDS);
}

int
share_return(struct desk *d, const char *peer, const struct booking *b)
{
	if (peer == NULL)
		return 0;
	return throttle_back(d, share_key(d, peer), b->created_at);
}

static const char *
share_key(struct desk *d, const char *peer)
{
	return arena_print(d->arena, "hold:%s", peer);
}
