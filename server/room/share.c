/* A network's share is counted where tries are, an address's by its blind
 * index. */
#include "room/share.h"

#include "room/throttle.h"

static const char *share_key(struct desk *, const char *what,
    const struct share *);
static int one_more_mail(struct desk *, const struct share *,
    const struct booking *);

int
share_take(struct desk *d, const struct share *share)
{
	if (share->peer == NULL || share->holds == 0)
		return 1;
	return throttle_try(d, share_key(d, "hold", share), share->holds);
}

int
share_return(struct desk *d, const struct share *share, const struct booking *b)
{
	if (share->peer == NULL)
		return 0;
	return throttle_back(d, share_key(d, "hold", share), b->created_at);
}

enum booked
share_book(struct desk *d, const struct share *share, const struct booking *b)
{
	int within = 1;

	if (share->peer == NULL)
		return BOOKED;
	if (share->bookings > 0)
		within = throttle_try_in(d, share_key(d, "book", share),
		    share->bookings, DAY_S);
	if (within == 1 && share->per_mail > 0)
		within = one_more_mail(d, share, b);
	return within < 0 ? BOOKED_FAULT : within == 0 ? BOOKED_MANY : BOOKED;
}

static const char *
share_key(struct desk *d, const char *what, const struct share *share)
{
	return arena_print(d->arena, "%s:%s", what, share->peer);
}

/* 1, 0 or -1; without an address there is nothing to count. */
static int
one_more_mail(struct desk *d, const struct share *share,
    const struct booking *b)
{
	int64_t count;

	if (db_value(d->db, &count, booking_same_mail, .id = b->id,
		.now = d->now) != 1)
		return -1;
	return count < share->per_mail;
}
