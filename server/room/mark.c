/* What a database is, for ever. */
#include "room/mark.h"

#include <string.h>

#include "base/seal.h"

#define REHEARSAL "rehearsal"
#define REAL "real"
#define KEYS "keys"

/* No cookie is wrapped with it. */
static const struct bytes context = { "mark", 4 };

struct mark {
	const char *value;
};

static const struct db_field mark_row[] = {
	DB_FIELD(struct mark, value),
	DB_END,
};

static int mark_set(struct desk *, const char *name, const char *value);
static const char *mark_get(struct desk *, const char *name);
static int keys_fit(struct desk *, bool *fit);
static bool opens(struct desk *, const char *kept);
static int settle(struct desk *, const char *name, const char *value,
    const char **found);

/* "" when there is none, NULL on a fault. */
static const char *
mark_get(struct desk *d, const char *name)
{
	struct mark mark = { 0 };
	int found = db_one(d->db, d->arena, mark_row, &mark, mark_get,
	    .name = name);

	return found < 0 ? NULL : found == 0 ? "" : mark.value;
}

static int
mark_set(struct desk *d, const char *name, const char *value)
{
	return db_must(d->db, mark_set, .name = name, .value = value);
}

int
mark_open(struct desk *d, bool rehearsal, const char **why)
{
	const char *mode = rehearsal ? REHEARSAL : REAL;
	const char *was, *zone, *last;
	bool ours;

	if (settle(d, "mode", mode, &was) < 0 ||
	    settle(d, "zone", when_zone_name(), &zone) < 0 ||
	    keys_fit(d, &ours) < 0)
		return -1;
	last = mark_get(d, "last_at");
	if (last == NULL)
		return -1;
	*why = NULL;
	if (strcmp(was, mode) != 0)
		*why = rehearsal
		    ? "it holds the real room: rehearse on another"
		    : "it is a rehearsal's: start it with --rehearse";
	else if (strcmp(zone, when_zone_name()) != 0)
		*why = arena_print(d->arena, "its time zone is %s", zone);
	else if (!ours)
		*why = "it was sealed with other keys than those beside it";
	else if (rehearsal && last[0] != '\0' && d->now < when_parse(last))
		*why = arena_print(d->arena,
		    "a rehearsal goes on from its last instant, %s", last);
	return *why == NULL ? 0 : 1;
}

int
mark_keys(struct desk *d)
{
	const char *kept = mark_get(d, KEYS);

	if (kept == NULL)
		return -1;
	return kept[0] == '\0' || opens(d, kept);
}

int
mark_instant(struct desk *d)
{
	return mark_set(d, "last_at", when_print(d->arena, d->now));
}

/* Boxes, links and passphrases of other keys would all be dead. */
static int
keys_fit(struct desk *d, bool *fit)
{
	const char *mine = seal_wrap(d->keys, d->arena, SEAL_COOKIE, context,
	    KEYS);
	const char *found;

	if (settle(d, KEYS, mine, &found) < 0)
		return -1;
	*fit = opens(d, found);
	return 0;
}

static bool
opens(struct desk *d, const char *kept)
{
	const char *opened = seal_unwrap(d->keys, d->arena, SEAL_COOKIE,
	    context, kept);

	return opened != NULL && strcmp(opened, KEYS) == 0;
}

/* Writes a mark unless it stands already; *found is what stands. */
static int
settle(struct desk *d, const char *name, const char *value, const char **found)
{
	*found = mark_get(d, name);
	if (*found == NULL)
		return -1;
	if ((*found)[0] != '\0')
		return 0;
	*found = value;
	return mark_set(d, name, value);
}
