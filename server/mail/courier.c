/*
 * The courier.  Its one errand goes loop -> writer (take) -> loop -> worker
 * (deliver) -> loop -> writer (mark) -> loop, and then for the next row.
 */
#include "mail/courier.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/log.h"
#include "mail/letter.h"
#include "mail/maildir.h"
#include "room/outbox.h"

#define RETRY_S 300

struct courier {
	const struct config *config;
	const struct keys *keys;
	const struct clock *clock;
	struct writer *writer;
	struct crew *crew;
	char *dir;
	bool busy; /* an errand is under way */
	bool again; /* woken while busy */
	bool stopping; /* takes no further row */
	struct arena *arena; /* of the errand */
	struct job job;
	struct task task;
	struct outbox row;
	struct message message;
	int delivered; /* 0 or -1 */
	bool taken;
};

static struct desk courier_desk(struct courier *, struct db *);
static int take(struct db *, void *courier);
static void taken(void *courier, enum written);
static void deliver(void *courier);
static void carried(void *courier);
static int mark(struct db *, void *courier);
static void marked(void *courier, enum written);
static void rest(struct courier *);

struct courier *
courier_open(const struct config *config, const struct keys *keys,
    const struct clock *clock, struct writer *writer, struct crew *crew)
{
	struct courier *c = mem_get(sizeof(*c));
	struct arena *arena = arena_new();

	*c = (struct courier) {
		.config = config,
		.keys = keys,
		.clock = clock,
		.writer = writer,
		.crew = crew,
		.dir = mem_dup(arena_print(arena, "%s/mail", config->var)),
	};
	arena_free(arena);
	return c;
}

void
courier_stop(struct courier *c)
{
	if (c != NULL)
		c->stopping = true;
}

void
courier_close(struct courier *c)
{
	if (c == NULL)
		return;
	arena_free(c->arena);
	free(c->dir);
	free(c);
}

void
courier_wake(struct courier *c)
{
	if (c->stopping)
		return;
	if (c->busy) {
		c->again = true;
		return;
	}
	c->again = false;
	c->arena = arena_new();
	c->job = (struct job) { .run = take, .done = taken, .arg = c };
	c->busy = writer_put(c->writer, &c->job) == 0;
	if (!c->busy)
		rest(c); /* the timer wakes it again */
}

static struct desk
courier_desk(struct courier *c, struct db *db)
{
	return (struct desk) {
		.db = db,
		.arena = c->arena,
		.keys = c->keys,
		.now = clock_now(c->clock),
		.actor = { .uid = -1 },
	};
}

/* On the writer.  An empty outbox leaves no change behind, so that looking
 * does not count as news. */
static int
take(struct db *db, void *arg)
{
	struct courier *c = arg;
	struct desk d = courier_desk(c, db);
	int64_t changes = db_changes(db);
	struct booking b;
	int found = outbox_take(&d, &c->row);

	c->taken = false;
	if (found < 0)
		return -1;
	if (found == 0)
		return db_changes(db) == changes;
	c->taken = booking_by_id(&d, c->row.booking, &b) == 1 &&
	    letter_compose(&d, c->config, &c->row, &b, &c->message) == 0;
	if (c->taken)
		return 0;
	return outbox_later(&d, c->row.id, AT_NONE, "not composed");
}

static void
taken(void *arg, enum written written)
{
	struct courier *c = arg;

	if (written != WRITTEN || !c->taken || c->stopping) {
		rest(c);
		return;
	}
	c->task = (struct task) { .run = deliver, .done = carried, .arg = c };
	if (crew_put(c->crew, &c->task) < 0) {
		c->delivered = -1;
		carried(c);
	}
}

/* On a worker. */
static void
deliver(void *arg)
{
	struct courier *c = arg;

	c->delivered = maildir_put(c->dir, c->row.message_id, c->message.bytes,
	    c->message.len);
}

static void
carried(void *arg)
{
	struct courier *c = arg;

	c->job = (struct job) { .run = mark, .done = marked, .arg = c };
	if (writer_put(c->writer, &c->job) < 0)
		rest(c); /* stays 'sending' until the next start */
}

/* On the writer. */
static int
mark(struct db *db, void *arg)
{
	struct courier *c = arg;
	struct desk d = courier_desk(c, db);

	if (c->delivered == 0)
		return outbox_sent(&d, c->row.id);
	return outbox_later(&d, c->row.id, d.now + RETRY_S, "maildir");
}

static void
marked(void *arg, enum written written)
{
	struct courier *c = arg;

	if (written != WRITTEN)
		log_fault("courier.mark", "outbox=%" PRId64, c->row.id);
	c->again = true;
	rest(c);
}

/* The errand is over; goes for the next one when there may be one. */
static void
rest(struct courier *c)
{
	arena_free(c->arena);
	c->arena = NULL;
	c->busy = false;
	if (c->again)
		courier_wake(c);
}
