/* A network's share is counted where tries are, an address's by its blind
 * index. */
#include "room/share.h"

#include "room/policy.h"
#include "room/throttle.h"

#define MINUTE_S 60

static const char *share_key(struct desk *, const char *what,
    const struct share *);
static int minutes(int64_t from_at, int64_t until_at);
static int one_more_mail(struct desk *, const struct share *,
    const struct booking *);

int
share_take(struct desk *d, const struct share *share, int64_t from_at,
    int64_t until_at)
{
	struct policy policy;

	if (share->peer == NULL || share->holds == 0)
		return 1;
	if (policy_get(d, &policy) != 1)
		return -1;
	return throttle_spend(d, share_key(d, "hold", share),
	    minutes(from_at, until_at), share->holds * policy.hold_minutes);
}

int
share_extend(struct desk *d, const struct share *share, int64_t id)
{
	struct booking before, b;
	int within = booking_by_id(d, id, &before);
	enum booked result;

	if (within != 1)
		return within;
	if (db_save(d->db) < 0)
		return -1;
	result = booking_extend(d, id, &b);
	within = result == BOOKED
	    ? share_take(d, share, before.held_until, b.held_until)
	    : 0;
	if (within == 1)
		return db_release(d->db) < 0 ? -1 : 1;
	db_undo(d->db);
	return result == BOOKED_FAULT ? -1 : within;
}

/* A minute that has begun was hers. */
int
share_spare(struct desk *d, const struct share *share, const struct booking *b)
{
	int64_t left_s = b->held_until - d->now;

	if (share->peer == NULL || b->extended || left_s <= MINUTE_S)
		return 0;
	return throttle_back(d, share_key(d, "hold", share), b->created_at,
	    (int)((left_s - 1) / MINUTE_S));
}

int
share_return(struct desk *d, const struct share *share, const struct booking *b)
{
	struct policy policy;

	if (share->peer == NULL)
		return 0;
	if (policy_get(d, &policy) != 1)
		return -1;
	return throttle_back(d, share_key(d, "hold", share), b->created_at,
	    minutes(b->created_at,
		booking_hold_end(&policy, b->created_at, b->starts_at)));
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

static int
minutes(int64_t from_at, int64_t until_at)
{
	return (int)((until_at - from_at + MINUTE_S - 1) / MINUTE_S);
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
