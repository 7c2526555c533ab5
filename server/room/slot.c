/*
 * Bookable frames: sessions cut into slots, less what is closed and what is
 * claimed.  One look at sessions, closures and claims serves a whole list.
 */
#include "room/slot.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "room/claim.h"
#include "room/closure.h"
#include "room/place.h"

/* Everything that decides whether a frame is free, read once for a span. */
struct board {
	const struct closures *closures;
	const struct claimed *claimed;
	struct booth *booths; /* of `place` */
	int booth_count;
	int64_t place;
	int64_t earliest_at, latest_at; /* starts allowed, latest exclusive */
};

struct slots {
	struct slot *slots;
	size_t count, room;
};

static int64_t slot_earliest(const struct desk *, const struct policy *);
static int64_t slot_latest(const struct desk *, const struct policy *);
static int board_open(struct desk *, const struct policy *, int64_t from_at,
    int64_t until_at, int64_t holder, struct board *);
static enum slot_state board_says(struct desk *, struct board *,
    const struct session *, int64_t starts_at, int64_t ends_at);
static int slots_of_session(struct desk *, struct board *,
    const struct session *, const struct slot_filter *, struct slots *);
static bool is_frame(struct slot *);
static void slots_add(struct desk *, struct slots *, const struct slot *);
static int by_start(const void *, const void *);
static int slots_nearest(struct desk *, const struct policy *,
    const struct slot *wanted, int64_t theme, struct slots *, size_t most);

int
slot_list(struct desk *d, const struct policy *policy,
    const struct slot_filter *filter, struct slot **out)
{
	struct session_filter sessions_of = {
		.theme = filter->theme,
		.place = filter->place,
		.channel = filter->channel,
		.from_at = filter->from_at,
		.until_at = filter->until_at,
	};
	struct session *sessions;
	struct slots slots = { 0 };
	struct board board;
	int count;

	if (sessions_of.from_at < slot_earliest(d, policy))
		sessions_of.from_at = slot_earliest(d, policy);
	if (sessions_of.until_at > slot_latest(d, policy))
		sessions_of.until_at = slot_latest(d, policy);
	*out = NULL;
	if (sessions_of.from_at >= sessions_of.until_at)
		return 0;
	count = session_list(d, &sessions_of, &sessions);
	if (count < 0 ||
	    board_open(d, policy, sessions_of.from_at, sessions_of.until_at,
		filter->holder, &board) < 0)
		return -1;
	for (int i = 0; i < count; i++)
		if (slots_of_session(d, &board, &sessions[i], filter, &slots) <
		    0)
			return -1;
	if (slots.count > 0)
		qsort(slots.slots, slots.count, sizeof(*slots.slots), by_start);
	if (filter->limit > 0 && slots.count > filter->limit)
		slots.count = filter->limit;
	*out = slots.slots;
	return (int)slots.count;
}

bool
slot_fits(const struct slot_filter *filter, const struct slot *slot)
{
	const struct session *s = &slot->session;
	int minute = when_minute(slot->starts_at);
	unsigned hours = filter->times & ~(unsigned)SLOT_WEEKEND;
	unsigned is = minute < 12 * 60 ? SLOT_MORNING
	    : minute < 17 * 60	       ? SLOT_DAYTIME
				       : SLOT_EVENING;

	if (slot->starts_at < filter->from_at ||
	    slot->starts_at >= filter->until_at)
		return false;
	if ((filter->theme != 0 && filter->theme != s->theme) ||
	    (filter->place != 0 && filter->place != s->place) ||
	    (filter->channel != NULL &&
		strcmp(filter->channel, s->channel) != 0))
		return false;
	if (filter->longer && !slot->longer)
		return false;
	if ((filter->times & SLOT_WEEKEND) != 0 &&
	    when_weekday(when_day(slot->starts_at)) < 6)
		return false;
	return hours == 0 || (hours & is) != 0;
}

enum slot_state
slot_get(struct desk *d, const struct policy *policy, const char *id,
    int64_t holder, struct slot *slot)
{
	struct board board;
	char *end;
	int found;

	memset(slot, 0, sizeof(*slot));
	errno = 0;
	int64_t session = strtoll(id, &end, 10);
	if (errno != 0 || session <= 0 || *end != '-' || id[0] < '0')
		return SLOT_UNKNOWN;
	const char *start = end + 1;
	slot->starts_at = strtoll(start, &end, 10);
	if (errno != 0 || *start < '0' || *start > '9' || *end != '\0')
		return SLOT_UNKNOWN;
	found = session_get(d, session, &slot->session);
	if (found < 0)
		return SLOT_FAULT;
	if (found == 0 || !is_frame(slot))
		return SLOT_UNKNOWN;
	if (board_open(d, policy, slot->starts_at, slot->ends_at, holder,
		&board) < 0)
		return SLOT_FAULT;
	return board_says(d, &board, &slot->session, slot->starts_at,
	    slot->ends_at);
}

int
slot_near(struct desk *d, const struct policy *policy,
    const struct slot *wanted, size_t most, struct slot **out)
{
	struct slots near = { 0 };

	if (slots_nearest(d, policy, wanted, wanted->session.theme, &near,
		most) < 0)
		return -1;
	if (near.count < most && wanted->session.theme != 0 &&
	    slots_nearest(d, policy, wanted, 0, &near, most) < 0)
		return -1;
	*out = near.slots;
	return (int)near.count;
}

char *
slot_id(struct arena *arena, const struct slot *slot)
{
	return arena_print(arena, "%" PRId64 "-%" PRId64, slot->session.id,
	    slot->starts_at);
}

/* Starts before this are past or nearer than the notice. */
static int64_t
slot_earliest(const struct desk *d, const struct policy *policy)
{
	return d->now + policy->notice_minutes * 60;
}

/* The booking window ends with the last minute of its last day. */
static int64_t
slot_latest(const struct desk *d, const struct policy *policy)
{
	return when_at(when_day(d->now) + policy->window_days + 1, 0);
}

static int
board_open(struct desk *d, const struct policy *policy, int64_t from_at,
    int64_t until_at, int64_t holder, struct board *board)
{
	/* Frames that begin inside the span reach beyond it. */
	int64_t past_at = until_at + DAY_S;

	*board = (struct board) {
		.closures = closure_between(d, policy, from_at, past_at),
		.claimed = claim_between(d, from_at, past_at, holder),
		.earliest_at = slot_earliest(d, policy),
		.latest_at = slot_latest(d, policy),
	};
	return board->closures == NULL || board->claimed == NULL ? -1 : 0;
}

static enum slot_state
board_says(struct desk *d, struct board *board, const struct session *session,
    int64_t starts_at, int64_t ends_at)
{
	int64_t claimed_until = ends_at + session->gap_minutes * 60;

	if (starts_at < board->earliest_at)
		return SLOT_PAST;
	if (starts_at >= board->latest_at)
		return SLOT_EARLY;
	if (closure_hits(board->closures, session, starts_at, ends_at))
		return SLOT_CLOSED;
	if (!claim_free(board->claimed, session->advisor, starts_at,
		claimed_until))
		return SLOT_TAKEN;
	if (board->place != session->place) {
		board->place = session->place;
		board->booth_count = place_booths(d, session->place,
		    &board->booths);
		if (board->booth_count < 0)
			return SLOT_FAULT;
	}
	for (int i = 0; i < board->booth_count; i++)
		if (claim_free(board->claimed, board->booths[i].id, starts_at,
			claimed_until))
			return SLOT_FREE;
	return SLOT_TAKEN;
}

static int
slots_of_session(struct desk *d, struct board *board,
    const struct session *session, const struct slot_filter *filter,
    struct slots *slots)
{
	struct slot slot = { .session = *session };

	for (int n = 0;
	     session_frame(session, n, &slot.starts_at, &slot.ends_at); n++) {
		enum slot_state says = board_says(d, board, session,
		    slot.starts_at, slot.ends_at);
		int64_t next_at, end_at;

		if (says == SLOT_FAULT)
			return -1;
		if (says != SLOT_FREE)
			continue;
		slot.longer = session_frame(session, n + 1, &next_at,
				  &end_at) &&
		    board_says(d, board, session, next_at, end_at) == SLOT_FREE;
		if (slot_fits(filter, &slot))
			slots_add(d, slots, &slot);
	}
	return 0;
}

/* Does a frame of its session begin there?  Then fills its end.  Any number
 * may come here: it is compared, never added to. */
static bool
is_frame(struct slot *slot)
{
	int64_t starts_at;

	for (int n = 0;
	     session_frame(&slot->session, n, &starts_at, &slot->ends_at); n++)
		if (starts_at == slot->starts_at)
			return true;
	return false;
}

static void
slots_add(struct desk *d, struct slots *slots, const struct slot *slot)
{
	if (slots->count == slots->room) {
		size_t room = slots->room == 0 ? 32 : slots->room * 2;
		struct slot *more = arena_array(d->arena, struct slot, room);

		if (slots->count > 0)
			memcpy(more, slots->slots,
			    slots->count * sizeof(*more));
		slots->slots = more;
		slots->room = room;
	}
	slots->slots[slots->count++] = *slot;
}

static int
by_start(const void *left, const void *right)
{
	const struct slot *a = left, *b = right;

	if (a->starts_at != b->starts_at)
		return a->starts_at < b->starts_at ? -1 : 1;
	return a->session.id < b->session.id ? -1
					     : a->session.id > b->session.id;
}

/* Adds free slots of a theme (0: any) around the wanted moment, nearest
 * first, until there are `most`. */
static int
slots_nearest(struct desk *d, const struct policy *policy,
    const struct slot *wanted, int64_t theme, struct slots *near, size_t most)
{
	struct slot_filter filter = {
		.theme = theme,
		.from_at = d->now,
		.until_at = slot_latest(d, policy),
	};
	struct slot *all;
	int count = slot_list(d, policy, &filter, &all);
	int after = 0;

	if (count < 0)
		return -1;
	while (after < count && all[after].starts_at < wanted->starts_at)
		after++;
	for (int before = after - 1; near->count < most;) {
		bool back = before >= 0 &&
		    (after == count ||
			wanted->starts_at - all[before].starts_at <
			    all[after].starts_at - wanted->starts_at);
		const struct slot *next;

		if (before < 0 && after == count)
			break;
		next = back ? &all[before--] : &all[after++];
		if (theme == 0 && wanted->session.theme != 0 &&
		    next->session.theme == wanted->session.theme)
			continue; /* in the list already */
		slots_add(d, near, next);
	}
	return 0;
}
