/*
 * The courier's hands.  A hand goes round: loop -> writer (marks the letter
 * before, takes the next) -> loop -> worker (carries it) -> loop.  One that
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

struct hand {
	struct courier *courier;
	enum { IDLE, TURNING, CARRYING, UNMARKED, PARTING, UNBEGUN } at;
	struct smtp *smtp; /* NULL: into the Maildir */
	struct errand *errand; /* carried, or being carried; NULL: none */
	struct errand *next; /* of a turn; taken or not */
	bool may_take, taken;
	int rest_s; /* as the loop knew it */
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
static bool may_take(const struct hand *);
static int turn(struct db *, void *hand);
static struct desk desk_of(struct courier *, struct db *, struct errand *);
static void turned(void *hand, enum written);
static void undone(struct hand *);
static void carry(struct hand *);
static void carry_run(void *hand);
static void carried(void *hand);
static void note(struct courier *, const struct errand *);
static int rest_s(const struct courier *);
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
courier_settle(struct courier *c, struct db *db)
{
	for (int i = 0; c != NULL && i < c->count; i++) {
		struct hand *h = &c->hands[i];
		struct desk d;

		if (h->at != UNBEGUN || db_begin(db) < 0)
			continue;
		d = desk_of(c, db, h->errand);
		if (errand_put_back(&d, h->errand) < 0)
			db_rollback(db);
		else
			db_commit(db);
	}
}

void
courier_close(struct courier *c)
{
	if (c == NULL)
		return;
	for (struct hand *h = c->hands; h < c->hands + c->count; h++) {
		smtp_close(h->smtp);
		errand_close(h->errand);
		errand_close(h->next);
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

	h->may_take = may_take(h);
	h->taken = false;
	h->rest_s = rest_s(c);
	if (h->may_take)
		c->news = false;
	h->next = errand_open();
	h->job = (struct job) { .run = turn, .done = turned, .arg = h };
	h->at = TURNING;
	if (writer_put(c->writer, &h->job) < 0)
		undone(h); /* the timer wakes it again */
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
	struct courier *c = h->courier;
	int64_t changes = db_changes(db);
	struct desk d;

	if (h->errand != NULL) {
		d = desk_of(c, db, h->errand);
		if (errand_mark(&d, c->config, h->errand, h->rest_s) < 0)
			return -1;
	}
	if (h->may_take) {
		d = desk_of(c, db, h->next);
		int found = errand_take(&d, c->config, h->next);

		if (found < 0)
			return -1;
		h->taken = found == 1;
	}
	return db_changes(db) == changes;
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
	if (h->errand != NULL)
		errand_tell(h->errand);
	errand_close(h->errand);
	h->errand = h->next;
	h->next = NULL;
	if (!h->taken) {
		go_idle(h);
		return;
	}
	if (c->stopping) {
		h->at = UNBEGUN;
		return;
	}
	carry(h);
	if (!h->errand->last)
		courier_wake(c);
}

/* What was carried is marked by the next waking. */
static void
undone(struct hand *h)
{
	errand_close(h->next);
	h->next = NULL;
	h->at = IDLE;
	if (h->errand == NULL)
		return;
	log_fault("courier.mark", "outbox=%" PRId64, h->errand->row.id);
	h->at = UNMARKED;
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
	h->errand->answer = (struct smtp_answer) { SMTP_AWAY, 0, "crew", "" };
	carried(h);
}

/* On a worker. */
static void
carry_run(void *arg)
{
	struct hand *h = arg;

	errand_carry(h->errand, h->courier->config, h->smtp, h->courier->dir);
}

static void
carried(void *arg)
{
	struct hand *h = arg;

	h->open = h->smtp != NULL && !h->errand->last;
	note(h->courier, h->errand);
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
monotonic_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* Takes its leave of the server first, which may be slow to answer. */
static void
go_idle(struct hand *h)
{
	struct courier *c = h->courier;

	errand_close(h->errand);
	h->errand = NULL;
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
