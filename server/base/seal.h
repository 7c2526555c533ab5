/*
 * Secrets: the sole owner of libsodium.  Keys live in one file outside the
 * database (mode 0600).  Nothing here allocates what it does not return in
 * the caller's arena.
 */
#ifndef BASE_SEAL_H
#define BASE_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

struct keys;

/* Must come first; -1 when the system has no randomness. */
int seal_init(void);

/* Creates the key file, refusing to overwrite; 0 or -1 (logged). */
int keys_create(const char *path);
/* NULL (logged) when missing, damaged or readable by others. */
struct keys *keys_open(const char *path);
void keys_close(struct keys *);

/* A random id in 1 .. 2^63-1: drawn before sealing, never reissued. */
int64_t seal_id(void);
/* An id as it stands in addresses; 0 for what is none. */
int64_t seal_id_read(const char *);
void seal_random(void *out, size_t len);
uint32_t seal_below(uint32_t limit);	/* unbiased, 0 .. limit-1 */

/*
 * A sealed field: XChaCha20-Poly1305 whose associated data are the table,
 * the row's id, the column and the key's number, so that a box moved
 * elsewhere does not open.  seal_open gives 0, or -1 (logged) for a box
 * that is not ours.
 */
struct bytes seal_box(const struct keys *, struct arena *, const char *table,
    int64_t row, const char *column, struct bytes plain);
int seal_open(const struct keys *, struct arena *, const char *table,
    int64_t row, const char *column, struct bytes box, struct bytes *plain);

/* What a keyed digest is for; each has a key of its own, derived by its
 * number here: append only. */
enum seal_purpose {
	SEAL_MANAGE,		/* manage links */
	SEAL_FEED,		/* feed links of advisors */
	SEAL_PASSPHRASE,	/* the three words of a booking */
	SEAL_BLIND_MAIL,	/* exact search of a mail address */
	SEAL_PEER,		/* peers in throttles */
	SEAL_COOKIE,		/* holds and visits in a browser */
	SEAL_STAMP,		/* minute stamps of anonymous forms */
	SEAL_ACCOUNT,		/* session tokens of accounts */
	SEAL_IDEMPOTENCY,	/* idempotency keys and request bodies */
	SEAL_PREVIEW,		/* what was shown before it was agreed to */
	SEAL_OFFER,		/* links of waiting-list offers */
	SEAL_STOP_WISH,		/* a wish's address in List-Unsubscribe */
	SEAL_STOP_NOTICES,	/* an advisor's, one for each choice */
	SEAL_STOP_DIGEST,
	SEAL_PURPOSES
};

/* Keyed BLAKE2b of `data` under the purpose's key; len is 16 .. 32. */
void seal_digest(const struct keys *, enum seal_purpose, struct bytes data,
    uint8_t *out, size_t len);

/*
 * A link token: base64url(id, 160-bit digest of (purpose, id, generation)),
 * 38 characters.  Checking needs the generation, so it has two steps:
 * seal_token_id reads the id (0 when malformed), then seal_token_is
 * compares in constant time.
 */
char *seal_token(const struct keys *, struct arena *, enum seal_purpose,
    int64_t id, int64_t generation);
int64_t seal_token_id(const char *token);
bool seal_token_is(const struct keys *, enum seal_purpose, const char *token,
    int64_t generation);

/*
 * A sealed cookie or answer: base64url of a box under the purpose's key
 * that carries its own context.  seal_unwrap returns NULL when it is not
 * ours.  `extra` (may be empty) is mixed into the key: the answer of an
 * idempotent request opens only with its key.
 */
char *seal_wrap(const struct keys *, struct arena *, enum seal_purpose,
    struct bytes extra, const char *plain);
char *seal_unwrap(const struct keys *, struct arena *, enum seal_purpose,
    struct bytes extra, const char *wrapped);

/* Argon2id (64 MiB, about 60 ms): never on the loop. */
char *seal_password(struct arena *, const char *password);
bool seal_password_is(const char *hash, const char *password);

bool seal_equal(const void *, const void *, size_t len);	/* constant time */

#endif
