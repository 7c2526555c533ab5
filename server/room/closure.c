/*
 * Times that are taken away from slots: closures of the room, a place or an
 * advisor, and closed days.  All of them become plain spans here, computed
 * once for many frames.  Bookings stay.
 */
#include "room/closure.h"

#include "room/holiday.h"

/* A span closed for an advisor, a place, or, where both are 0, for all. */
struct closed_span {
	int64_t advisor, place;
	int64_t starts_at, ends_at;
};

struct closures {
	size_t count;
	struct closed_span spans[];
};

static const struct db_field closure_row[] = {
	DB_FIELD(struct closure, id),
	DB_FIELD(struct closure, scope),
	DB_FIELD(struct closure, owner),
	DB_FIELD(struct closure, starts_at),
	DB_FIELD(struct closure, ends_at),
	DB_END,
};

static void add_closure(struct closures *, const struct closure *);
static void add_days(struct closures *, int32_t from_day, int32_t until_day,
    const bool *closed);

struct closures *
closure_between(struct desk *d, const struct policy *p, int64_t from_at,
    int64_t until_at)
{
	int32_t from_day = when_day(from_at), until_day = when_day(until_at);
	size_t days = (size_t)(until_day - from_day) + 1;
	bool *closed = arena_array(d->arena, bool, days);
	struct closures *c;
	struct closure *list;
	int n = db_all(d->db, d->arena, closure_row, &list, closure_between,
	    .from_at = from_at, .until_at = until_at);

	if (n < 0 ||
	    holiday_closed_between(d, p, from_day, until_day, closed) < 0)
		return NULL;
	c = arena_get(d->arena,
	    sizeof(*c) + sizeof(c->spans[0]) * ((size_t)n + days));
	for (int i = 0; i < n; i++)
		add_closure(c, &list[i]);
	add_days(c, from_day, until_day, closed);
	return c;
}

bool
closure_hits(const struct closures *c, const struct session *s,
    int64_t starts_at, int64_t ends_at)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct closed_span *x = &c->spans[i];
		if (x->starts_at < ends_at && x->ends_at > starts_at &&
		    (x->advisor == 0 || x->advisor == s->advisor) &&
		    (x->place == 0 || x->place == s->place))
			return true;
	}
	return false;
}

static void
add_closure(struct closures *c, const struct closure *from)
{
	c->spans[c->count++] = (struct closed_span) {
		.advisor = from->scope[0] == 'a' ? from->owner : 0,
		.place = from->scope[0] == 'p' ? from->owner : 0,
		.starts_at = from->starts_at,
		.ends_at = from->ends_at,
	};
}

/* Neighbouring closed days become one span. */
static void
add_days(struct closures *c, int32_t from_day, int32_t until_day,
    const bool *closed)
{
	for (int32_t day = from_day; day <= until_day; day++) {
		int32_t first = day;
		while (day <= until_day && closed[day - from_day])
			day++;
		if (day > first)
			c->spans[c->count++] = (struct closed_span) {
				.starts_at = when_at(first, 0),
				.ends_at = when_at(day, 0),
			};
	}
}
