/*
 * Wishes: joining, what fits, coming true, ending.  What she told is sealed
 * while she waits and gone with the end of her wish.
 */
#include "room/waitlist.h"

#include <string.h>

#include "base/log.h"
#include "room/audit.h"
#include "room/offer.h"
#include "room/policy.h"
#include "room/throttle.h"
#include "room/unreachable.h"
#include "store/ledger.h"

#define CODE_TRIES 8

static const struct db_field wish_row[] = {
	DB_FIELD(struct wish, id),
	DB_FIELD(struct wish, code),
	DB_FIELD(struct wish, booking),
	DB_FIELD(struct wish, theme),
	DB_FIELD(struct wish, place),
	DB_FIELD(struct wish, anything),
	DB_FIELD(struct wish, channel),
	DB_FIELD(struct wish, times),
	DB_FIELD(struct wish, longer),
	DB_FIELD(struct wish, from_at),
	DB_FIELD(struct wish, until_at),
	DB_FIELD(struct wish, lang),
	DB_FIELD(struct wish, contact),
	DB_FIELD(struct wish, state),
	DB_FIELD(struct wish, joined_at),
	DB_FIELD(struct wish, offered_at),
	DB_FIELD(struct wish, booked_at),
	DB_FIELD(struct wish, reachable),
	DB_FIELD(struct wish, unanswered),
	DB_END,
};

/* A wish that is over, and how it ended. */
struct over {
	int64_t id;
	const char *state;
};
static const struct db_field over_row[] = {
	DB_FIELD(struct over, id),
	DB_FIELD(struct over, state),
	DB_END,
};

static enum joined worth_waiting(struct desk *, const struct wish *);
static enum joined within_share(struct desk *, const char *peer,
    struct bytes mail_index);
static enum joined add(struct desk *, const struct wish *,
    const struct contact *);
static int end(struct desk *, int64_t id, const char *state);

enum joined
waitlist_join(struct desk *d, const char *peer, const struct wish *asked,
    const struct contact *contact, struct wish *w)
{
	struct wish wish = *asked;
	enum joined result = worth_waiting(d, asked);

	if (result == JOINED)
		result = within_share(d, peer,
		    contact_mail_index(d, contact->mail));
	if (result != JOINED)
		return result;
	if (unreachable_lift_index(d, contact_mail_index(d, contact->mail)) < 0)
		return JOINED_FAULT;
	wish.id = seal_id();
	result = add(d, &wish, contact);
	if (result == JOINED && waitlist_get(d, wish.id, w) != 1)
		return JOINED_FAULT;
	return result;
}

enum joined
waitlist_join_earlier(struct desk *d, const char *peer, int64_t booking,
    struct wish *w)
{
	static const struct contact of_booking = { .name = "", .mail = "" };
	struct booking b;
	struct wish wish;
	enum joined result;
	int found = waitlist_of_booking(d, booking, w);

	if (found != 0)
		return found < 0 ? JOINED_FAULT : JOINED;
	found = booking_by_id(d, booking, &b);
	if (found < 0)
		return JOINED_FAULT;
	if (found == 0 || strcmp(b.state, "confirmed") != 0)
		return JOINED_STATE;
	wish = (struct wish) {
		.id = seal_id(),
		.booking = booking,
		.theme = b.theme,
		.place = b.place,
		.from_at = d->now,
		.until_at = b.starts_at,
		.lang = b.lang,
	};
	result = worth_waiting(d, &wish);
	if (result == JOINED)
		result = within_share(d, peer, (struct bytes) { 0 });
	if (result == JOINED)
		result = add(d, &wish, &of_booking);
	if (result == JOINED && waitlist_get(d, wish.id, w) != 1)
		return JOINED_FAULT;
	return result;
}

int
waitlist_get(struct desk *d, int64_t id, struct wish *w)
{
	return db_one(d->db, d->arena, wish_row, w, waitlist_get, .id = id);
}

int
waitlist_by_code(struct desk *d, const char *code, struct wish *w)
{
	return db_one(d->db, d->arena, wish_row, w, waitlist_by_code,
	    .code = code);
}

int
waitlist_of_booking(struct desk *d, int64_t booking, struct wish *w)
{
	return db_one(d->db, d->arena, wish_row, w, waitlist_of_booking,
	    .booking = booking);
}

int
waitlist_any(struct desk *d)
{
	int64_t waiting;

	return db_value(d->db, &waiting, waitlist_any) == 1 ? waiting != 0 : -1;
}

int
waitlist_reachable(struct desk *d, struct wish **wishes)
{
	return db_all(d->db, d->arena, wish_row, wishes, waitlist_reachable);
}

int
waitlist_matches(struct desk *d, const struct wish *w, size_t most,
    struct slot **slots)
{
	struct slot_filter filter = waitlist_filter(w);
	struct policy policy;

	if (policy_get(d, &policy) != 1)
		return -1;
	filter.limit = most;
	return slot_list(d, &policy, &filter, slots);
}

struct slot_filter
waitlist_filter(const struct wish *w)
{
	return (struct slot_filter) {
		.theme = w->theme,
		.place = w->place,
		.anything = w->anything,
		.channel = w->channel,
		.times = w->times,
		.longer = w->longer,
		.from_at = w->from_at,
		.until_at = w->until_at,
	};
}

int
waitlist_contact(struct desk *d, const struct wish *w, struct contact *contact)
{
	struct booking b;

	if (w->booking != 0)
		return booking_by_id(d, w->booking, &b) == 1
		    ? booking_contact(d, &b, contact)
		    : -1;
	*contact = (struct contact) {
		.note = "",
		.lang = w->lang,
		.entry = "web",
	};
	return contact_unseal(d, "waitlist", w->id, w->contact, contact);
}

enum booked
waitlist_fulfil(struct desk *d, const struct wish *w, const char *slot,
    struct booking *b)
{
	struct contact contact;
	enum booked result;

	if (strcmp(w->state, "waiting") != 0)
		return BOOKED_STATE;
	if (waitlist_contact(d, w, &contact) < 0)
		return BOOKED_FAULT;
	if (w->booking != 0)
		result = booking_move(d, w->booking, slot, b);
	else
		result = booking_make_known(d, slot, &contact, w->id, w->code,
		    b);
	if (result == BOOKED && end(d, w->id, "booked") < 0)
		return BOOKED_FAULT;
	return result;
}

enum booked
waitlist_take(struct desk *d, const struct wish *w, const char *id,
    struct booking *b)
{
	struct slot_filter filter = waitlist_filter(w);
	struct policy policy;
	struct slot slot, *fit;
	int count;

	if (policy_get(d, &policy) != 1)
		return BOOKED_FAULT;
	if (slot_get(d, &policy, id, 0, &slot) == SLOT_FREE) {
		if (slot.starts_at > filter.from_at)
			filter.from_at = slot.starts_at;
		if (slot.ends_at < filter.until_at)
			filter.until_at = slot.ends_at;
		count = slot_list(d, &policy, &filter, &fit);
		while (
		    count > 0 && fit[count - 1].session.id != slot.session.id)
			count--;
		if (count <= 0)
			return count < 0 ? BOOKED_FAULT : BOOKED_UNKNOWN;
	}
	return waitlist_fulfil(d, w, id, b);
}

int
waitlist_withdraw(struct desk *d, const char *var, int64_t id)
{
	struct wish wish;
	int found = waitlist_get(d, id, &wish);

	if (found != 1 || strcmp(wish.state, "waiting") != 0)
		return found < 0 ? -1 : 0;
	if (ledger_add(d->arena, var, LEDGER_WISH, &id, 1) < 0)
		return -1;
	return waitlist_drop(d, id);
}

int
waitlist_withdraw_code(struct desk *d, const char *var, const char *code)
{
	struct booking b;
	struct wish w;
	int found = waitlist_by_code(d, code, &w);

	if (found == 0 || (found == 1 && strcmp(w.state, "waiting") != 0)) {
		found = booking_by_code(d, code, &b);
		if (found == 1)
			found = waitlist_of_booking(d, b.id, &w);
	}
	if (found == 1)
		found = waitlist_withdraw(d, var, w.id);
	if (found == 1 && audit_write(d, "withdraw", w.id) < 0)
		return -1;
	return found;
}

int
waitlist_drop(struct desk *d, int64_t id)
{
	int ended = end(d, id, "withdrawn");

	if (ended == 1)
		db_scrub(d->db);
	return ended;
}

int
waitlist_tidy(struct desk *d, const struct policy *policy)
{
	struct over *over;
	int count = db_all(d->db, d->arena, over_row, &over, waitlist_over,
	    .latest = d->now + policy->notice_minutes * 60);

	for (int i = 0; i < count; i++)
		if (end(d, over[i].id, over[i].state) < 0)
			return -1;
	return count < 0 ? -1 : 0;
}

/* Whoever could have such a time at once need not wait for it. */
static enum joined
worth_waiting(struct desk *d, const struct wish *w)
{
	struct policy policy;
	struct slot *slots;
	int count;

	if (policy_get(d, &policy) != 1)
		return JOINED_FAULT;
	if (w->until_at <= d->now + policy.notice_minutes * 60)
		return JOINED_PAST;
	count = waitlist_matches(d, w, 1, &slots);
	return count < 0 ? JOINED_FAULT : count > 0 ? JOINED_FREE : JOINED;
}

/* A wish costs nothing and can make frames be held, so that a program could
 * keep them from everybody else. */
static enum joined
within_share(struct desk *d, const char *peer, struct bytes mail_index)
{
	int64_t waiting = 0;
	int within = 1;

	if (peer != NULL)
		within = throttle_try(d, arena_print(d->arena, "wait:%s", peer),
		    WAITLIST_SHARE);
	if (within < 0 ||
	    (mail_index.data != NULL &&
		db_value(d->db, &waiting, waitlist_of_mail,
		    .mail_index = mail_index) != 1))
		return JOINED_FAULT;
	return within == 0 || waiting >= WAITLIST_OF_MAIL ? JOINED_OFTEN
							  : JOINED;
}

static enum joined
add(struct desk *d, const struct wish *w, const struct contact *contact)
{
	int added = 0;

	/* 0 is a number that a booking has. */
	for (int i = 0; i < CODE_TRIES && (added == DB_CONFLICT || added == 0);
	     i++)
		added = db_do(d->db, waitlist_add, .id = w->id,
		    .code = w->booking == 0 ? booking_code_draw(d->arena)
					    : NULL,
		    .booking = w->booking, .theme = w->theme,
		    .anything = w->anything, .place = w->place,
		    .channel = w->channel, .times = w->times,
		    .longer = w->longer, .from_at = w->from_at,
		    .until_at = w->until_at, .lang = w->lang,
		    .contact = contact_seal(d, "waitlist", w->id, contact),
		    .mail_index = contact_mail_index(d, contact->mail),
		    .now = d->now);
	if (added != 1)
		log_fault("waitlist.code", "tries=%d", CODE_TRIES);
	return added == 1 ? JOINED : JOINED_FAULT;
}

/* 1, 0 it had ended before, -1. */
static int
end(struct desk *d, int64_t id, const char *state)
{
	int ended = db_do(d->db, waitlist_end, .id = id, .state = state,
	    .now = d->now);

	if (ended != 1)
		return ended < 0 ? -1 : 0;
	return offer_end_of(d, id) < 0 ? -1 : 1;
}
