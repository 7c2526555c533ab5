/* Times that are taken away from slots; bookings stay. */
#ifndef ROOM_CLOSURE_H
#define ROOM_CLOSURE_H

#include <stdbool.h>

#include "room/policy.h"
#include "room/session.h"

struct closure {
	int64_t id;
	const char *scope;	/* 'room', 'place', 'advisor' */
	int64_t owner;
	int64_t starts_at, ends_at;
};

/* All closures that touch a span, together with the closed days in it
 * (holiday_closed); computed once, asked per frame. */
struct closures;
struct closures *closure_between(struct desk *, const struct policy *,
    int64_t from_at, int64_t until_at);	/* NULL: fault */
bool closure_hits(const struct closures *, const struct session *,
    int64_t starts_at, int64_t ends_at);

#endif
