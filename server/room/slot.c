/*
 * Bookable frames: sessions cut into slots, less what is closed and what is
 * claimed.  Lists look at the board; what may be booked now is asked of the
 * database.
 */
#include "room/slot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "room/board.h"
#include "room/claim.h"
#include "room/closure.h"

#define SLOT_ID_MAX_CHARS 41

struct slots {
	struct slot *slots;
	size_t count, room;
	int64_t latest_at; /* of starts, exclusive */
};

static int64_t slot_earliest(const struct desk *, const struct policy *);
static int64_t slot_latest(const struct desk *, const struct policy *);
static int slots_of_day(struct desk *, struct board *, const struct policy *,
    const struct slot_filter *, int32_t day, struct slots *);
static enum slot_times part_of_day(const struct slot *);
static bool session_fits(const struct slot_filter *, const struct session *);
static void slots_of_session(struct desk *, const struct slot_filter *,
    const struct frames *, struct slots *);
static bool frame_free(const struct frames *, int n, int64_t latest_at);
static bool is_frame(struct slot *);
static void slots_add(struct desk *, struct slots *, const struct slot *);
static int by_start(const void *, const void *);
static int slots_nearest(struct desk *, const struct policy *,
    const struct slot *wanted, int64_t theme, struct slots *, size_t most);

int
slot_list(struct desk *d, const struct policy *policy,
    const struct slot_filter *filter, struct slot **out)
{
	struct board *own = d->board == NULL ? board_open(NULL) : NULL;
	struct slot_filter f = *filter;
	struct slots slots = { .latest_at = slot_latest(d, policy) };
	int result = 0;

	if (f.from_at < slot_earliest(d, policy))
		f.from_at = slot_earliest(d, policy);
	if (f.until_at > slots.latest_at)
		f.until_at = slots.latest_at;
	/* A session may begin the day before its frames. */
	if (f.from_at < f.until_at)
		for (int32_t day = when_day(f.from_at) - 1;
		     day <= when_day(f.until_at - 1) && result == 0; day++)
			result = slots_of_day(d, own ? own : d->board, policy,
			    &f, day, &slots);
	board_close(own);
	if (slots.count > 0)
		qsort(slots.slots, slots.count, sizeof(*slots.slots), by_start);
	if (filter->limit > 0 && slots.count > filter->limit)
		slots.count = filter->limit;
	*out = slots.slots;
	return result < 0 ? -1 : (int)slots.count;
}

bool
slot_fits(const struct slot_filter *filter, const struct slot *slot)
{
	unsigned hours = filter->times & ~(unsigned)SLOT_WEEKEND;

	if (slot->starts_at < filter->from_at ||
	    slot->starts_at >= filter->until_at)
		return false;
	if (!session_fits(filter, &slot->session) ||
	    (filter->longer && !slot->longer))
		return false;
	if ((filter->times & SLOT_WEEKEND) != 0 &&
	    when_weekday(when_day(slot->starts_at)) < 6)
		return false;
	return hours == 0 || (hours & part_of_day(slot)) != 0;
}

enum slot_state
slot_get(struct desk *d, const struct policy *policy, const char *id,
    int64_t holder, struct slot *slot)
{
	struct closures *closures;
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
	if (slot->starts_at < slot_earliest(d, policy))
		return SLOT_PAST;
	if (slot->starts_at >= slot_latest(d, policy))
		return SLOT_EARLY;
	closures = closure_between(d, policy, slot->starts_at, slot->ends_at);
	if (closures == NULL)
		return SLOT_FAULT;
	if (closure_hits(closures, &slot->session, slot->starts_at,
		slot->ends_at))
		return SLOT_CLOSED;
	found = claim_free(d, slot, holder);
	return found < 0 ? SLOT_FAULT : found == 0 ? SLOT_TAKEN : SLOT_FREE;
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
	struct buf id;
	char *kept;

	buf_init(&id, SLOT_ID_MAX_CHARS);
	buf_number(&id, slot->session.id);
	buf_putc(&id, '-');
	buf_number(&id, slot->starts_at);
	kept = buf_keep(&id, arena);
	buf_free(&id);
	return kept;
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
slots_of_day(struct desk *d, struct board *board, const struct policy *policy,
    const struct slot_filter *filter, int32_t day, struct slots *slots)
{
	struct frames *sessions;
	int count = board_day(board, d, policy, day, &sessions);

	for (int i = 0; i < count; i++) {
		const struct session *session = &sessions[i].session;

		if (session->starts_at >= filter->until_at ||
		    session->ends_at <= filter->from_at ||
		    !session_fits(filter, session))
			continue;
		if (board_look(board, d, &sessions[i], filter->holder) < 0)
			return -1;
		slots_of_session(d, filter, &sessions[i], slots);
	}
	return count < 0 ? -1 : 0;
}

static enum slot_times
part_of_day(const struct slot *slot)
{
	int minute = when_minute(slot->starts_at);

	return minute < 12 * 60 ? SLOT_MORNING
	    : minute < 17 * 60	? SLOT_DAYTIME
				: SLOT_EVENING;
}

static bool
session_fits(const struct slot_filter *filter, const struct session *session)
{
	return (!filter->anything || session->anything) &&
	    (filter->theme == 0 || filter->theme == session->theme) &&
	    (filter->place == 0 || filter->place == session->place) &&
	    (filter->channel == NULL ||
		strcmp(filter->channel, session->channel) == 0);
}

/* The words of a session are copied once for all of its slots: the board
 * forgets them when the room changes. */
static void
slots_of_session(struct desk *d, const struct slot_filter *filter,
    const struct frames *f, struct slots *slots)
{
	struct slot slot = { .session = session_copy(d->arena, &f->session) };

	for (int n = 0; n < f->count; n++) {
		session_frame(&f->session, n, &slot.starts_at, &slot.ends_at);
		if (!f->free[n])
			continue;
		slot.longer = frame_free(f, n + 1, slots->latest_at);
		if (slot_fits(filter, &slot))
			slots_add(d, slots, &slot);
	}
}

static bool
frame_free(const struct frames *f, int n, int64_t latest_at)
{
	int64_t starts_at, ends_at;

	return n < f->count && f->free[n] &&
	    session_frame(&f->session, n, &starts_at, &ends_at) &&
	    starts_at < latest_at;
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
