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

static int begin(struct hand *, void (*run)(void *), void (*done)(void *),
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
	if (begin(h, carry, done, arg) == 0)
		return;
	e->answer = (struct smtp_answer) { SMTP_AWAY, 0, "crew", "" };
	end(h);
}

void
hand_rest(struct hand *h, void (*done)(void *), void *arg)
{
	db_close(h->db);
	h->db = NULL;
	if (!smtp_is_open(h->smtp) || h->hurry)
		return;
	if (begin(h, part, done, arg) < 0)
		h->busy = false;
}

void
hand_hurry(struct hand *h)
{
	h->hurry = true;
	smtp_hurry(h->smtp);
}

static int
begin(struct hand *h, void (*run)(void *), void (*done)(void *), void *arg)
{
	h->busy = true;
	h->done = done;
	h->arg = arg;
	h->task = (struct task) { .run = run, .done = end, .arg = h };
	return crew_put(h->crew, &h->task);
}

/* On a worker. */
static void
carry(void *arg)
{
	struct hand *h = arg;
	struct errand *e = h->errand;

	if (h->db == NULL)
		h->db = db_open(h->database, DB_READ);
	if (h->db == NULL) {
		e->answer = (struct smtp_answer) { SMTP_AWAY, 0, "database",
			"" };
		return;
	}
	struct desk d = {
		.db = h->db,
		.arena = e->arena,
		.keys = h->keys,
		.now = clock_now(h->clock),
		.actor = { .uid = -1 },
	};

	errand_carry(&d, h->config, e, h->smtp, h->maildir);
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
