/* Forgetting whose a booking was. */
#include "room/forget.h"

#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "room/audit.h"
#include "room/claim.h"
#include "room/policy.h"
#include "room/stage.h"
#include "room/unreachable.h"
#include "room/waitlist.h"
#include "store/ledger.h"

#define BATCH 500 /* visits a round */

struct known {
	int64_t id;
};
static const struct db_field known_row[] = { DB_FIELD(struct known, id),
	DB_END };

static enum forgot ready(struct desk *, const struct booking *, bool guest);
static enum forgot wish(struct desk *, struct booking *, bool later);
static enum forgot now(struct desk *, const char *var, struct booking *);
static int erase(struct desk *, int64_t id);
static int withdraw(struct desk *, int64_t id);
static int erase_all(struct desk *, const struct known *, int count);
static int recall(struct desk *, int64_t id);

enum forgot
forget_visit(struct desk *d, const char *var, int64_t id, const char *by,
    struct booking *b)
{
	bool guest = strcmp(by, "guest") == 0;
	int found = booking_by_id(d, id, b);
	enum forgot result = found < 0 ? FORGOT_FAULT : FORGOT_UNKNOWN;

	if (found == 1 && b->forgotten_at != 0)
		return FORGOT; /* the second click */
	if (found == 1)
		result = ready(d, b, guest);
	if (result == FORGOT)
		result = now(d, var, b);
	else if (result == FORGOT_LATER)
		result = wish(d, b, true);
	if ((result == FORGOT || result == FORGOT_LATER) && !guest &&
	    audit_write(d, "forget", id) < 0)
		return FORGOT_FAULT;
	return result;
}

enum forgot
forget_not(struct desk *d, int64_t id, struct booking *b)
{
	int found = booking_by_id(d, id, b);

	if (found != 1)
		return found < 0 ? FORGOT_FAULT : FORGOT_UNKNOWN;
	return b->forgotten_at != 0 ? FORGOT : wish(d, b, false);
}

int
forget_due(struct desk *d, const char *var)
{
	struct policy policy;
	struct known *wished, *old;
	int64_t *ids;
	int asked = db_all(d->db, d->arena, known_row, &wished, forget_wished,
	    .now = d->now, .most = BATCH);
	int late;

	if (asked < 0 || policy_get(d, &policy) != 1)
		return -1;
	ids = arena_array(d->arena, int64_t, (size_t)asked + 1);
	for (int i = 0; i < asked; i++)
		ids[i] = wished[i].id;
	if (ledger_add(d->arena, var, LEDGER_VISIT, ids, (size_t)asked) < 0)
		asked = 0; /* a full disk must not stop all other rounds */
	if (erase_all(d, wished, asked) < 0)
		return -1;
	/* A restored copy finds these by itself: they need no ledger. */
	late = db_all(d->db, d->arena, known_row, &old, forget_old,
	    .before = d->now - policy.forget_days * DAY_S, .most = BATCH);
	if (late < 0 || erase_all(d, old, late) < 0)
		return -1;
	return asked + late;
}

int
forget_again(struct desk *d, const char *var)
{
	int64_t *visits, *wishes;
	int again = 0, over = 0;
	int visit_count = ledger_read(d->arena, var, LEDGER_VISIT, &visits);
	int wish_count = ledger_read(d->arena, var, LEDGER_WISH, &wishes);

	if (visit_count < 0 || wish_count < 0)
		return -1;
	for (int i = 0; i < visit_count; i++) {
		/* Its wish may not have come true yet. */
		int ended = waitlist_drop(d, visits[i]);
		int erased = recall(d, visits[i]) < 0 ? -1
						      : erase(d, visits[i]);

		if (ended < 0 || erased < 0)
			return -1;
		again += erased;
		over += ended;
	}
	for (int i = 0; i < wish_count; i++) {
		int ended = waitlist_drop(d, wishes[i]);

		if (ended < 0)
			return -1;
		over += ended;
	}
	if (again + over > 0)
		log_event("forget.again", "bookings=%d wishes=%d", again, over);
	return again + over;
}

/* FORGOT: at once. */
static enum forgot
ready(struct desk *d, const struct booking *b, bool guest)
{
	int64_t waiting = 0;

	switch (booking_stage(b, d->now)) {
	case STAGE_HELD:
	case STAGE_LAPSED:
		return FORGOT_UNKNOWN;
	case STAGE_AHEAD:
	case STAGE_NOW:
		return FORGOT_LATER;
	case STAGE_OVER:
	case STAGE_CAME:
	case STAGE_CANCELLED:
		break;
	}
	if (!guest &&
	    db_value(d->db, &waiting, forget_waits, .booking = b->id,
		.now = d->now) != 1)
		return FORGOT_FAULT;
	return waiting > 0 ? FORGOT_LATER : FORGOT;
}

static enum forgot
wish(struct desk *d, struct booking *b, bool later)
{
	if (b->forget_after != later &&
	    (db_do(d->db, forget_wish, .id = b->id, .version = b->version,
		 .wish = later) != 1 ||
		booking_by_id(d, b->id, b) != 1))
		return FORGOT_FAULT;
	return FORGOT_LATER;
}

/* The ledger comes first: killed between the two, the next start finishes
 * what she was not told of yet. */
static enum forgot
now(struct desk *d, const char *var, struct booking *b)
{
	if (ledger_add(d->arena, var, LEDGER_VISIT, &b->id, 1) < 0 ||
	    erase(d, b->id) != 1 || booking_by_id(d, b->id, b) != 1)
		return FORGOT_FAULT;
	return FORGOT;
}

/* 1, 0 when nothing of her was known, -1. */
static int
erase(struct desk *d, int64_t id)
{
	int known = db_do(d->db, forget_booking, .id = id, .now = d->now);

	if (known <= 0)
		return known < 0 ? -1 : 0;
	if (withdraw(d, id) < 0 ||
	    db_must(d->db, forget_letters, .booking = id) < 0 ||
	    db_must(d->db, forget_offers, .booking = id) < 0 ||
	    db_must(d->db, forget_answers, .booking = id) < 0 ||
	    unreachable_purge(d) < 0)
		return -1;
	db_scrub(d->db);
	return 1;
}

/* She waits for no earlier time any more. */
static int
withdraw(struct desk *d, int64_t id)
{
	struct wish earlier;
	int found = waitlist_of_booking(d, id, &earlier);

	return found == 1 ? waitlist_drop(d, earlier.id) : found;
}

/* Each by itself: a row that cannot be erased must not keep the others. */
static int
erase_all(struct desk *d, const struct known *list, int count)
{
	for (int i = 0; i < count; i++) {
		if (db_save(d->db) < 0)
			return -1;
		if (erase(d, list[i].id) < 0) {
			if (db_doomed(d->db))
				return -1;
			log_fault("forget.visit", "booking=%" PRId64,
			    list[i].id);
			db_undo(d->db);
		} else if (db_release(d->db) < 0)
			return -1;
	}
	return 0;
}

/* The restored database may not know yet that she had cancelled it. */
static int
recall(struct desk *d, int64_t id)
{
	int ahead = db_do(d->db, forget_undone, .id = id, .now = d->now);

	if (ahead <= 0)
		return ahead < 0 ? -1 : 0;
	return claim_release(d, id);
}
