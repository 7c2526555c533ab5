/* What the room does by itself: record, sweep, expand, purge, forget, send. */
#include "rounds.h"

#include <event2/event.h>
#include <stdlib.h>

#include "base/log.h"
#include "bounces.h"
#include "room/booking.h"
#include "room/claim.h"
#include "room/forget.h"
#include "room/idempotency.h"
#include "room/mark.h"
#include "room/offer.h"
#include "room/opening.h"
#include "room/outbox.h"
#include "room/session.h"
#include "room/throttle.h"
#include "store/ledger.h"

#define LOOK_AGAIN_S 60
#define OFFERS_REST_S 1 /* a crowd that books and cancels */

struct rounds {
	struct web *web;
	struct courier *courier;
	struct bounces *bounces;
	struct event *timer;
	struct job job, last;
	bool busy;
	struct tally counted; /* of flyers: what the job in hand writes */
	struct tally rest; /* what the last one does */
	uint64_t generation; /* of the writer when last looked at */
	int32_t day; /* of the last daily work */
	struct event *resting; /* between two walks for offers */
	struct job offers;
	bool offering;
	bool news; /* while it rested or was under way */
};

static void on_timer(evutil_socket_t, short, void *);
static void on_rest(evutil_socket_t, short, void *);
static int walk(struct db *, void *);
static int finish(struct db *, void *);
static struct desk desk_of(struct rounds *, struct db *);
static int daily(struct desk *, const char *var);
static void offer(struct rounds *);
static bool somebody_waits(struct rounds *);
static int offer_run(struct db *, void *);
static void offered(void *, enum written);
static void walked(void *, enum written);
static void finished(void *, enum written);
static void arm(struct rounds *);
static int letter_wait_s(struct rounds *);
static int wait_for(struct rounds *, int (*next)(struct desk *, int64_t *at));

struct rounds *
rounds_open(struct event_base *base, struct web *web, struct courier *courier,
    struct bounces *bounces)
{
	struct rounds *r = mem_get(sizeof(*r));

	*r = (struct rounds) {
		.web = web,
		.courier = courier,
		.bounces = bounces,
		.timer = evtimer_new(base, on_timer, r),
		.resting = evtimer_new(base, on_rest, r),
		.day = when_day(clock_now(web->clock)),
	};
	arm(r);
	courier_wake(courier);
	bounces_look(bounces);
	return r;
}

void
rounds_finish(struct rounds *r)
{
	if (r == NULL)
		return;
	tally_move(&r->rest, &r->web->tally);
	r->last = (struct job) { .run = finish, .done = finished, .arg = r };
	if (writer_put(r->web->writer, &r->last) < 0)
		finished(r, FAILED);
}

void
rounds_close(struct rounds *r)
{
	if (r == NULL)
		return;
	event_free(r->timer);
	event_free(r->resting);
	free(r);
}

void
rounds_news(struct rounds *r)
{
	uint64_t generation = writer_generation(r->web->writer);

	if (generation == r->generation)
		return;
	r->generation = generation;
	courier_wake(r->courier);
	offer(r);
	arm(r);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct rounds *r = arg;

	(void)fd;
	(void)what;
	if (r->web->health.damaged)
		return; /* nothing more is written, no letter leaves */
	courier_wake(r->courier);
	bounces_look(r->bounces);
	if (!r->busy) {
		tally_move(&r->counted, &r->web->tally);
		r->job = (struct job) { .run = walk, .done = walked, .arg = r };
		r->busy = writer_put(r->web->writer, &r->job) == 0;
	}
	arm(r);
}

static void
on_rest(evutil_socket_t fd, short what, void *arg)
{
	struct rounds *r = arg;

	(void)fd;
	(void)what;
	if (r->news)
		offer(r);
}

/* On the writer.  A round that found nothing leaves no change behind. */
static int
walk(struct db *db, void *arg)
{
	struct rounds *r = arg;
	struct desk d = desk_of(r, db);
	int64_t changes = db_changes(db);
	int result = session_record(&d) < 0 || booking_sweep(&d) < 0 ||
		offer_walk(&d) < 0 || outbox_rewind(&d) < 0 ||
		tally_write(&d, &r->counted) < 0 ||
		forget_due(&d, r->web->config->var) < 0
	    ? -1
	    : 0;

	if (result == 0 && when_day(d.now) != r->day) {
		result = daily(&d, r->web->config->var);
		r->day = when_day(d.now);
	}
	if (result == 0 && r->web->clock->rehearsal)
		result = mark_instant(&d);
	arena_free(d.arena);
	return result < 0 ? -1 : db_changes(db) == changes;
}

static int
finish(struct db *db, void *arg)
{
	struct rounds *r = arg;
	struct desk d = desk_of(r, db);
	int result = tally_write(&d, &r->rest);

	arena_free(d.arena);
	return result;
}

static struct desk
desk_of(struct rounds *r, struct db *db)
{
	return (struct desk) {
		.db = db,
		.arena = arena_new(),
		.keys = r->web->keys,
		.now = clock_now(r->web->clock),
		.actor = { .uid = -1 },
	};
}

static int
daily(struct desk *d, const char *var)
{
	db_scrub(d->db); /* holds and letters that went since */
	return opening_expand(d) < 0 || claim_purge(d) < 0 ||
		throttle_purge(d) < 0 || idempotency_purge(d) < 0 ||
		outbox_purge(d) < 0 || ledger_expire(d->arena, var) < 0
	    ? -1
	    : 0;
}

/* Whatever has changed may have freed a frame: it is offered before others
 * find it.  After a walk it rests, and what was new meanwhile is looked at
 * in one. */
static void
offer(struct rounds *r)
{
	r->news = true;
	if (r->offering || evtimer_pending(r->resting, NULL) ||
	    r->web->health.damaged || !somebody_waits(r))
		return;
	r->news = false;
	r->offers =
	    (struct job) { .run = offer_run, .done = offered, .arg = r };
	r->offering = writer_put(r->web->writer, &r->offers) == 0;
}

static bool
somebody_waits(struct rounds *r)
{
	struct desk d = desk_of(r, r->web->read);
	bool waits = waitlist_any(&d) == 1;

	arena_free(d.arena);
	return waits;
}

/* On the writer. */
static int
offer_run(struct db *db, void *arg)
{
	struct desk d = desk_of(arg, db);
	int64_t changes = db_changes(db);
	int result = offer_walk(&d);

	arena_free(d.arena);
	return result < 0 ? -1 : db_changes(db) == changes;
}

static void
offered(void *arg, enum written written)
{
	const struct timeval rest = { .tv_sec = OFFERS_REST_S };
	struct rounds *r = arg;

	r->offering = false;
	evtimer_add(r->resting, &rest);
	if (written == FAILED)
		log_fault("rounds.offers", "reason=undone");
}

static void
walked(void *arg, enum written written)
{
	struct rounds *r = arg;

	r->busy = false;
	if (written == FAILED)
		log_fault("rounds.walk", "reason=undone");
	else
		r->counted.count = 0;
}

static void
finished(void *arg, enum written written)
{
	(void)arg;
	if (written == FAILED)
		log_fault("rounds.finish", "reason=undone");
}

static void
arm(struct rounds *r)
{
	const int waits_s[] = { letter_wait_s(r), wait_for(r, session_next),
		wait_for(r, offer_next) };
	int wait_s = LOOK_AGAIN_S;

	for (size_t i = 0; i < sizeof(waits_s) / sizeof(waits_s[0]); i++)
		if (waits_s[i] < wait_s)
			wait_s = waits_s[i];
	struct timeval wait = { .tv_sec = wait_s < 1 ? 1 : wait_s };

	evtimer_add(r->timer, &wait);
}

/* No sooner than somebody would take it. */
static int
letter_wait_s(struct rounds *r)
{
	int rests_s = courier_rests_s(r->courier);
	int wait_s = wait_for(r, outbox_next);

	if (wait_s < rests_s)
		wait_s = rests_s;
	return wait_s < LOOK_AGAIN_S ? wait_s : LOOK_AGAIN_S;
}

/* Seconds until the moment that a table knows of. */
static int
wait_for(struct rounds *r, int (*next)(struct desk *, int64_t *at))
{
	struct desk d = desk_of(r, r->web->read);
	int wait_s = LOOK_AGAIN_S;
	int64_t at;

	if (next(&d, &at) >= 0 && at != AT_NONE)
		wait_s = clock_wait_s(r->web->clock, at, LOOK_AGAIN_S);
	arena_free(d.arena);
	return wait_s;
}
