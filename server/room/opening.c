/*
 * Recurring availability rules and the sessions they make.  A session is
 * known by its opening and the rule's own day, as RECURRENCE-ID does
 * (RFC 5545 3.8.4.4), so that a changed rule finds the sessions it made.
 */
#include "room/opening.h"

#include "base/ical.h"
#include "room/policy.h"

#define BEYOND_DAYS 7 /* sessions stand ready before their day opens */

static const struct db_field opening_row[] = {
	DB_FIELD(struct opening, id),
	DB_FIELD(struct opening, code),
	DB_FIELD(struct opening, advisor),
	DB_FIELD(struct opening, theme),
	DB_FIELD(struct opening, place),
	DB_FIELD(struct opening, first_day),
	DB_FIELD(struct opening, start_minute),
	DB_FIELD(struct opening, minutes),
	DB_FIELD(struct opening, rrule),
	DB_FIELD(struct opening, rdates),
	DB_FIELD(struct opening, exdates),
	DB_FIELD(struct opening, slot_minutes),
	DB_FIELD(struct opening, gap_minutes),
	DB_END,
};

/* A session that stands in the database. */
struct made {
	int64_t id;
	int original_day;
	int64_t advisor, theme, place;
	int64_t starts_at, ends_at;
	int slot_minutes, gap_minutes;
	int detached, withdrawn;
};

static const struct db_field made_row[] = {
	DB_FIELD(struct made, id),
	DB_FIELD(struct made, original_day),
	DB_FIELD(struct made, advisor),
	DB_FIELD(struct made, theme),
	DB_FIELD(struct made, place),
	DB_FIELD(struct made, starts_at),
	DB_FIELD(struct made, ends_at),
	DB_FIELD(struct made, slot_minutes),
	DB_FIELD(struct made, gap_minutes),
	DB_FIELD(struct made, detached),
	DB_FIELD(struct made, withdrawn),
	DB_END,
};

static int expand(struct desk *, const struct opening *, int32_t until_day);
static int days_ahead(struct desk *, const struct opening *, int32_t until_day,
    int32_t **days);
static int64_t start_of(const struct desk *, const struct opening *,
    int32_t day);
static int64_t end_of(const struct opening *, int32_t day);
static int add(struct desk *, const struct opening *, int32_t day);
static int bring_in_line(struct desk *, const struct opening *,
    const struct made *);
static int take_back(struct desk *, const struct made *);
static int look_after_bookings(struct desk *);

int
opening_list(struct desk *d, struct opening **list)
{
	return db_all(d->db, d->arena, opening_row, list, opening_list);
}

int
opening_put(struct desk *d, const struct opening *o)
{
	return db_must(d->db, opening_put, .id = o->id ? o->id : seal_id(),
	    .code = o->code, .advisor = o->advisor, .theme = o->theme,
	    .place = o->place, .first_day = o->first_day,
	    .start_minute = o->start_minute, .minutes = o->minutes,
	    .rrule = o->rrule, .rdates = o->rdates, .exdates = o->exdates,
	    .slot_minutes = o->slot_minutes, .gap_minutes = o->gap_minutes);
}

int
opening_withdraw(struct desk *d, int64_t id)
{
	return db_must(d->db, opening_withdraw, .id = id);
}

int
opening_expand(struct desk *d)
{
	struct policy p;
	struct opening *list;
	int n, changed, known = policy_get(d, &p);

	if (known != 1)
		return known;
	changed = db_do(d->db, opening_withdraw_sessions, .now = d->now);
	n = opening_list(d, &list);
	if (changed < 0 || n < 0)
		return -1;
	for (int i = 0; i < n; i++) {
		int more = expand(d, &list[i],
		    when_day(d->now) + p.window_days + BEYOND_DAYS);
		if (more < 0)
			return -1;
		changed += more;
	}
	/* While sessions stay, bookings stand in them as they did. */
	if (changed > 0 && (look_after_bookings(d) < 0 || policy_raise(d) < 0))
		return -1;
	return changed;
}

/*
 * Walks the rule's days and the sessions that stand, both by day.  Sessions
 * beyond the horizon, left by a wider window, follow their rule as well.
 */
static int
expand(struct desk *d, const struct opening *o, int32_t until_day)
{
	struct made *made;
	int32_t *days;
	int i = 0, k = 0, changed = 0;
	int standing = db_all(d->db, d->arena, made_row, &made,
	    opening_sessions, .opening = o->id, .from_day = when_day(d->now));
	int wanted;

	if (standing < 0)
		return -1;
	if (standing > 0 && made[standing - 1].original_day > until_day)
		until_day = made[standing - 1].original_day;
	wanted = days_ahead(d, o, until_day, &days);
	if (wanted < 0)
		return -1;
	while (i < wanted || k < standing) {
		int one;
		if (k == standing ||
		    (i < wanted && days[i] < made[k].original_day))
			one = add(d, o, days[i++]);
		else if (i == wanted || made[k].original_day < days[i])
			one = take_back(d, &made[k++]);
		else
			i++, one = bring_in_line(d, o, &made[k++]);
		if (one < 0)
			return -1;
		changed += one;
	}
	return changed;
}

/* The rule's days that have a frame to come. */
static int
days_ahead(struct desk *d, const struct opening *o, int32_t until_day,
    int32_t **days)
{
	int32_t today = when_day(d->now);
	int64_t starts_at = start_of(d, o, today);
	bool gone = starts_at <= d->now ||
	    starts_at + o->slot_minutes * 60 > end_of(o, today);

	return ical_expand(d->arena,
	    &(struct ical_rule) {
		.first_day = o->first_day,
		.start_minute = o->start_minute,
		.rrule = o->rrule,
		.rdates = o->rdates,
		.exdates = o->exdates,
	    },
	    today + gone, until_day, days);
}

/* When the rule's session of a day begins.  Today's, when its hour has come,
 * begins with the first frame that is still whole: what nobody was offered is
 * no part of the record. */
static int64_t
start_of(const struct desk *d, const struct opening *o, int32_t day)
{
	int64_t step = (o->slot_minutes + o->gap_minutes) * 60;
	int64_t starts_at = when_at(day, o->start_minute);

	if (starts_at <= d->now && day == when_day(d->now))
		starts_at += ((d->now - starts_at) / step + 1) * step;
	return starts_at;
}

static int64_t
end_of(const struct opening *o, int32_t day)
{
	return when_at(day, o->start_minute) + o->minutes * 60;
}

/* These three: 1 changed, 0 fine as it was, below 0 a fault. */
static int
add(struct desk *d, const struct opening *o, int32_t day)
{
	return db_do(d->db, opening_add_session, .id = seal_id(),
	    .opening = o->id, .original_day = day, .advisor = o->advisor,
	    .theme = o->theme, .place = o->place,
	    .starts_at = start_of(d, o, day), .ends_at = end_of(o, day),
	    .slot_minutes = o->slot_minutes, .gap_minutes = o->gap_minutes);
}

static int
bring_in_line(struct desk *d, const struct opening *o, const struct made *m)
{
	int64_t starts_at = start_of(d, o, m->original_day);
	int64_t ends_at = end_of(o, m->original_day);
	bool begun = !m->withdrawn && m->starts_at <= d->now;

	if (m->detached || begun)
		return 0;
	if (!m->withdrawn && m->advisor == o->advisor && m->theme == o->theme &&
	    m->place == o->place && m->starts_at == starts_at &&
	    m->ends_at == ends_at && m->slot_minutes == o->slot_minutes &&
	    m->gap_minutes == o->gap_minutes)
		return 0;
	return db_do(d->db, opening_set_session, .id = m->id,
	    .advisor = o->advisor, .theme = o->theme, .place = o->place,
	    .starts_at = starts_at, .ends_at = ends_at,
	    .slot_minutes = o->slot_minutes, .gap_minutes = o->gap_minutes);
}

static int
take_back(struct desk *d, const struct made *m)
{
	if (m->detached || m->withdrawn || m->starts_at <= d->now)
		return 0;
	return db_do(d->db, opening_withdraw_session, .id = m->id);
}

/* Bookings never move by themselves: they find another session around them
 * or staff must look. */
static int
look_after_bookings(struct desk *d)
{
	int32_t today = when_day(d->now);

	if (db_do(d->db, opening_reattach, .now = d->now, .today = today) < 0 ||
	    db_do(d->db, opening_flag, .now = d->now, .today = today) < 0 ||
	    db_do(d->db, opening_unflag, .now = d->now, .today = today) < 0)
		return -1;
	return 0;
}
