/*
 * Making offers.  A walk ends what has run out or can no longer be had, then
 * looks at every free frame from the next on and asks whom it fits.
 */
#include "room/offer.h"

#include <stdlib.h>
#include <string.h>

#include "room/claim.h"
#include "room/outbox.h"

#define LINK_GENERATION 1 /* an offer's link ends with the offer */

static const struct db_field offer_row[] = {
	DB_FIELD(struct offer, id),
	DB_FIELD(struct offer, waitlist),
	DB_FIELD(struct offer, session),
	DB_FIELD(struct offer, starts_at),
	DB_FIELD(struct offer, ends_at),
	DB_FIELD(struct offer, shared),
	DB_FIELD(struct offer, state),
	DB_FIELD(struct offer, made_at),
	DB_FIELD(struct offer, expires_at),
	DB_END,
};

/* Whom a walk asks. */
struct asked {
	const struct wish *wish;
	struct slot_filter filter;
	bool passed; /* another frame is held for her, or none any more */
};

/* Wishes by their ids, which rise. */
struct told {
	int64_t waitlist;
};
static const struct db_field told_row[] = { DB_FIELD(struct told, waitlist),
	DB_END };

static bool offer_late(int64_t now, int64_t starts_at);
static int answered(struct desk *, const struct offer *);
static int end_gone(struct desk *);
static int end_offer(struct desk *, const struct offer *);
static int ask(struct desk *, const struct policy *);
static int list_asked(struct desk *, struct asked **);
static int by_wish(const void *wish, const void *told);
static bool is_among(const struct told *, int count, const struct wish *);
static int hold_for_one(struct desk *, const struct policy *,
    const struct slot *, struct asked *, int count);
static int tell_all(struct desk *, const struct policy *, const struct slot *,
    const struct asked *, int count);
static int may_hold(struct desk *, const struct slot *);
static int hold_for(struct desk *, const struct policy *, const struct slot *,
    struct asked *);
static int tell(struct desk *, const struct policy *, const struct slot *,
    const struct wish *);
static int put(struct desk *, const struct slot *, const struct wish *,
    int64_t id, bool shared, int64_t until_at);
static int finish(struct desk *, const struct offer *, const char *state);
static const char *slot_of(struct desk *, const struct offer *);

bool
offer_rests(int64_t at)
{
	int minute = when_minute(at);

	return minute < OFFER_MORNING_MINUTE || minute >= OFFER_NIGHT_MINUTE;
}

static bool
offer_late(int64_t now, int64_t starts_at)
{
	return starts_at - now <= OFFER_LATE_S;
}

int64_t
offer_until(int64_t now, int64_t starts_at, int notice_minutes)
{
	int64_t latest = starts_at - notice_minutes * 60;
	int64_t lasts_s = (starts_at - now) / 2;

	if (offer_late(now, starts_at))
		return latest;
	if (lasts_s > OFFER_LONGEST_S)
		lasts_s = OFFER_LONGEST_S;
	return now + lasts_s < latest ? now + lasts_s : latest;
}

int
offer_most(const struct session *session)
{
	int frames = 0;

	for (int64_t from_at, until_at;
	     session_frame(session, frames, &from_at, &until_at);)
		frames++;
	return frames < 2 ? 1 : frames / 2;
}

int
offer_walk(struct desk *d)
{
	struct policy policy;
	int waiting = waitlist_any(d);

	if (waiting != 1)
		return waiting;
	if (policy_get(d, &policy) != 1)
		return -1;
	if (policy.notice_minutes * 60 < OFFER_LATE_S &&
	    db_do(d->db, offer_unanswered, .now = d->now) < 0)
		return -1;
	if (db_do(d->db, offer_lapse, .now = d->now) < 0 ||
	    waitlist_tidy(d, &policy) < 0 || end_gone(d) < 0)
		return -1;
	return offer_rests(d->now) ? 0 : ask(d, &policy);
}

int
offer_next(struct desk *d, int64_t *at)
{
	bool evening = when_minute(d->now) >= OFFER_NIGHT_MINUTE;
	int64_t morning_at = when_at(when_day(d->now) + evening,
	    OFFER_MORNING_MINUTE);
	int waiting = waitlist_any(d), found = db_value(d->db, at, offer_next);

	if (found == 0)
		*at = AT_NONE;
	if (found < 0 || waiting < 0)
		return -1;
	if (waiting && offer_rests(d->now) &&
	    (*at == AT_NONE || morning_at < *at))
		*at = morning_at;
	return 0;
}

int
offer_get(struct desk *d, int64_t id, struct offer *o)
{
	return db_one(d->db, d->arena, offer_row, o, offer_get, .id = id);
}

int
offer_by_token(struct desk *d, const char *token, struct offer *o)
{
	int64_t id = seal_token_id(token);
	int found = id == 0 ? 0 : offer_get(d, id, o);

	if (found == 1 &&
	    !seal_token_is(d->keys, SEAL_OFFER, token, LINK_GENERATION))
		return 0;
	return found;
}

char *
offer_token(struct desk *d, const struct offer *o)
{
	return seal_token(d->keys, d->arena, SEAL_OFFER, o->id,
	    LINK_GENERATION);
}

int
offer_stands(struct desk *d, const struct offer *o)
{
	struct policy policy;
	struct slot slot;

	if (offer_is_over(d, o))
		return 0;
	if (policy_get(d, &policy) != 1)
		return -1;
	switch (slot_get(d, &policy, slot_of(d, o), o->id, &slot)) {
	case SLOT_FREE:
		return 1;
	case SLOT_UNKNOWN:
	case SLOT_PAST:
	case SLOT_EARLY:
	case SLOT_CLOSED:
	case SLOT_TAKEN:
		return 0;
	case SLOT_FAULT:
		break;
	}
	return -1;
}

int
offer_of(struct desk *d, int64_t waitlist, struct offer **list)
{
	return db_all(d->db, d->arena, offer_row, list, offer_of,
	    .waitlist = waitlist);
}

bool
offer_is_over(const struct desk *d, const struct offer *o)
{
	return strcmp(o->state, "open") != 0 || o->expires_at <= d->now;
}

enum booked
offer_accept(struct desk *d, const struct offer *o, struct booking *b)
{
	bool accepted = strcmp(o->state, "accepted") == 0;
	struct wish wish;

	if (waitlist_get(d, o->waitlist, &wish) != 1)
		return BOOKED_FAULT;
	if (accepted) /* the second click */
		return booking_by_id(d,
			   wish.booking != 0 ? wish.booking : wish.id, b) == 1
		    ? BOOKED
		    : BOOKED_FAULT;
	if (offer_is_over(d, o)) {
		if (answered(d, o) < 0)
			return BOOKED_FAULT;
		return o->shared && strcmp(o->state, "gone") == 0
		    ? BOOKED_TAKEN
		    : BOOKED_LAPSED;
	}
	/* Its claims make way for those of the booking. */
	if (finish(d, o, "accepted") < 0)
		return BOOKED_FAULT;
	return waitlist_fulfil(d, &wish, slot_of(d, o), b);
}

int
offer_decline(struct desk *d, const struct offer *o)
{
	if (strcmp(o->state, "open") == 0 && finish(d, o, "declined") < 0)
		return -1;
	return answered(d, o);
}

int
offer_unread(struct desk *d, int64_t id)
{
	struct offer o;
	int found = offer_get(d, id, &o);

	if (found != 1 || strcmp(o.state, "open") != 0)
		return found < 0 ? -1 : 0;
	return finish(d, &o, "lapsed");
}

int
offer_end_of(struct desk *d, int64_t waitlist)
{
	struct offer *offers;
	int count = offer_of(d, waitlist, &offers);

	for (int i = 0; i < count; i++)
		if (finish(d, &offers[i], "gone") < 0)
			return -1;
	return count < 0 ? -1 : 0;
}

/* Be it too late. */
static int
answered(struct desk *d, const struct offer *o)
{
	return db_must(d->db, offer_answered, .waitlist = o->waitlist);
}

/* Somebody was first, or the hours were closed. */
static int
end_gone(struct desk *d)
{
	struct offer *offers;
	int count = db_all(d->db, d->arena, offer_row, &offers, offer_open);

	for (int i = 0; i < count; i++) {
		int stands = offer_stands(d, &offers[i]);

		if (stands < 0 || (stands == 0 && end_offer(d, &offers[i]) < 0))
			return -1;
	}
	return count < 0 ? -1 : 0;
}

static int
end_offer(struct desk *d, const struct offer *o)
{
	if (!o->shared)
		return finish(d, o, "gone");
	return db_do(d->db, offer_end_shared, .session = o->session,
		   .starts_at = o->starts_at, .now = d->now) < 0
	    ? -1
	    : 0;
}

/* One by one, or in the last hours all.  A thousand frames for two thousand
 * wishes: what fits nobody must cost no statement. */
static int
ask(struct desk *d, const struct policy *policy)
{
	struct slot_filter filter = { .from_at = d->now, .until_at = d->now };
	struct asked *asked;
	struct slot *slots;
	int frames, result = 0, count = list_asked(d, &asked);

	for (int i = 0; i < count; i++)
		if (asked[i].filter.until_at > filter.until_at)
			filter.until_at = asked[i].filter.until_at;
	if (count <= 0)
		return count;
	frames = slot_list(d, policy, &filter, &slots);
	for (int i = 0; i < frames && result == 0; i++)
		result = offer_late(d->now, slots[i].starts_at)
		    ? tell_all(d, policy, &slots[i], asked, count)
		    : hold_for_one(d, policy, &slots[i], asked, count);
	return frames < 0 ? -1 : result;
}

static int
list_asked(struct desk *d, struct asked **list)
{
	struct wish *wishes;
	struct told *holders;
	int count = waitlist_reachable(d, &wishes);
	int held = db_all(d->db, d->arena, told_row, &holders, offer_holders);

	if (count < 0 || held < 0)
		return -1;
	*list = arena_array(d->arena, struct asked, (size_t)count);
	for (int i = 0; i < count; i++)
		(*list)[i] = (struct asked) {
			.wish = &wishes[i],
			.filter = waitlist_filter(&wishes[i]),
			.passed = wishes[i].unanswered >= OFFER_UNANSWERED ||
			    is_among(holders, held, &wishes[i]),
		};
	return count;
}

static int
by_wish(const void *wish, const void *told)
{
	int64_t a = ((const struct wish *)wish)->id;
	int64_t b = ((const struct told *)told)->waitlist;

	return a < b ? -1 : a > b;
}

static bool
is_among(const struct told *told, int count, const struct wish *wish)
{
	return count > 0 &&
	    bsearch(wish, told, (size_t)count, sizeof(*told), by_wish) != NULL;
}

/* These two: 0 or -1. */
static int
hold_for_one(struct desk *d, const struct policy *policy,
    const struct slot *slot, struct asked *asked, int count)
{
	int may = -2; /* nobody has asked yet */

	for (int i = 0; i < count; i++) {
		int done;

		if (asked[i].passed || !slot_fits(&asked[i].filter, slot))
			continue;
		if (may == -2)
			may = may_hold(d, slot);
		if (may != 1)
			return may;
		done = hold_for(d, policy, slot, &asked[i]);
		if (done != 0)
			return done < 0 ? -1 : 0;
	}
	return 0;
}

static int
tell_all(struct desk *d, const struct policy *policy, const struct slot *slot,
    const struct asked *asked, int count)
{
	struct told *told;
	int known = db_all(d->db, d->arena, told_row, &told, offer_told,
	    .session = slot->session.id, .starts_at = slot->starts_at);

	for (int i = 0; i < count && known >= 0; i++)
		if (slot_fits(&asked[i].filter, slot) &&
		    !is_among(told, known, asked[i].wish) &&
		    tell(d, policy, slot, asked[i].wish) < 0)
			return -1;
	return known < 0 ? -1 : 0;
}

/* 1 when the frame is not to be had any more, 0 when she knows it, -1. */
static int
hold_for(struct desk *d, const struct policy *policy, const struct slot *slot,
    struct asked *asked)
{
	const struct wish *wish = asked->wish;
	int64_t id = seal_id(), booth, known;
	int64_t until_at = offer_until(d->now, slot->starts_at,
	    policy->notice_minutes);

	if (db_value(d->db, &known, offer_known, .waitlist = wish->id,
		.session = slot->session.id, .starts_at = slot->starts_at) != 1)
		return -1;
	if (known)
		return 0;
	switch (claim_slot(d, slot, id, until_at, &booth)) {
	case CLAIMED:
		asked->passed = true;
		return put(d, slot, wish, id, false, until_at);
	case CLAIM_TAKEN: /* by an offer of this walk: the booth was one */
		return claim_release(d, id) < 0 ? -1 : 1;
	case CLAIM_FAULT:
		break;
	}
	return -1;
}

/* 1, 0 when she knows it, -1. */
static int
tell(struct desk *d, const struct policy *policy, const struct slot *slot,
    const struct wish *wish)
{
	return put(d, slot, wish, seal_id(), true,
	    offer_until(d->now, slot->starts_at, policy->notice_minutes));
}

/* 1, 0 or -1. */
static int
may_hold(struct desk *d, const struct slot *slot)
{
	int64_t held;

	if (db_value(d->db, &held, offer_held, .session = slot->session.id) !=
	    1)
		return -1;
	return held < offer_most(&slot->session);
}

static int
put(struct desk *d, const struct slot *slot, const struct wish *wish,
    int64_t id, bool shared, int64_t until_at)
{
	int added = db_do(d->db, offer_add, .id = id, .waitlist = wish->id,
	    .session = slot->session.id, .starts_at = slot->starts_at,
	    .ends_at = slot->ends_at, .shared = shared, .expires_at = until_at,
	    .now = d->now);

	if (added != 1)
		return added < 0 ? -1 : 0;
	return outbox_offer(d, id, until_at) < 0 ||
		db_must(d->db, waitlist_offered, .id = wish->id,
		    .now = d->now) < 0
	    ? -1
	    : 1;
}

static int
finish(struct desk *d, const struct offer *o, const char *state)
{
	if (claim_release(d, o->id) < 0)
		return -1;
	return db_must(d->db, offer_end, .id = o->id, .state = state,
	    .now = d->now);
}

static const char *
slot_of(struct desk *d, const struct offer *o)
{
	struct slot slot = { .session.id = o->session,
		.starts_at = o->starts_at };

	return slot_id(d->arena, &slot);
}
