/*
 * Repeated requests.  Key and request are kept as keyed digests; the answer,
 * which may hold a passphrase, is sealed so that only who sends the same key
 * again can have it opened.
 */
#include "room/idempotency.h"

#include <string.h>

#include "base/log.h"

#define DIGEST_BYTES 32

struct kept {
	struct bytes request;
	int status;
	const char *answer;
};

static const struct db_field kept_row[] = {
	DB_FIELD(struct kept, request),
	DB_FIELD(struct kept, status),
	DB_FIELD(struct kept, answer),
	DB_END,
};

static struct bytes bytes_of(const char *);
static struct bytes digest_of(struct desk *, struct bytes);

enum repeated
idempotency_find(struct desk *desk, const char *key, struct bytes request,
    int *status, const char **answer)
{
	struct bytes digest = digest_of(desk, request);
	struct kept kept = { 0 };
	int found = db_one(desk->db, desk->arena, kept_row, &kept,
	    idempotency_find, .key = digest_of(desk, bytes_of(key)),
	    .since = desk->now - DAY_S);

	if (found <= 0)
		return found == 0 ? REPEAT_NEW : REPEAT_FAULT;
	if (kept.request.len != digest.len ||
	    !seal_equal(kept.request.data, digest.data, digest.len))
		return REPEAT_OTHER;
	*status = kept.status;
	*answer = seal_unwrap(desk->keys, desk->arena, SEAL_IDEMPOTENCY,
	    bytes_of(key), kept.answer);
	if (*answer != NULL)
		return REPEAT_SAME;
	log_fault("idempotency.find", "reason=answer does not open");
	return REPEAT_FAULT;
}

int
idempotency_keep(struct desk *desk, const char *key, struct bytes request,
    int64_t booking, int status, const char *answer)
{
	const char *sealed = seal_wrap(desk->keys, desk->arena,
	    SEAL_IDEMPOTENCY, bytes_of(key), answer);
	int kept = db_do(desk->db, idempotency_keep,
	    .key = digest_of(desk, bytes_of(key)),
	    .request = digest_of(desk, request), .booking = booking,
	    .status = status, .answer = sealed, .now = desk->now,
	    .since = desk->now - DAY_S);

	if (kept == 0)
		log_fault("idempotency.keep", "reason=key is in use");
	return kept == 1 ? 0 : -1;
}

int
idempotency_purge(struct desk *desk)
{
	return db_must(desk->db, idempotency_purge, .until = desk->now - DAY_S);
}

static struct bytes
bytes_of(const char *s)
{
	return (struct bytes) { s, strlen(s) };
}

static struct bytes
digest_of(struct desk *desk, struct bytes data)
{
	uint8_t *digest = arena_get(desk->arena, DIGEST_BYTES);

	seal_digest(desk->keys, SEAL_IDEMPOTENCY, data, digest, DIGEST_BYTES);
	return (struct bytes) { digest, DIGEST_BYTES };
}
