/* One who carries letters, one after the other. */
#include "mail/hand.h"

#include <stdlib.h>

#include "mail/server.h"

struct hand {
	const struct config *config;
	const struct keys *keys;
	const struct clock *clock;
	struct crew *crew;
	char *maildir, *database;
	struct smtp *smtp; /* NULL: into the Maildir */
	struct db *db; /* NULL while it rests */
	struct errand *errand; /* being carried, or NULL */
	bool busy, hurry;
	struct task task;
	void (*done)(void *);
	void *arg;
};

static bool begin(struct hand *, void (*run)(void *), void (*done)(void *),
    void *arg);
static void carry(void *hand);
static void part(void *hand);
static void end(void *hand);

struct hand *
hand_open(const struct config *config, const struct keys *keys,
    const struct clock *clock, struct crew *crew)
{
	struct hand *h = mem_get(sizeof(*h));
	struct arena *arena = arena_new();

	*h = (struct hand) {
		.config = config,
		.keys = keys,
		.clock = clock,
		.crew = crew,
		.maildir = mem_dup(arena_print(arena, "%s/mail", config->var)),
		.database = mem_dup(
		    arena_print(arena, "%s/hokend.db", config->var)),
	};
	if (config_by_smtp(config))
		h->smtp = server_open(config);
	arena_free(arena);
	return h;
}

void
hand_close(struct hand *h)
{
	if (h == NULL)
		return;
	smtp_close(h->smtp);
	db_close(h->db);
	free(h->maildir);
	free(h->database);
	free(h);
}

bool
hand_is_busy(const struct hand *h)
{
	return h->busy;
}

void
hand_carry(struct hand *h, struct errand *e, void (*done)(void *), void *arg)
{
	h->errand = e;
	if (begin(h, carry, done, arg))
		return;
	e->answer = (struct smtp_answer) { SMTP_AWAY, 0, "crew", "" };
	end(h);
}

void
hand_rest(struct hand *h, void (*done)(void *), void *arg)
{
	db_close(h->db);
	h->db = NULL;
	if (smtp_is_open(h->smtp) && !h->hurry)
		begin(h, part, done, arg);
}

void
hand_hurry(struct hand *h)
{
	h->hurry = true;
	smtp_hurry(h->smtp);
}

/* False: there is no worker to be had. */
static bool
begin(struct hand *h, void (*run)(void *), void (*done)(void *), void *arg)
{
	h->done = done;
	h->arg = arg;
	h->task = (struct task) { .run = run, .done = end, .arg = h };
	h->busy = crew_put(h->crew, &h->task) == 0;
	return h->busy;
}

/* On a worker. */
static void
carry(void *arg)
{
	struct hand *h = arg;
	struct errand *e = h->errand;
	struct desk d = {
		.arena = e->arena,
		.keys = h->keys,
		.now = clock_now(h->clock),
		.actor = { .uid = -1 },
	};

	if (h->db == NULL)
		h->db = db_open(h->database, DB_READ);
	d.db = h->db;
	if (h->db != NULL &&
	    errand_carry(&d, h->config, e, h->smtp, h->maildir) == 0)
		return;
	e->answer = (struct smtp_answer) { SMTP_AWAY, 0, "database", "" };
	db_close(h->db);
	h->db = NULL;
}

static void
part(void *arg)
{
	struct hand *h = arg;

	smtp_part(h->smtp);
}

static void
end(void *arg)
{
	struct hand *h = arg;

	h->busy = false;
	h->errand = NULL;
	h->done(h->arg);
}
