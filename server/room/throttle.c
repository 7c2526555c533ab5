/*
 * Tries are counted in windows of ten minutes, six of which make the hour
 * that slides along.  A refused try is not counted, so that patience, not
 * silence, ends a refusal: nobody can keep a person out for longer than an
 * hour by trying in her name.
 */
#include "room/throttle.h"

#include <string.h>

#define WINDOW_S 600
#define KEY_BYTES 16

static struct bytes
digest_of(struct desk *desk, const char *key)
{
	uint8_t *digest = arena_get(desk->arena, KEY_BYTES);

	seal_digest(desk->keys, SEAL_PEER, (struct bytes) { key, strlen(key) },
	    digest, KEY_BYTES);
	return (struct bytes) { digest, KEY_BYTES };
}

static int
spend(struct desk *desk, const char *key, int tries, int most, int64_t span_s)
{
	struct bytes digest = digest_of(desk, key);
	int64_t before;

	if (db_value(desk->db, &before, throttle_tries, .key = digest,
		.since = desk->now - span_s) != 1)
		return -1;
	if (before + tries > most)
		return 0;
	return db_do(desk->db, throttle_add, .key = digest,
	    .window_at = desk->now - desk->now % WINDOW_S, .tries = tries);
}

int
throttle_try(struct desk *desk, const char *key, int most)
{
	return spend(desk, key, 1, most, HOUR_S);
}

int
throttle_try_in(struct desk *desk, const char *key, int most, int64_t span_s)
{
	return spend(desk, key, 1, most, span_s);
}

int
throttle_spend(struct desk *desk, const char *key, int tries, int most)
{
	return spend(desk, key, tries, most, HOUR_S);
}

int
throttle_back(struct desk *desk, const char *key, int64_t at, int tries)
{
	return db_must(desk->db, throttle_back, .key = digest_of(desk, key),
	    .window_at = at - at % WINDOW_S, .tries = tries);
}

int
throttle_clear(struct desk *desk, const char *key)
{
	return db_must(desk->db, throttle_clear, .key = digest_of(desk, key));
}

int
throttle_purge(struct desk *desk)
{
	return db_must(desk->db, throttle_purge, .until = desk->now - DAY_S);
}
