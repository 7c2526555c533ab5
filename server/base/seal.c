/*
 * Secrets: the sole owner of libsodium and of the key file.
 *
 * The key file is a version line, then one line a master key: its number
 * (1 .. 255) and 32 bytes in base64url, oldest first.  Every key in use is
 * derived from a master key, one for each purpose.  Boxes are sealed with the
 * newest and begin with its number, so that older ones still open; digests
 * carry no number (a blind index must find old rows) and stay with the first.
 */
#include "base/seal.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"

#define VERSION_LINE "hokenshitsu keys 1\n"
#define FILE_MAX 4096
#define MASTERS_MAX 16
#define KEY_BYTES 32
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HEAD_BYTES (1 + NONCE_BYTES)
#define TOKEN_DIGEST 20
#define TOKEN_BYTES (8 + TOKEN_DIGEST)
#define TOKEN_CHARS 38

struct master {
	uint8_t number;
	uint8_t box[KEY_BYTES];
	uint8_t wrap[SEAL_PURPOSES][KEY_BYTES];
};

struct keys {
	uint8_t digest[SEAL_PURPOSES][KEY_BYTES];
	size_t count;
	struct master masters[MASTERS_MAX];
};

static bool parse_keys(struct keys *, const char *text);
static bool add_master(struct keys *, unsigned long number,
    const uint8_t master[KEY_BYTES]);
static void derive(uint8_t key[KEY_BYTES], const uint8_t master[KEY_BYTES],
    uint64_t id, const char context[crypto_kdf_CONTEXTBYTES]);
static const struct master *newest(const struct keys *);
static const struct master *by_number(const struct keys *, uint8_t number);
static struct bytes place_of(struct arena *, const char *table, int64_t row,
    const char *column, uint8_t number);
static struct bytes encrypt(struct arena *, uint8_t number,
    const uint8_t key[KEY_BYTES], struct bytes context, struct bytes plain);
static int decrypt(struct arena *, const uint8_t key[KEY_BYTES],
    struct bytes context, struct bytes box, struct bytes *plain);
static void wrap_key(uint8_t key[KEY_BYTES], const struct master *,
    enum seal_purpose, struct bytes extra);
static void put_int64(uint8_t out[8], int64_t);
static void token_digest(const struct keys *, enum seal_purpose, int64_t id,
    int64_t generation, uint8_t digest[TOKEN_DIGEST]);
static bool token_bytes(const char *token, uint8_t bytes[TOKEN_BYTES]);

int
seal_init(void)
{
	return sodium_init() < 0 ? -1 : 0;
}

int
keys_create(const char *path)
{
	uint8_t master[KEY_BYTES];
	char key[sodium_base64_ENCODED_LEN(KEY_BYTES,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	char text[128];
	int result;

	crypto_kdf_keygen(master);
	sodium_bin2base64(key, sizeof(key), master, sizeof(master),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	snprintf(text, sizeof(text), VERSION_LINE "1 %s\n", key);
	result = secret_write(path, text);
	sodium_memzero(master, sizeof(master));
	sodium_memzero(key, sizeof(key));
	sodium_memzero(text, sizeof(text));
	return result;
}

/* The keys live in guarded pages that are kept out of core dumps. */
struct keys *
keys_open(const char *path)
{
	char text[FILE_MAX];
	struct keys *keys;

	if (secret_read(path, text, sizeof(text)) < 0)
		return NULL;
	keys = sodium_malloc(sizeof(*keys));
	if (!keys)
		log_die("seal.lost", "bytes=%zu", sizeof(*keys));
	keys->count = 0;
	if (!parse_keys(keys, text)) {
		log_fault("seal.keys", "file=%s reason=damaged", path);
		keys_close(keys);
		keys = NULL;
	}
	sodium_memzero(text, sizeof(text));
	if (keys)
		sodium_mprotect_readonly(keys);
	return keys;
}

void
keys_close(struct keys *keys)
{
	sodium_free(keys); /* wipes; NULL is fine */
}

int64_t
seal_id(void)
{
	uint64_t id;

	do {
		randombytes_buf(&id, sizeof(id));
		id &= INT64_MAX;
	} while (!id);
	return (int64_t)id;
}

int64_t
seal_id_read(const char *text)
{
	char *end;
	int64_t id;

	errno = 0;
	id = strtoll(text, &end, 10);
	return errno == 0 && *text >= '1' && *text <= '9' && *end == '\0' ? id
									  : 0;
}

void
seal_random(void *out, size_t len)
{
	randombytes_buf(out, len);
}

uint32_t
seal_below(uint32_t limit)
{
	return randombytes_uniform(limit);
}

struct bytes
seal_box(const struct keys *keys, struct arena *arena, const char *table,
    int64_t row, const char *column, struct bytes plain)
{
	const struct master *master = newest(keys);

	return encrypt(arena, master->number, master->box,
	    place_of(arena, table, row, column, master->number), plain);
}

int
seal_open(const struct keys *keys, struct arena *arena, const char *table,
    int64_t row, const char *column, struct bytes box, struct bytes *plain)
{
	const struct master *master;

	master = box.len ? by_number(keys, *(const uint8_t *)box.data) : NULL;
	if (master &&
	    decrypt(arena, master->box,
		place_of(arena, table, row, column, master->number), box,
		plain) == 0)
		return 0;
	log_fault("seal.open", "table=%s row=%lld column=%s key=%s", table,
	    (long long)row, column, master ? "known" : "unknown");
	return -1;
}

void
seal_digest(const struct keys *keys, enum seal_purpose purpose,
    struct bytes data, uint8_t *out, size_t len)
{
	assert(len >= crypto_generichash_BYTES_MIN && len <= KEY_BYTES);
	crypto_generichash(out, len, data.data, data.len, keys->digest[purpose],
	    KEY_BYTES);
}

char *
seal_token(const struct keys *keys, struct arena *arena,
    enum seal_purpose purpose, int64_t id, int64_t generation)
{
	uint8_t bytes[TOKEN_BYTES];

	put_int64(bytes, id);
	token_digest(keys, purpose, id, generation, bytes + 8);
	return text_base64url(arena, (struct bytes) { bytes, sizeof(bytes) });
}

int64_t
seal_token_id(const char *token)
{
	uint8_t bytes[TOKEN_BYTES];
	uint64_t id = 0;

	if (!token_bytes(token, bytes))
		return 0;
	for (int i = 0; i < 8; i++)
		id = id << 8 | bytes[i];
	return id <= INT64_MAX ? (int64_t)id : 0;
}

bool
seal_token_is(const struct keys *keys, enum seal_purpose purpose,
    const char *token, int64_t generation)
{
	uint8_t bytes[TOKEN_BYTES], digest[TOKEN_DIGEST];
	int64_t id = seal_token_id(token);

	if (!id || !token_bytes(token, bytes))
		return false;
	token_digest(keys, purpose, id, generation, digest);
	return seal_equal(bytes + 8, digest, sizeof(digest));
}

char *
seal_wrap(const struct keys *keys, struct arena *arena,
    enum seal_purpose purpose, struct bytes extra, const char *plain)
{
	const struct master *master = newest(keys);
	uint8_t key[KEY_BYTES];
	struct bytes box;

	wrap_key(key, master, purpose, extra);
	box = encrypt(arena, master->number, key,
	    (struct bytes) { &master->number, 1 },
	    (struct bytes) { plain, strlen(plain) });
	sodium_memzero(key, sizeof(key));
	return text_base64url(arena, box);
}

/* Strangers send these, so a bad one is no fault and is not logged. */
char *
seal_unwrap(const struct keys *keys, struct arena *arena,
    enum seal_purpose purpose, struct bytes extra, const char *wrapped)
{
	struct bytes box = text_unbase64url(arena, wrapped), plain;
	const struct master *master;
	uint8_t key[KEY_BYTES];
	int opened;

	if (!box.len)
		return NULL;
	master = by_number(keys, *(const uint8_t *)box.data);
	if (!master)
		return NULL;
	wrap_key(key, master, purpose, extra);
	opened = decrypt(arena, key, (struct bytes) { &master->number, 1 }, box,
	    &plain);
	sodium_memzero(key, sizeof(key));
	return opened < 0 ? NULL : arena_dup_len(arena, plain.data, plain.len);
}

char *
seal_password(struct arena *arena, const char *password)
{
	char *hash = arena_get(arena, crypto_pwhash_STRBYTES);

	if (crypto_pwhash_str(hash, password, strlen(password),
		crypto_pwhash_OPSLIMIT_INTERACTIVE,
		crypto_pwhash_MEMLIMIT_INTERACTIVE) < 0)
		log_die("seal.lost", "bytes=%zu",
		    (size_t)crypto_pwhash_MEMLIMIT_INTERACTIVE);
	return hash;
}

bool
seal_password_is(const char *hash, const char *password)
{
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

bool
seal_equal(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}

static bool
parse_keys(struct keys *keys, const char *text)
{
	uint8_t master[KEY_BYTES];
	bool good = true;

	if (strncmp(text, VERSION_LINE, strlen(VERSION_LINE)) != 0)
		return false;
	text += strlen(VERSION_LINE);
	while (*text && good) {
		char *key;
		unsigned long number = strtoul(text, &key, 10);
		const char *end;
		size_t len;

		good = key > text && *key == ' ' &&
		    sodium_base642bin(master, sizeof(master), key + 1,
			strlen(key + 1), NULL, &len, &end,
			sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
		    len == sizeof(master) && *end == '\n' &&
		    add_master(keys, number, master);
		if (good)
			text = end + 1;
	}
	sodium_memzero(master, sizeof(master));
	return good && keys->count > 0;
}

static bool
add_master(struct keys *keys, unsigned long number,
    const uint8_t master[KEY_BYTES])
{
	struct master *m = &keys->masters[keys->count];

	if (number < 1 || number > UINT8_MAX || keys->count == MASTERS_MAX ||
	    by_number(keys, (uint8_t)number))
		return false;
	m->number = (uint8_t)number;
	derive(m->box, master, 0, "hokenBOX");
	for (unsigned i = 0; i < SEAL_PURPOSES; i++)
		derive(m->wrap[i], master, i, "hokenWRP");
	for (unsigned i = 0; i < SEAL_PURPOSES && !keys->count; i++)
		derive(keys->digest[i], master, i, "hokenDIG");
	keys->count++;
	return true;
}

static void
derive(uint8_t key[KEY_BYTES], const uint8_t master[KEY_BYTES], uint64_t id,
    const char context[crypto_kdf_CONTEXTBYTES])
{
	crypto_kdf_derive_from_key(key, KEY_BYTES, id, context, master);
}

static const struct master *
newest(const struct keys *keys)
{
	return &keys->masters[keys->count - 1];
}

static const struct master *
by_number(const struct keys *keys, uint8_t number)
{
	for (size_t i = 0; i < keys->count; i++)
		if (keys->masters[i].number == number)
			return &keys->masters[i];
	return NULL;
}

/* The NULs keep "ab","c" and "a","bc" apart. */
static struct bytes
place_of(struct arena *arena, const char *table, int64_t row,
    const char *column, uint8_t number)
{
	size_t table_len = strlen(table) + 1, column_len = strlen(column) + 1;
	size_t len = table_len + column_len + 8 + 1;
	uint8_t *place = arena_get(arena, len);

	memcpy(place, table, table_len);
	memcpy(place + table_len, column, column_len);
	put_int64(place + table_len + column_len, row);
	place[len - 1] = number;
	return (struct bytes) { place, len };
}

/* A box is the key's number, a random nonce (192 bits: they do not meet),
 * the ciphertext and its tag. */
static struct bytes
encrypt(struct arena *arena, uint8_t number, const uint8_t key[KEY_BYTES],
    struct bytes context, struct bytes plain)
{
	size_t len = HEAD_BYTES + plain.len + TAG_BYTES;
	uint8_t *box = arena_get(arena, len);

	box[0] = number;
	randombytes_buf(box + 1, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(box + HEAD_BYTES, NULL,
	    plain.data, plain.len, context.data, context.len, NULL, box + 1,
	    key);
	return (struct bytes) { box, len };
}

static int
decrypt(struct arena *arena, const uint8_t key[KEY_BYTES], struct bytes context,
    struct bytes box, struct bytes *plain)
{
	const uint8_t *bytes = box.data;
	uint8_t *out;
	size_t len;

	if (box.len < HEAD_BYTES + TAG_BYTES)
		return -1;
	len = box.len - HEAD_BYTES - TAG_BYTES;
	out = arena_get(arena, len + 1); /* a NUL behind it: text is text */
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL,
		bytes + HEAD_BYTES, box.len - HEAD_BYTES, context.data,
		context.len, bytes + 1, key) < 0)
		return -1;
	*plain = (struct bytes) { out, len };
	return 0;
}

static void
wrap_key(uint8_t key[KEY_BYTES], const struct master *master,
    enum seal_purpose purpose, struct bytes extra)
{
	crypto_generichash(key, KEY_BYTES, extra.data, extra.len,
	    master->wrap[purpose], KEY_BYTES);
}

static void
put_int64(uint8_t out[8], int64_t number)
{
	uint64_t bits = (uint64_t)number;

	for (int i = 7; i >= 0; i--, bits >>= 8)
		out[i] = (uint8_t)bits;
}

/* "token" keeps these digests apart from others of the same purpose. */
static void
token_digest(const struct keys *keys, enum seal_purpose purpose, int64_t id,
    int64_t generation, uint8_t digest[TOKEN_DIGEST])
{
	uint8_t data[8 + 8 + 8] = "token";

	put_int64(data + 8, id);
	put_int64(data + 16, generation);
	seal_digest(keys, purpose, (struct bytes) { data, sizeof(data) },
	    digest, TOKEN_DIGEST);
}

static bool
token_bytes(const char *token, uint8_t bytes[TOKEN_BYTES])
{
	size_t len;

	return strlen(token) == TOKEN_CHARS &&
	    sodium_base642bin(bytes, TOKEN_BYTES, token, TOKEN_CHARS, NULL,
		&len, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	    len == TOKEN_BYTES;
}
