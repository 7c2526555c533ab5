/*
 * Claims on quarter hours.  The primary key (resource, unit) is what keeps
 * two people from one frame; everything here only asks it politely.
 */
#include "room/claim.h"

#include <stdlib.h>

#include "base/log.h"
#include "room/place.h"

#define UNITS_A_DAY (DAY_S / QUARTER_S)

static const struct db_field claim_row[] = {
	DB_FIELD(struct claim, resource),
	DB_FIELD(struct claim, unit),
	DB_FIELD(struct claim, expires_at),
	DB_END,
};

#define ANY 0 /* no resource has this id */

/* Quarters of a frame and of the gap behind it: first..past, exclusive. */
struct span {
	int64_t first, past;
};

static uint64_t mark_of(int64_t resource, int64_t day);
static void touch(struct desk *, int64_t resource, int64_t unit);
static struct span span_of(const struct slot *);
static int lapse(struct desk *, int64_t resource, struct span);
static enum claim_result claim_all(struct desk *, int64_t resource, struct span,
    int64_t holder, int64_t expires_at);
static enum claim_result claim_booth(struct desk *, const struct slot *,
    struct span, int64_t holder, int64_t expires_at, int64_t *booth);

enum claim_result
claim_slot(struct desk *d, const struct slot *slot, int64_t holder,
    int64_t expires_at, int64_t *booth)
{
	struct span span = span_of(slot);
	int64_t advisor = slot->session.advisor;
	enum claim_result result;

	if (lapse(d, advisor, span) < 0)
		return CLAIM_FAULT;
	result = claim_all(d, advisor, span, holder, expires_at);
	if (result != CLAIMED)
		return result;
	return claim_booth(d, slot, span, holder, expires_at, booth);
}

int
claim_keep(struct desk *d, int64_t holder, int64_t expires_at)
{
	return db_do(d->db, claim_keep, .holder = holder,
	    .expires_at = expires_at);
}

int
claim_release(struct desk *d, int64_t holder)
{
	struct claim *released;
	int count = db_all(d->db, d->arena, claim_row, &released, claim_release,
	    .holder = holder);

	for (int i = 0; i < count; i++)
		touch(d, released[i].resource, released[i].unit);
	return count < 0 ? -1 : count;
}

int
claim_purge(struct desk *d)
{
	return db_do(d->db, claim_purge, .past = (d->now - DAY_S) / QUARTER_S);
}

int
claim_list(struct desk *d, int64_t resource, int64_t from_at, int64_t until_at,
    int64_t but_holder, struct claim **list)
{
	return db_all(d->db, d->arena, claim_row, list, claim_list,
	    .resource = resource, .first = from_at / QUARTER_S,
	    .past = (until_at + QUARTER_S - 1) / QUARTER_S,
	    .but_holder = but_holder, .now = d->now);
}

int
claim_free(struct desk *d, const struct slot *slot, int64_t but_holder)
{
	int64_t until_at = slot->ends_at + slot->session.gap_minutes * 60;
	struct booth *booths;
	struct claim *claims;
	int taken = claim_list(d, slot->session.advisor, slot->starts_at,
	    until_at, but_holder, &claims);
	int count;

	if (taken != 0)
		return taken < 0 ? -1 : 0;
	count = place_booths(d, slot->session.place, &booths);
	taken = count < 0 ? -1 : 1;
	for (int i = 0; i < count && taken > 0; i++)
		taken = claim_list(d, booths[i].id, slot->starts_at, until_at,
		    but_holder, &claims);
	return taken < 0 ? -1 : taken == 0;
}

bool
claim_touched(const struct marks *marks, int64_t resource, int64_t from_at,
    int64_t until_at, uint64_t generation)
{
	int64_t last = (until_at - 1) / DAY_S;

	for (int64_t day = from_at / DAY_S; day <= last; day++)
		if (marks_touched(marks, mark_of(resource, day), generation))
			return true;
	return false;
}

bool
claim_any_touched(const struct marks *marks, uint64_t generation)
{
	return marks_touched(marks, mark_of(ANY, 0), generation);
}

/* A day of UTC: any division of the line will do. */
static uint64_t
mark_of(int64_t resource, int64_t day)
{
	return (uint64_t)resource * 31 + (uint64_t)day;
}

static void
touch(struct desk *d, int64_t resource, int64_t unit)
{
	db_touch(d->db, mark_of(resource, unit / UNITS_A_DAY));
	db_touch(d->db, mark_of(ANY, 0));
}

static struct span
span_of(const struct slot *slot)
{
	int64_t gap_s = slot->session.gap_minutes * 60;

	return (struct span) {
		.first = slot->starts_at / QUARTER_S,
		.past = (slot->ends_at + gap_s + QUARTER_S - 1) / QUARTER_S,
	};
}

static int
lapse(struct desk *d, int64_t resource, struct span span)
{
	return db_do(d->db, claim_lapse, .resource = resource,
	    .first = span.first, .past = span.past, .now = d->now);
}

/* In key order, so that two wishes meet at the same quarter. */
static enum claim_result
claim_all(struct desk *d, int64_t resource, struct span span, int64_t holder,
    int64_t expires_at)
{
	for (int64_t unit = span.first; unit < span.past; unit++) {
		touch(d, resource, unit);
		int done = db_do(d->db, claim_add, .resource = resource,
		    .unit = unit, .holder = holder, .expires_at = expires_at);

		if (done == DB_CONFLICT)
			return CLAIM_TAKEN;
		if (done < 0)
			return CLAIM_FAULT;
	}
	return CLAIMED;
}

static enum claim_result
claim_booth(struct desk *d, const struct slot *slot, struct span span,
    int64_t holder, int64_t expires_at, int64_t *booth)
{
	struct booth *booths;
	int count = place_booths(d, slot->session.place, &booths);

	for (int i = 0; i < count; i++) {
		int64_t taken;

		if (lapse(d, booths[i].id, span) < 0 ||
		    db_value(d->db, &taken, claim_taken,
			.resource = booths[i].id, .first = span.first,
			.past = span.past) < 0)
			return CLAIM_FAULT;
		if (taken > 0)
			continue;
		*booth = booths[i].id;
		return claim_all(d, booths[i].id, span, holder, expires_at);
	}
	return count < 0 ? CLAIM_FAULT : CLAIM_TAKEN;
}
