/*
 * Sealed streams.  A stream is a version line, a random stream key in a
 * sealed box (X25519, crypto_box_seal), and libsodium's secretstream
 * (XChaCha20-Poly1305) in chunks, the last of which is shorter than the
 * others and tagged as final: nothing can be changed, swapped or cut off.
 */
#include "base/vault.h"

#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"

#define PUBLIC_LINE "hokenshitsu recovery 1\n"
#define STREAM_LINE "hokenshitsu backup 1\n"
#define CHUNK 65536
#define SUM_BYTES 2
#define TAG_BYTES crypto_secretstream_xchacha20poly1305_ABYTES
#define GROUP 4

struct head {
	uint8_t line[sizeof(STREAM_LINE) - 1];
	uint8_t box[crypto_box_SEALBYTES +
	    crypto_secretstream_xchacha20poly1305_KEYBYTES];
	uint8_t stream[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
};

typedef crypto_secretstream_xchacha20poly1305_state stream_state;

static void key_print(const uint8_t secret[crypto_box_SECRETKEYBYTES],
    char *key);
static bool key_parse(const char *key,
    uint8_t secret[crypto_box_SECRETKEYBYTES]);
static int public_write(const char *path, const uint8_t *public);
static int public_read(const char *path, uint8_t *public);
static int head_write(struct head *, stream_state *, const uint8_t *public);
static const char *head_open(const struct head *, stream_state *,
    const char *key);
static int seal_chunks(stream_state *, FILE *in, FILE *out);
static int open_chunks(stream_state *, FILE *in, FILE *out, const char **why);
static int fault(const char *what);

int
vault_create(const char *path, char key[VAULT_KEY_ROOM])
{
	uint8_t public[crypto_box_PUBLICKEYBYTES];
	uint8_t secret[crypto_box_SECRETKEYBYTES];

	crypto_box_keypair(public, secret);
	key_print(secret, key);
	sodium_memzero(secret, sizeof(secret));
	return public_write(path, public);
}

int
vault_adopt(const char *path, const char *key)
{
	uint8_t public[crypto_box_PUBLICKEYBYTES];
	uint8_t secret[crypto_box_SECRETKEYBYTES];
	bool good = key_parse(key, secret);

	if (good)
		crypto_scalarmult_base(public, secret);
	sodium_memzero(secret, sizeof(secret));
	return good ? public_write(path, public) : -1;
}

int
vault_key_good(const char *key)
{
	uint8_t secret[crypto_box_SECRETKEYBYTES];
	bool good = key_parse(key, secret);

	sodium_memzero(secret, sizeof(secret));
	return good;
}

int
vault_seal(const char *path, FILE *in, FILE *out)
{
	uint8_t public[crypto_box_PUBLICKEYBYTES];
	stream_state state;
	struct head head;
	int result;

	if (public_read(path, public) < 0)
		return -1;
	if (head_write(&head, &state, public) < 0)
		return fault("seal");
	result = fwrite(&head, sizeof(head), 1, out) == 1
	    ? seal_chunks(&state, in, out)
	    : fault("write");
	sodium_memzero(&state, sizeof(state));
	return result;
}

int
vault_open(const char *key, FILE *in, FILE *out, const char **why)
{
	stream_state state;
	struct head head;
	int result = 1;

	*why = fread(&head, sizeof(head), 1, in) == 1
	    ? head_open(&head, &state, key)
	    : "it is no backup";
	if (*why == NULL)
		result = open_chunks(&state, in, out, why);
	sodium_memzero(&state, sizeof(state));
	return result;
}

void
vault_wipe(void *data, size_t len)
{
	sodium_memzero(data, len);
}

static void
checksum(const uint8_t secret[crypto_box_SECRETKEYBYTES], uint8_t *sum)
{
	uint8_t digest[crypto_generichash_BYTES];

	crypto_generichash(digest, sizeof(digest), secret,
	    crypto_box_SECRETKEYBYTES, NULL, 0);
	memcpy(sum, digest, SUM_BYTES);
	sodium_memzero(digest, sizeof(digest));
}

static void
key_print(const uint8_t secret[crypto_box_SECRETKEYBYTES], char *key)
{
	uint8_t bytes[crypto_box_SECRETKEYBYTES + SUM_BYTES];
	char hex[2 * sizeof(bytes) + 1];

	memcpy(bytes, secret, crypto_box_SECRETKEYBYTES);
	checksum(secret, bytes + crypto_box_SECRETKEYBYTES);
	sodium_bin2hex(hex, sizeof(hex), bytes, sizeof(bytes));
	for (size_t i = 0; i < 2 * sizeof(bytes); i++) {
		if (i > 0 && i % GROUP == 0)
			*key++ = '-';
		*key++ = hex[i];
	}
	*key = '\0';
	sodium_memzero(bytes, sizeof(bytes));
	sodium_memzero(hex, sizeof(hex));
}

static bool
key_parse(const char *key, uint8_t secret[crypto_box_SECRETKEYBYTES])
{
	uint8_t bytes[crypto_box_SECRETKEYBYTES + SUM_BYTES], sum[SUM_BYTES];
	const char *end;
	size_t len;
	bool good;

	good = sodium_hex2bin(bytes, sizeof(bytes), key, strlen(key),
		   "- \t\r\n", &len, &end) == 0 &&
	    len == sizeof(bytes) && *end == '\0';
	if (good) {
		memcpy(secret, bytes, crypto_box_SECRETKEYBYTES);
		checksum(secret, sum);
		good = memcmp(sum, bytes + crypto_box_SECRETKEYBYTES,
			   SUM_BYTES) == 0;
	}
	sodium_memzero(bytes, sizeof(bytes));
	return good;
}

static int
public_write(const char *path, const uint8_t *public)
{
	char hex[2 * crypto_box_PUBLICKEYBYTES + 1], text[128];

	sodium_bin2hex(hex, sizeof(hex), public, crypto_box_PUBLICKEYBYTES);
	snprintf(text, sizeof(text), PUBLIC_LINE "%s\n", hex);
	return secret_write(path, text);
}

static int
public_read(const char *path, uint8_t *public)
{
	const size_t line = strlen(PUBLIC_LINE);
	char text[128];
	const char *end;
	size_t len;

	if (secret_read(path, text, sizeof(text)) < 0)
		return -1;
	if (strncmp(text, PUBLIC_LINE, line) == 0 &&
	    sodium_hex2bin(public, crypto_box_PUBLICKEYBYTES, text + line,
		strlen(text + line), NULL, &len, &end) == 0 &&
	    len == crypto_box_PUBLICKEYBYTES && strcmp(end, "\n") == 0)
		return 0;
	log_fault("vault.key", "file=%s reason=damaged", path);
	return -1;
}

static int
head_write(struct head *head, stream_state *state, const uint8_t *public)
{
	uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	int sealed;

	memcpy(head->line, STREAM_LINE, sizeof(head->line));
	crypto_secretstream_xchacha20poly1305_keygen(key);
	crypto_secretstream_xchacha20poly1305_init_push(state, head->stream,
	    key);
	sealed = crypto_box_seal(head->box, key, sizeof(key), public);
	sodium_memzero(key, sizeof(key));
	return sealed;
}

/* NULL, or why not. */
static const char *
head_open(const struct head *head, stream_state *state, const char *key)
{
	uint8_t public[crypto_box_PUBLICKEYBYTES];
	uint8_t secret[crypto_box_SECRETKEYBYTES];
	uint8_t stream[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	const char *why = "it was sealed to another recovery key";

	if (memcmp(head->line, STREAM_LINE, sizeof(head->line)) != 0)
		return "it is no backup";
	if (!key_parse(key, secret))
		return "this is no recovery key: a character is wrong";
	crypto_scalarmult_base(public, secret);
	if (crypto_box_seal_open(stream, head->box, sizeof(head->box), public,
		secret) == 0 &&
	    crypto_secretstream_xchacha20poly1305_init_pull(state, head->stream,
		stream) == 0)
		why = NULL;
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(stream, sizeof(stream));
	return why;
}

static int
seal_chunks(stream_state *state, FILE *in, FILE *out)
{
	uint8_t plain[CHUNK], sealed[CHUNK + TAG_BYTES];
	size_t len;

	do {
		len = fread(plain, 1, CHUNK, in);
		if (ferror(in))
			return fault("read");
		crypto_secretstream_xchacha20poly1305_push(state, sealed, NULL,
		    plain, len, NULL, 0,
		    len < CHUNK
			? crypto_secretstream_xchacha20poly1305_TAG_FINAL
			: 0);
		if (fwrite(sealed, 1, len + TAG_BYTES, out) != len + TAG_BYTES)
			return fault("write");
	} while (len == CHUNK);
	return fflush(out) == 0 ? 0 : fault("write");
}

static int
open_chunks(stream_state *state, FILE *in, FILE *out, const char **why)
{
	uint8_t plain[CHUNK], sealed[CHUNK + TAG_BYTES], tag = 0;
	unsigned long long opened;
	size_t len;

	do {
		len = fread(sealed, 1, sizeof(sealed), in);
		if (ferror(in))
			return fault("read");
		if (len < TAG_BYTES ||
		    crypto_secretstream_xchacha20poly1305_pull(state, plain,
			&opened, &tag, sealed, len, NULL, 0) != 0) {
			*why = "it is damaged or cut short";
			return 1;
		}
		if (fwrite(plain, 1, opened, out) != opened)
			return fault("write");
	} while (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL);
	if (fgetc(in) != EOF) {
		*why = "something stands behind its end";
		return 1;
	}
	return fflush(out) == 0 ? 0 : fault("write");
}

static int
fault(const char *what)
{
	log_fault("vault.stream", "step=%s reason=%s", what,
	    strerrordesc_np(errno));
	return -1;
}
