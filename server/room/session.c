/*
 * Dated blocks of openings, and the record of the frames they offered.  Past
 * sessions never change: no rule can reconstruct them later.
 */
#include "room/session.h"

#include "room/closure.h"

#define BATCH 64 /* sessions recorded at once */

static const struct db_field session_row[] = {
	DB_FIELD(struct session, id),
	DB_FIELD(struct session, opening),
	DB_FIELD(struct session, advisor),
	DB_FIELD(struct session, theme),
	DB_FIELD(struct session, place),
	DB_FIELD(struct session, theme_code),
	DB_FIELD(struct session, advisor_code),
	DB_FIELD(struct session, place_code),
	DB_FIELD(struct session, channel),
	DB_FIELD(struct session, starts_at),
	DB_FIELD(struct session, ends_at),
	DB_FIELD(struct session, slot_minutes),
	DB_FIELD(struct session, gap_minutes),
	DB_FIELD(struct session, anything),
	DB_END,
};

static int record_batch(struct desk *, const struct policy *);
static int record(struct desk *, const struct closures *,
    const struct session *);
static int offer(struct desk *, const struct session *, int64_t starts_at,
    int64_t ends_at);

int
session_list(struct desk *d, const struct session_filter *f,
    struct session **list)
{
	return db_all(d->db, d->arena, session_row, list, session_between,
	    .from_at = f->from_at, .until_at = f->until_at, .theme = f->theme,
	    .place = f->place, .channel = f->channel);
}

int
session_get(struct desk *d, int64_t id, struct session *s)
{
	return db_one(d->db, d->arena, session_row, s, session_get, .id = id);
}

struct session
session_copy(struct arena *arena, const struct session *from)
{
	struct session copy = *from;

	copy.theme_code = arena_dup(arena, from->theme_code);
	copy.advisor_code = arena_dup(arena, from->advisor_code);
	copy.place_code = arena_dup(arena, from->place_code);
	copy.channel = arena_dup(arena, from->channel);
	return copy;
}

bool
session_frame(const struct session *s, int n, int64_t *starts_at,
    int64_t *ends_at)
{
	*starts_at = s->starts_at + n * session_step(s);
	*ends_at = *starts_at + (int64_t)s->slot_minutes * 60;
	return *ends_at <= s->ends_at;
}

int64_t
session_step(const struct session *s)
{
	return (int64_t)(s->slot_minutes + s->gap_minutes) * 60;
}

int
session_record(struct desk *d)
{
	struct policy p;
	int all = 0, n, known = policy_get(d, &p);

	if (known != 1)
		return known;
	while ((n = record_batch(d, &p)) > 0)
		all += n;
	return n < 0 ? -1 : all;
}

int
session_next(struct desk *d, int64_t *at)
{
	*at = AT_NONE;
	return db_value(d->db, at, session_next) < 0 ? -1 : 0;
}

static int
record_batch(struct desk *d, const struct policy *p)
{
	struct session *list;
	struct closures *closures;
	int64_t until_at = 0;
	int n = db_all(d->db, d->arena, session_row, &list, session_unrecorded,
	    .now = d->now, .most = BATCH);

	if (n <= 0)
		return n < 0 ? -1 : 0;
	for (int i = 0; i < n; i++) {
		if (list[i].ends_at > until_at)
			until_at = list[i].ends_at;
	}
	closures = closure_between(d, p, list[0].starts_at, until_at);
	if (!closures)
		return -1;
	for (int i = 0; i < n; i++) {
		if (record(d, closures, &list[i]) < 0)
			return -1;
	}
	return n;
}

static int
record(struct desk *d, const struct closures *closures, const struct session *s)
{
	int64_t starts_at, ends_at;

	for (int n = 0; session_frame(s, n, &starts_at, &ends_at); n++) {
		if (!closure_hits(closures, s, starts_at, ends_at) &&
		    offer(d, s, starts_at, ends_at) < 0)
			return -1;
	}
	return db_must(d->db, session_recorded, .id = s->id);
}

static int
offer(struct desk *d, const struct session *s, int64_t starts_at,
    int64_t ends_at)
{
	int32_t day = when_day(starts_at);

	return db_must(d->db, session_offer, .session = s->id,
	    .starts_at = starts_at, .ends_at = ends_at, .advisor = s->advisor,
	    .theme = s->theme, .place = s->place, .channel = s->channel,
	    .day = day, .weekday = when_weekday(day),
	    .minute = when_minute(starts_at));
}
