/*
 * Closing hours that may be booked already.  The digest of a preview stands
 * for everything that was shown: the hours, each booking with its version,
 * and whether a letter can reach her.
 */
#include "room/closing.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "room/advisor.h"
#include "room/audit.h"
#include "room/booking.h"
#include "room/place.h"
#include "room/policy.h"

#define LONGEST_S (INT64_C(366) * 86400)
#define DIGEST_BYTES 16
#define DIGESTED_MAX ((size_t)1 << 20)

static const struct db_field closing_row[] = {
	DB_FIELD(struct closing, id),
	DB_FIELD(struct closing, scope),
	DB_FIELD(struct closing, code),
	DB_FIELD(struct closing, owner),
	DB_FIELD(struct closing, starts_at),
	DB_FIELD(struct closing, ends_at),
	DB_END,
};

static const struct db_field hit_row[] = {
	DB_FIELD(struct closing_hit, id),
	DB_FIELD(struct closing_hit, version),
	DB_FIELD(struct closing_hit, code),
	DB_FIELD(struct closing_hit, theme_code),
	DB_FIELD(struct closing_hit, advisor_code),
	DB_FIELD(struct closing_hit, place_code),
	DB_FIELD(struct closing_hit, channel),
	DB_FIELD(struct closing_hit, place),
	DB_FIELD(struct closing_hit, starts_at),
	DB_FIELD(struct closing_hit, ends_at),
	DB_FIELD(struct closing_hit, reachable),
	DB_FIELD(struct closing_hit, letter),
	DB_END,
};

struct held {
	int64_t id;
};
static const struct db_field held_row[] = { DB_FIELD(struct held, id), DB_END };

static enum closing_result check(struct desk *, struct closing *);
static int owner_of(struct desk *, const struct closing *, int64_t *owner);
static void count_reachable(struct closing_effect *);
static const char *digest_of(struct desk *, const struct closing *,
    const struct closing_effect *);
static int put(struct desk *, struct closing *);
static int let_holds_go(struct desk *, const struct closing *);
static int cancel_all(struct desk *, const struct closing *,
    const struct closing_effect *);

enum closing_result
closing_preview(struct desk *d, struct closing *c, struct closing_effect *e)
{
	enum closing_result result = check(d, c);
	int count;

	*e = (struct closing_effect) { 0 };
	if (result != CLOSING_DONE)
		return result;
	/* A booking that reaches in may have begun the day before. */
	count = db_all(d->db, d->arena, hit_row, &e->hits, closing_hits,
	    .scope = c->scope, .owner = c->owner, .from_at = c->starts_at,
	    .until_at = c->ends_at, .from_day = when_day(c->starts_at) - 1,
	    .until_day = when_day(c->ends_at), .now = d->now);
	if (count < 0)
		return CLOSING_FAULT;
	e->count = count;
	count_reachable(e);
	e->digest = digest_of(d, c, e);
	return e->digest == NULL ? CLOSING_FAULT : CLOSING_DONE;
}

enum closing_result
closing_do(struct desk *d, struct closing *c, const char *digest,
    struct closing_effect *e)
{
	enum closing_result result = closing_preview(d, c, e);

	if (result != CLOSING_DONE)
		return result;
	if (strcmp(e->digest, digest) != 0)
		return CLOSING_CHANGED;
	if (put(d, c) < 0 || let_holds_go(d, c) < 0 ||
	    cancel_all(d, c, e) < 0 || policy_raise(d) < 0 ||
	    audit_write(d, "close", 0) < 0)
		return CLOSING_FAULT;
	return CLOSING_DONE;
}

int
closing_list(struct desk *d, struct closing **list)
{
	return db_all(d->db, d->arena, closing_row, list, closing_list,
	    .now = d->now);
}

int
closing_get(struct desk *d, int64_t id, struct closing *c,
    struct closing_effect *e)
{
	int count,
	    found = db_one(d->db, d->arena, closing_row, c, closing_get,
		.id = id);

	*e = (struct closing_effect) { 0 };
	if (found != 1)
		return found < 0 ? -1 : 0;
	count = db_all(d->db, d->arena, hit_row, &e->hits, closing_hit_by,
	    .closure = id);
	if (count < 0)
		return -1;
	e->count = count;
	count_reachable(e);
	return 1;
}

int
closing_reopen(struct desk *d, int64_t id)
{
	int gone = db_do(d->db, closing_reopen, .id = id, .now = d->now);

	if (gone <= 0)
		return gone < 0 ? -1 : 0;
	return policy_raise(d) < 0 || audit_write(d, "reopen", 0) < 0 ? -1 : 1;
}

static enum closing_result
check(struct desk *d, struct closing *c)
{
	int found = owner_of(d, c, &c->owner);

	if (found != 1)
		return found < 0 ? CLOSING_FAULT : CLOSING_UNKNOWN;
	if (c->ends_at <= c->starts_at)
		return CLOSING_ORDER;
	if (c->ends_at <= d->now)
		return CLOSING_OVER;
	if (c->ends_at - c->starts_at > LONGEST_S)
		return CLOSING_LONG;
	return CLOSING_DONE;
}

/* 1, 0 unknown, -1. */
static int
owner_of(struct desk *d, const struct closing *c, int64_t *owner)
{
	struct place place;
	struct advisor advisor;
	int found = 0;

	*owner = ROOM_ID;
	if (strcmp(c->scope, "room") == 0)
		return c->code[0] == '\0';
	if (strcmp(c->scope, "place") == 0) {
		found = place_by_code(d, c->code, &place);
		if (found == 1)
			*owner = place.id;
	} else if (strcmp(c->scope, "advisor") == 0) {
		found = advisor_by_code(d, c->code, &advisor);
		if (found == 1)
			*owner = advisor.id;
	}
	return found;
}

static void
count_reachable(struct closing_effect *e)
{
	e->reachable = 0;
	for (int i = 0; i < e->count; i++)
		e->reachable += e->hits[i].reachable != 0;
}

/* NULL: far more bookings than a room has in a year. */
static const char *
digest_of(struct desk *d, const struct closing *c,
    const struct closing_effect *e)
{
	uint8_t digest[DIGEST_BYTES];
	struct buf shown;
	bool full;

	buf_init(&shown, DIGESTED_MAX);
	buf_printf(&shown, "%s %" PRId64 " %" PRId64 " %" PRId64, c->scope,
	    c->owner, c->starts_at, c->ends_at);
	for (int i = 0; i < e->count; i++)
		buf_printf(&shown, "\n%" PRId64 " %" PRId64 " %d",
		    e->hits[i].id, e->hits[i].version, e->hits[i].reachable);
	full = shown.full;
	seal_digest(d->keys, SEAL_PREVIEW,
	    (struct bytes) { shown.data, shown.len }, digest, sizeof(digest));
	buf_free(&shown);
	return full ? NULL
		    : text_base64url(d->arena,
			  (struct bytes) { digest, sizeof(digest) });
}

/* The same closure twice is one. */
static int
put(struct desk *d, struct closing *c)
{
	if (db_do(d->db, closure_put, .id = seal_id(), .scope = c->scope,
		.owner = c->owner, .starts_at = c->starts_at,
		.ends_at = c->ends_at) < 0)
		return -1;
	return db_value(d->db, &c->id, closing_find, .scope = c->scope,
		   .owner = c->owner, .starts_at = c->starts_at,
		   .ends_at = c->ends_at) == 1
	    ? 0
	    : -1;
}

/* Whoever is typing would otherwise confirm into closed hours. */
static int
let_holds_go(struct desk *d, const struct closing *c)
{
	struct held *held;
	int count = db_all(d->db, d->arena, held_row, &held, closing_holds,
	    .scope = c->scope, .owner = c->owner, .from_at = c->starts_at,
	    .until_at = c->ends_at);

	for (int i = 0; i < count; i++)
		if (booking_let_go(d, held[i].id) != BOOKED)
			return -1;
	return count < 0 ? -1 : 0;
}

static int
cancel_all(struct desk *d, const struct closing *c,
    const struct closing_effect *e)
{
	for (int i = 0; i < e->count; i++) {
		struct booking b;
		int64_t id = e->hits[i].id;

		if (db_do(d->db, closing_mark, .id = id, .closure = c->id) !=
			1 ||
		    booking_cancel(d, id, "room", &b) != BOOKED)
			return -1;
	}
	return 0;
}
