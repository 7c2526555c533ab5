/*
 * Walk-ins.  They claim quarters like everybody else, so that nobody can
 * book over somebody who is sitting there.
 */
#include "room/walk_in.h"

#include "room/audit.h"
#include "room/booking_row.h"
#include "room/claim.h"
#include "room/closure.h"

static bool frame_now(const struct session *, int64_t now, struct slot *);
static int closed(struct desk *, const struct slot *);
static int room_for_one(struct desk *, const struct slot *);

int
walk_in_list(struct desk *d, struct slot **out)
{
	struct session_filter running = {
		.from_at = d->now,
		.until_at = d->now + 1,
	};
	struct session *sessions;
	int count = session_list(d, &running, &sessions), free_count = 0;

	if (count < 0)
		return -1;
	*out = arena_array(d->arena, struct slot, (size_t)count + 1);
	for (int i = 0; i < count; i++) {
		struct slot *slot = &(*out)[free_count];
		int is_free;

		if (!frame_now(&sessions[i], d->now, slot))
			continue;
		is_free = room_for_one(d, slot);
		if (is_free < 0)
			return -1;
		free_count += is_free;
	}
	return free_count;
}

enum booked
walk_in_make(struct desk *d, int64_t session, struct booking *b)
{
	static const struct contact somebody = {
		.name = "",
		.mail = "",
		.note = "",
		.lang = "ja",
		.entry = "walk_in",
	};
	struct booking_row row = { .id = seal_id(), .contact = &somebody };
	struct session running;
	struct slot slot;
	enum claim_result claimed;
	enum booked result;
	int is_closed, found = session_get(d, session, &running);

	if (found != 1)
		return found < 0 ? BOOKED_FAULT : BOOKED_UNKNOWN;
	if (!frame_now(&running, d->now, &slot))
		return BOOKED_PAST;
	is_closed = closed(d, &slot);
	if (is_closed != 0)
		return is_closed < 0 ? BOOKED_FAULT : BOOKED_CLOSED;
	claimed = claim_slot(d, &slot, row.id, 0, &row.booth);
	if (claimed != CLAIMED)
		return claimed == CLAIM_TAKEN ? BOOKED_TAKEN : BOOKED_FAULT;
	result = booking_row_add(d, &slot, &row);
	if (result == BOOKED)
		result = booking_outcome(d, row.id, "attended", b);
	if (result == BOOKED && audit_write(d, "walk_in", row.id) < 0)
		return BOOKED_FAULT;
	return result;
}

/* From the quarter that runs to the end of the frame that runs, or, in the
 * gap between two, of the next.  False: none is left today. */
static bool
frame_now(const struct session *s, int64_t now, struct slot *slot)
{
	*slot = (struct slot) {
		.session = *s,
		.starts_at = now - now % QUARTER_S,
	};
	if (slot->starts_at < s->starts_at)
		return false;
	for (int n = 0;; n++) {
		int64_t starts_at;

		if (!session_frame(s, n, &starts_at, &slot->ends_at))
			return false;
		if (slot->ends_at > now)
			return true;
	}
}

/* 1, 0 or -1. */
static int
closed(struct desk *d, const struct slot *slot)
{
	struct closures *closures;
	struct policy policy;

	if (policy_get(d, &policy) != 1)
		return -1;
	closures = closure_between(d, &policy, slot->starts_at, slot->ends_at);
	if (closures == NULL)
		return -1;
	return closure_hits(closures, &slot->session, d->now, slot->ends_at);
}

/* Is the advisor free, and a booth?  1, 0 or -1. */
static int
room_for_one(struct desk *d, const struct slot *slot)
{
	int is_closed = closed(d, slot);

	if (is_closed != 0)
		return is_closed < 0 ? -1 : 0;
	return claim_free(d, slot, 0);
}
