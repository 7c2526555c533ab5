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
#include "room/notice.h"
#include "room/offer.h"
#include "room/opening.h"
#include "room/outbox.h"
#include "room/session.h"
#include "room/throttle.h"
#include "room/unreachable.h"
#include "store/ledger.h"

#define LOOK_AGAIN_S 60
#define OFFERS_REST_S 1 /* a crowd that books and cancels */

/* Each part is a job of its own on the writer: one that fails is taken back
 * alone, named in the log and tried again by the next walk; the others
 * stand.  One of the two functions is set; below 0 is a fault. */
struct part {
	const char *name;
	int (*run)(struct desk *);
	int (*run_in)(struct desk *, struct rounds *);
	bool daily;
};

struct chore {
	const struct part *part;
	struct rounds *rounds;
	struct job job;
	int32_t day; /* of the last time that it went well */
};

static int count(struct desk *, struct rounds *);
static int count_rest(struct desk *, struct rounds *);
static int forget(struct desk *, struct rounds *);
static int tell(struct desk *, struct rounds *);
static int scrub(struct desk *);
static int expire(struct desk *, struct rounds *);
static int keep_instant(struct desk *, struct rounds *);

/* A walk, in this order. */
static const struct part parts[] = {
	{ "record", .run = session_record },
	{ "sweep", .run = booking_sweep },
	{ "offer", .run = offer_walk },
	{ "rewind", .run = outbox_rewind },
	{ "digest", .run = notice_daily },
	{ "count", .run_in = count },
	{ "forget", .run_in = forget },
	{ "tell", .run_in = tell },
	{ "scrub", .run = scrub, .daily = true },
	{ "expand", .run = opening_expand, .daily = true },
	{ "purge_claims", .run = claim_purge, .daily = true },
	{ "purge_tries", .run = throttle_purge, .daily = true },
	{ "purge_keys", .run = idempotency_purge, .daily = true },
	{ "purge_letters", .run = outbox_purge, .daily = true },
	{ "purge_addresses", .run = unreachable_purge, .daily = true },
	{ "expire", .run_in = expire, .daily = true },
	{ "instant", .run_in = keep_instant },
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

static const struct part offers = { "offer", .run = offer_walk };
static const struct part rest = { "count", .run_in = count_rest };

struct rounds {
	struct web *web;
	struct courier *courier;
	struct bounces *bounces;
	struct event *timer;
	struct chore chores[PARTS];
	size_t walking; /* chores that are under way */
	struct tally counted; /* of flyers: what the walk in hand writes */
	struct tally rest; /* what the last job does */
	struct chore last;
	uint64_t generation; /* of the writer when last looked at */
	struct event *resting; /* between two walks for offers */
	struct chore offers;
	bool offering;
	bool news; /* while it rested or was under way */
};

static void on_timer(evutil_socket_t, short, void *);
static void on_rest(evutil_socket_t, short, void *);
static void walk(struct rounds *);
static int put(struct rounds *, struct chore *, const struct part *,
    void (*done)(void *, enum written));
static int run(struct db *, void *);
static struct desk desk_of(struct rounds *, struct db *);
static void walked(void *, enum written);
static void finished(void *, enum written);
static void offer(struct rounds *);
static bool somebody_waits(struct rounds *);
static void offered(void *, enum written);
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
	};
	for (size_t i = 0; i < PARTS; i++)
		r->chores[i].day = when_day(clock_now(web->clock));
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
	if (put(r, &r->last, &rest, finished) < 0)
		finished(&r->last, FAILED);
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

void
rounds_look(struct rounds *r)
{
	if (r->web->health.damaged)
		return; /* nothing more is written, no letter leaves */
	courier_wake(r->courier);
	bounces_look(r->bounces);
	if (r->walking == 0)
		walk(r);
	arm(r);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	rounds_look(arg);
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

static void
walk(struct rounds *r)
{
	int32_t today = when_day(clock_now(r->web->clock));

	tally_move(&r->counted, &r->web->tally);
	for (size_t i = 0; i < PARTS; i++)
		if (!parts[i].daily || r->chores[i].day != today)
			r->walking += put(r, &r->chores[i], &parts[i],
					  walked) == 0;
}

static int
put(struct rounds *r, struct chore *chore, const struct part *part,
    void (*done)(void *, enum written))
{
	chore->part = part;
	chore->rounds = r;
	chore->job = (struct job) { .run = run, .done = done, .arg = chore };
	return writer_put(r->web->writer, &chore->job);
}

/* On the writer.  A part that found nothing leaves no change behind. */
static int
run(struct db *db, void *arg)
{
	const struct chore *chore = arg;
	const struct part *part = chore->part;
	struct desk d = desk_of(chore->rounds, db);
	int64_t changes = db_changes(db);
	int result = part->run != NULL ? part->run(&d)
				       : part->run_in(&d, chore->rounds);

	arena_free(d.arena);
	return result < 0 ? -1 : db_changes(db) == changes;
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
count(struct desk *d, struct rounds *r)
{
	return tally_write(d, &r->counted);
}

static int
count_rest(struct desk *d, struct rounds *r)
{
	return tally_write(d, &r->rest);
}

static int
forget(struct desk *d, struct rounds *r)
{
	return forget_due(d, r->web->config->var);
}

/* Whoever minds the room, of bookings that lie outside its hours. */
static int
tell(struct desk *d, struct rounds *r)
{
	return r->web->config->alarm_to[0] == '\0' ? 0
						   : outbox_alarm_bookings(d);
}

/* Holds and letters that went since yesterday. */
static int
scrub(struct desk *d)
{
	db_scrub(d->db);
	return 0;
}

static int
expire(struct desk *d, struct rounds *r)
{
	return ledger_expire(d->arena, r->web->config->var);
}

static int
keep_instant(struct desk *d, struct rounds *r)
{
	return r->web->clock->rehearsal ? mark_instant(d) : 0;
}

static void
walked(void *arg, enum written written)
{
	struct chore *chore = arg;
	struct rounds *r = chore->rounds;

	r->walking--;
	finished(chore, written);
	if (written == FAILED)
		return;
	chore->day = when_day(clock_now(r->web->clock));
	if (chore->part->run_in == count)
		r->counted.count = 0;
}

static void
finished(void *arg, enum written written)
{
	const struct chore *chore = arg;

	if (written != FAILED)
		return;
	chore->rounds->web->health.rounds_undone++;
	log_fault("rounds.part", "part=%s reason=undone", chore->part->name);
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
	r->offering = put(r, &r->offers, &offers, offered) == 0;
}

static bool
somebody_waits(struct rounds *r)
{
	struct desk d = desk_of(r, r->web->read);
	bool waits = waitlist_any(&d) == 1;

	arena_free(d.arena);
	return waits;
}

static void
offered(void *arg, enum written written)
{
	const struct timeval pause = { .tv_sec = OFFERS_REST_S };
	struct chore *chore = arg;

	chore->rounds->offering = false;
	evtimer_add(chore->rounds->resting, &pause);
	finished(chore, written);
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
