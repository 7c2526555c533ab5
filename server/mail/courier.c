/*
 * The courier's hands.  A hand goes round: loop -> writer (marks the letters
 * before, takes the next) -> loop -> worker (carries them) -> loop.  One that
 * has taken a row and left others wakes the next hand, so that looking into
 * an empty outbox costs one hand one turn.
 */
#include "mail/courier.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "mail/errand.h"
#include "mail/server.h"

#define REST_MOST_S 300
#define ROUND 2 /* letters at most: a crash may bring them all twice */
#define QUICK_MS 20

struct hand {
	struct courier *courier;
	enum { IDLE, TURNING, CARRYING, UNMARKED, PARTING } at;
	struct smtp *smtp; /* NULL: into the Maildir */
	struct errand *errands[ROUND]; /* carried, or being carried */
	int count;
	struct errand *next[ROUND]; /* taken in a turn */
	int next_count, next_most;
	int rest_s; /* as the loop knew it */
	bool quick; /* was the server, last time */
	bool open; /* it may have left its connection open */
	struct job job;
	struct task task;
};

struct courier {
	const struct config *config;
	const struct keys *keys;
	const struct clock *clock;
	struct writer *writer;
	struct crew *crew;
	char *dir;
	bool news; /* woken while no hand was idle */
	bool stopping; /* takes no further row */
	int away; /* how often the server was, one rest after the other */
	int64_t rest_until; /* monotonic seconds */
	int count;
	struct hand hands[];
};

static void look(struct hand *);
static int room(const struct hand *);
static bool may_take(const struct hand *);
static int turn(struct db *, void *hand);
static int mark(struct hand *, struct db *);
static int take(struct hand *, struct db *);
static struct desk desk_of(struct courier *, struct db *, struct errand *);
static void turned(void *hand, enum written);
static void undone(struct hand *);
static void let_go(struct errand **, int *count);
static void carry(struct hand *);
static void carry_run(void *hand);
static void carried(void *hand);
static void note(struct courier *, const struct errand *);
static int rest_s(const struct courier *);
static int64_t monotonic_ms(void);
static int64_t monotonic_s(void);
static void go_idle(struct hand *);
static void part_run(void *hand);
static void parted(void *hand);

struct courier *
courier_open(const struct config *config, const struct keys *keys,
    const struct clock *clock, struct writer *writer, struct crew *crew)
{
	int count = courier_hands(config);
	struct courier *c = mem_get(
	    sizeof(*c) + (size_t)count * sizeof(c->hands[0]));
	struct arena *arena = arena_new();

	*c = (struct courier) {
		.config = config,
		.keys = keys,
		.clock = clock,
		.writer = writer,
		.crew = crew,
		.dir = mem_dup(arena_print(arena, "%s/mail", config->var)),
		.count = count,
	};
	for (struct hand *h = c->hands; h < c->hands + count; h++) {
		*h = (struct hand) { .courier = c };
		if (config_by_smtp(config))
			h->smtp = server_open(config);
	}
	arena_free(arena);
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
		smtp_hurry(c->hands[i].smtp);
}

void
courier_close(struct courier *c)
{
	if (c == NULL)
		return;
	for (struct hand *h = c->hands; h < c->hands + c->count; h++) {
		smtp_close(h->smtp);
		let_go(h->errands, &h->count);
		let_go(h->next, &h->next_count);
	}
	free(c->dir);
	free(c);
}

void
courier_wake(struct courier *c)
{
	struct hand *idle = NULL;

	c->news = true;
	for (struct hand *h = c->hands; h < c->hands + c->count; h++) {
		if (h->at == UNMARKED)
			look(h);
		if (h->at == IDLE && idle == NULL)
			idle = h;
	}
	if (idle != NULL && may_take(idle))
		look(idle);
}

int
courier_rests_s(const struct courier *c)
{
	int64_t left_s = c->rest_until - monotonic_s();

	if (left_s > 0)
		return (int)left_s;
	for (int i = 0; i < c->count; i++)
		if (c->hands[i].at == IDLE)
			return 0;
	return INT_MAX;
}

/* A turn at the writer: marks what was carried, takes what is due. */
static void
look(struct hand *h)
{
	struct courier *c = h->courier;

	h->next_most = room(h);
	h->rest_s = rest_s(c);
	if (h->next_most > 0)
		c->news = false;
	h->job = (struct job) { .run = turn, .done = turned, .arg = h };
	h->at = TURNING;
	if (writer_put(c->writer, &h->job) < 0)
		undone(h); /* the timer wakes it again */
}

/* A quick server is given one letter after the other.  Where they take their
 * time, none waits in one hand while another is free. */
static int
room(const struct hand *h)
{
	if (!may_take(h))
		return 0;
	return h->quick && h->courier->away == 0 ? ROUND : 1;
}

/* While the server is away one hand alone looks whether it is back. */
static bool
may_take(const struct hand *h)
{
	const struct courier *c = h->courier;

	if (c->stopping || monotonic_s() < c->rest_until)
		return false;
	for (int i = 0; i < c->count && c->away > 0; i++)
		if (&c->hands[i] != h && c->hands[i].at != IDLE)
			return false;
	return true;
}

/* On the writer.  A turn that found nothing leaves no change behind, so that
 * looking does not count as news. */
static int
turn(struct db *db, void *arg)
{
	struct hand *h = arg;
	int64_t changes = db_changes(db);

	if (mark(h, db) < 0 || take(h, db) < 0)
		return -1;
	return db_changes(db) == changes;
}

static int
mark(struct hand *h, struct db *db)
{
	struct courier *c = h->courier;

	for (int i = 0; i < h->count; i++) {
		struct desk d = desk_of(c, db, h->errands[i]);

		if (errand_mark(&d, c->config, h->errands[i], h->rest_s) < 0)
			return -1;
	}
	return 0;
}

/* After a crash nobody knows whether a reminder has left, and it dies: so none
 * waits behind another letter, nor to be marked for one. */
static int
take(struct hand *h, struct db *db)
{
	struct courier *c = h->courier;
	int found = 1;

	while (found == 1 && h->next_count < h->next_most) {
		struct errand *e = errand_open();
		struct desk d = desk_of(c, db, e);

		found = errand_take(&d, c->config, e, h->next_count == 0);
		if (found != 1) {
			errand_close(e);
			break;
		}
		h->next[h->next_count++] = e;
		if (outbox_is_reminder(&e->row))
			break;
	}
	return found < 0 ? -1 : 0;
}

static struct desk
desk_of(struct courier *c, struct db *db, struct errand *e)
{
	return (struct desk) {
		.db = db,
		.arena = e->arena,
		.keys = c->keys,
		.now = clock_now(c->clock),
		.actor = { .uid = -1 },
	};
}

static void
turned(void *arg, enum written written)
{
	struct hand *h = arg;
	struct courier *c = h->courier;

	if (written == FAILED) {
		undone(h);
		return;
	}
	for (int i = 0; i < h->count; i++)
		errand_tell(h->errands[i]);
	let_go(h->errands, &h->count);
	memcpy(h->errands, h->next, sizeof(h->next));
	h->count = h->next_count;
	h->next_count = 0;
	if (h->count == 0 || c->stopping) {
		go_idle(h);
		return;
	}
	carry(h);
	if (!h->errands[h->count - 1]->last)
		courier_wake(c);
}

/* What was carried is marked by the next waking. */
static void
undone(struct hand *h)
{
	let_go(h->next, &h->next_count);
	h->at = h->count > 0 ? UNMARKED : IDLE;
	for (int i = 0; i < h->count; i++)
		log_fault("courier.mark", "outbox=%" PRId64,
		    h->errands[i]->row.id);
}

static void
let_go(struct errand **errands, int *count)
{
	while (*count > 0)
		errand_close(errands[--*count]);
}

static void
carry(struct hand *h)
{
	h->at = CARRYING;
	h->task = (struct task) {
		.run = carry_run,
		.done = carried,
		.arg = h,
	};
	if (crew_put(h->courier->crew, &h->task) == 0)
		return;
	log_fault("courier.carry", "reason=\"crew is full\"");
	for (int i = 0; i < h->count; i++)
		h->errands[i]->answer = (struct smtp_answer) { SMTP_AWAY, 0,
			"crew", "" };
	carried(h);
}

/* On a worker.  When the server goes away, the rest has had no try. */
static void
carry_run(void *arg)
{
	struct hand *h = arg;
	struct courier *c = h->courier;
	int64_t begun_ms = monotonic_ms();
	bool away = false;

	for (int i = 0; i < h->count; i++) {
		struct errand *e = h->errands[i];

		if (away)
			e->answer = h->errands[i - 1]->answer;
		else
			errand_carry(e, c->config, h->smtp, c->dir);
		away = e->answer.result == SMTP_AWAY;
	}
	h->quick = monotonic_ms() - begun_ms < h->count * QUICK_MS;
}

static void
carried(void *arg)
{
	struct hand *h = arg;
	const struct errand *last = h->errands[h->count - 1];

	h->open = h->smtp != NULL && !last->last;
	note(h->courier, last);
	look(h);
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

/* 1, 2, 4, ... 256, 300. */
static int
rest_s(const struct courier *c)
{
	int doublings = c->away > 1 ? c->away - 1 : 0;

	return doublings > 8 ? REST_MOST_S : 1 << doublings;
}

static int64_t
monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t
monotonic_s(void)
{
	return monotonic_ms() / 1000;
}

/* Takes its leave of the server first, which may be slow to answer. */
static void
go_idle(struct hand *h)
{
	struct courier *c = h->courier;

	let_go(h->errands, &h->count);
	h->at = IDLE;
	if (h->open && !c->stopping) {
		h->open = false;
		h->at = PARTING;
		h->task = (struct task) {
			.run = part_run,
			.done = parted,
			.arg = h,
		};
		if (crew_put(c->crew, &h->task) < 0)
			h->at = IDLE;
	}
	if (c->news)
		courier_wake(c);
}

static void
part_run(void *arg)
{
	struct hand *h = arg;

	smtp_part(h->smtp);
}

static void
parted(void *arg)
{
	go_idle(arg);
}
