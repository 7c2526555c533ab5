/*
 * The courier's round.  The writer takes rows that are due into the bag, a few
 * more than there are hands; a hand carries the first of them (worker); the
 * writer marks it.  Takes and marks are jobs of their own, so that while one
 * group of them is committed the hands go on and the next group gathers.
 */
#include "mail/courier.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/queue.h>
#include <time.h>

#include "base/log.h"
#include "mail/hand.h"

#define REST_MOST_S 300
#define AHEAD 16 /* letters in the bag for which no hand is free yet */

/* What the outbox holds, as far as is known; ONE_BY_ONE: only letters that
 * wait for a free hand. */
enum due { NOTHING, ONE_BY_ONE, MORE };

/* A letter on its way round; it lives in its errand's arena and goes with
 * that. */
struct parcel {
	STAILQ_ENTRY(parcel) entry; /* of the bag, of those unmarked */
	struct courier *courier;
	struct errand *errand;
	int rest_s; /* as the loop knew it */
	int weight; /* for how many letters it counts until it is marked */
	struct job job;
};
STAILQ_HEAD(parcels, parcel);

struct courier {
	const struct config *config;
	const struct keys *keys;
	const struct clock *clock;
	struct writer *writer;
	enum due due;
	struct parcels bag;
	int in_bag;
	struct parcels unmarked; /* the writer failed, or was full */
	struct {
		bool under_way, news; /* since it was put */
		int at_once, ahead; /* how many it may take */
		enum due left;
		struct parcels taken;
		struct job job;
	} take;
	bool stopping; /* takes no further row */
	int away; /* how often the server was, one rest after the other */
	int64_t rest_until; /* monotonic seconds */
	int marking; /* weight of all that is not on the disk yet */
	int count;
	struct hand *hands[SMTP_CONNECTIONS_MOST];
};

static void look(struct courier *);
static void take(struct courier *);
static int free_hands(const struct courier *);
static int take_run(struct db *, void *courier);
static void taken(void *courier, enum written);
static struct parcel *parcel_open(struct courier *);
static void parcel_close(struct parcel *);
static void parcels_close(struct parcels *);
static struct parcel *from_bag(struct courier *);
static void empty_bag(struct courier *);
static void carry(struct hand *, struct parcel *);
static void carried(void *parcel);
static void rested(void *courier);
static void note(struct courier *, const struct errand *);
static void mark(struct parcel *);
static void put_mark(struct parcel *);
static int mark_run(struct db *, void *parcel);
static void marked(void *parcel, enum written);
static void leave_unmarked(struct parcel *);
static struct desk desk_of(const struct courier *, struct db *,
    const struct errand *);
static int rest_s(const struct courier *);
static int64_t monotonic_s(void);

struct courier *
courier_open(const struct config *config, const struct keys *keys,
    const struct clock *clock, struct writer *writer, struct crew *crew)
{
	struct courier *c = mem_get(sizeof(*c));

	*c = (struct courier) {
		.config = config,
		.keys = keys,
		.clock = clock,
		.writer = writer,
		.count = courier_hands(config),
	};
	STAILQ_INIT(&c->bag);
	STAILQ_INIT(&c->unmarked);
	STAILQ_INIT(&c->take.taken);
	for (int i = 0; i < c->count; i++)
		c->hands[i] = hand_open(config, keys, clock, crew);
	return c;
}

int
courier_hands(const struct config *config)
{
	return config_by_smtp(config) ? config->smtp_connections : 1;
}

void
courier_stop(struct courier *c)
{
	if (c == NULL)
		return;
	c->stopping = true;
	for (int i = 0; i < c->count; i++)
		hand_hurry(c->hands[i]);
	empty_bag(c);
}

void
courier_settle(struct courier *c, struct db *db)
{
	struct parcel *p;

	if (c == NULL)
		return;
	STAILQ_FOREACH (p, &c->unmarked, entry) {
		if (db_begin(db) < 0)
			break;
		if (mark_run(db, p) < 0 || db_commit(db) < 0)
			db_rollback(db);
	}
	for (int i = 0; i < c->count; i++)
		hand_rest(c->hands[i], rested, c);
}

void
courier_close(struct courier *c)
{
	if (c == NULL)
		return;
	for (int i = 0; i < c->count; i++)
		hand_close(c->hands[i]);
	parcels_close(&c->unmarked);
	free(c);
}

void
courier_wake(struct courier *c)
{
	struct parcels again = STAILQ_HEAD_INITIALIZER(again);
	struct parcel *p;

	c->due = MORE;
	c->take.news = true;
	STAILQ_CONCAT(&again, &c->unmarked);
	while ((p = STAILQ_FIRST(&again)) != NULL) {
		STAILQ_REMOVE_HEAD(&again, entry);
		put_mark(p);
	}
	look(c);
}

int
courier_rests_s(const struct courier *c)
{
	int64_t left_s = c->rest_until - monotonic_s();

	if (left_s > 0)
		return (int)left_s;
	return free_hands(c) > 0 ? 0 : INT_MAX;
}

/* Gives what is in the bag to free hands, and sees to it that there is more.
 * Hands rest when neither is there and all is marked. */
static void
look(struct courier *c)
{
	for (int i = 0; i < c->count; i++)
		if (c->in_bag > 0 && free_hands(c) > 0 &&
		    !hand_is_busy(c->hands[i]))
			carry(c->hands[i], from_bag(c));
	if (!c->take.under_way)
		take(c);
	if (c->in_bag > 0 || c->take.under_way || c->marking > 0)
		return;
	for (int i = 0; i < c->count; i++)
		if (!hand_is_busy(c->hands[i]))
			hand_rest(c->hands[i], rested, c);
}

/* While the server is away one hand alone looks whether it is back. */
static void
take(struct courier *c)
{
	int ready = free_hands(c);

	if (c->stopping || monotonic_s() < c->rest_until || c->due == NOTHING ||
	    (c->due == ONE_BY_ONE && ready == 0))
		return;
	c->take.at_once = ready;
	c->take.ahead = c->in_bag <= AHEAD / 2 ? AHEAD - c->in_bag : 0;
	if (c->away > 0) {
		c->take.at_once = ready == c->count;
		c->take.ahead = 0;
	}
	if (c->take.at_once + c->take.ahead == 0)
		return;
	c->take.news = false;
	c->take.job = (struct job) {
		.run = take_run,
		.done = taken,
		.arg = c,
	};
	/* Else the timer wakes it again. */
	c->take.under_way = writer_put(c->writer, &c->take.job) == 0;
}

/* No letter is begun while more wait to be marked than there are hands: should
 * the end come now, those and the ones in hand may come twice.  All wait for
 * one that was not delivered, since the next may be for the same address. */
static int
free_hands(const struct courier *c)
{
	int idle = 0, most = c->count + 1 - c->marking;

	for (int i = 0; i < c->count; i++)
		idle += !hand_is_busy(c->hands[i]);
	return idle < most ? idle : most > 0 ? most : 0;
}

/* On the writer.  A turn that found nothing leaves no change behind, so that
 * looking does not count as news. */
static int
take_run(struct db *db, void *arg)
{
	struct courier *c = arg;
	int64_t changes = db_changes(db);
	int most = c->take.at_once + c->take.ahead, count = 0, found = 1;

	while (count < most && found == 1) {
		struct parcel *p = parcel_open(c);
		struct desk d = desk_of(c, db, p->errand);

		found = count < c->take.at_once
		    ? outbox_take(&d, &p->errand->row)
		    : outbox_take_ahead(&d, &p->errand->row);
		if (found == 1) {
			STAILQ_INSERT_TAIL(&c->take.taken, p, entry);
			count++;
		} else {
			parcel_close(p);
		}
	}
	if (found < 0)
		return -1;
	if (found == 1)
		c->take.left = MORE;
	else
		c->take.left = count < c->take.at_once ? NOTHING : ONE_BY_ONE;
	return db_changes(db) == changes;
}

static void
taken(void *arg, enum written written)
{
	struct courier *c = arg;
	struct parcel *p;

	c->take.under_way = false;
	if (written == FAILED) {
		parcels_close(&c->take.taken);
		c->due = NOTHING; /* until it is woken */
	} else if (!c->take.news) {
		c->due = c->take.left;
	}
	STAILQ_FOREACH (p, &c->take.taken, entry)
		c->in_bag++;
	STAILQ_CONCAT(&c->bag, &c->take.taken);
	if (c->stopping || monotonic_s() < c->rest_until)
		empty_bag(c);
	look(c);
}

static struct parcel *
parcel_open(struct courier *c)
{
	struct errand *e = errand_open();
	struct parcel *p = arena_get(e->arena, sizeof(*p));

	*p = (struct parcel) { .courier = c, .errand = e };
	return p;
}

static void
parcel_close(struct parcel *p)
{
	errand_close(p->errand);
}

static void
parcels_close(struct parcels *parcels)
{
	struct parcel *p;

	while ((p = STAILQ_FIRST(parcels)) != NULL) {
		STAILQ_REMOVE_HEAD(parcels, entry);
		parcel_close(p);
	}
}

static struct parcel *
from_bag(struct courier *c)
{
	struct parcel *p = STAILQ_FIRST(&c->bag);

	STAILQ_REMOVE_HEAD(&c->bag, entry);
	c->in_bag--;
	return p;
}

/* What nobody has carried has not been taken. */
static void
empty_bag(struct courier *c)
{
	while (c->in_bag > 0) {
		struct parcel *p = from_bag(c);

		p->errand->untried = true;
		mark(p);
	}
}

static void
carry(struct hand *h, struct parcel *p)
{
	struct courier *c = p->courier;

	p->errand->last = c->in_bag == 0 && c->due == NOTHING;
	hand_carry(h, p->errand, carried, p);
}

static void
carried(void *arg)
{
	struct parcel *p = arg;
	struct courier *c = p->courier;

	if (p->errand->asked || p->errand->answer.result == SMTP_AWAY)
		note(c, p->errand);
	mark(p);
	if (c->away > 0)
		empty_bag(c);
	look(c);
}

static void
rested(void *arg)
{
	look(arg);
}

static void
note(struct courier *c, const struct errand *e)
{
	if (e->answer.result != SMTP_AWAY) {
		c->away = 0;
		c->rest_until = 0;
	} else if (monotonic_s() >= c->rest_until) {
		c->away++;
		c->rest_until = monotonic_s() + rest_s(c);
	}
}

static void
mark(struct parcel *p)
{
	struct courier *c = p->courier;

	p->weight = p->errand->untried ||
		p->errand->answer.result == SMTP_DELIVERED
	    ? 1
	    : c->count + 1;
	c->marking += p->weight;
	p->rest_s = rest_s(c);
	put_mark(p);
}

static void
put_mark(struct parcel *p)
{
	p->job = (struct job) { .run = mark_run, .done = marked, .arg = p };
	if (writer_put(p->courier->writer, &p->job) < 0)
		leave_unmarked(p);
}

/* On the writer. */
static int
mark_run(struct db *db, void *arg)
{
	struct parcel *p = arg;
	struct desk d = desk_of(p->courier, db, p->errand);

	return errand_mark(&d, p->courier->config, p->errand, p->rest_s);
}

static void
marked(void *arg, enum written written)
{
	struct parcel *p = arg;
	struct courier *c = p->courier;

	if (written == FAILED) {
		log_fault("courier.mark", "outbox=%" PRId64, p->errand->row.id);
		leave_unmarked(p);
	} else {
		c->marking -= p->weight;
		errand_tell(p->errand);
		parcel_close(p);
	}
	look(c);
}

/* Until the next waking; others need not wait for it as well. */
static void
leave_unmarked(struct parcel *p)
{
	struct courier *c = p->courier;

	c->marking += 1 - p->weight;
	p->weight = 1;
	STAILQ_INSERT_TAIL(&c->unmarked, p, entry);
}

static struct desk
desk_of(const struct courier *c, struct db *db, const struct errand *e)
{
	return (struct desk) {
		.db = db,
		.arena = e->arena,
		.keys = c->keys,
		.now = clock_now(c->clock),
		.actor = { .uid = -1 },
	};
}

/* 1, 2, 4, ... 256, 300. */
static int
rest_s(const struct courier *c)
{
	int doublings = c->away > 1 ? c->away - 1 : 0;

	return doublings > 8 ? REST_MOST_S : 1 << doublings;
}

static int64_t
monotonic_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}
