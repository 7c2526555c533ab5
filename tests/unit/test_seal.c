/* Secrets: what opens, and above all what does not. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/seal.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define KEY_A "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define KEY_B "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"
#define HEAD "hokenshitsu keys 1\n"

static struct arena *arena;
static struct keys *keys;
static char path[] = "/tmp/test-seal-XXXXXX";

static struct bytes
bytes_of(const char *s)
{
	return (struct bytes) { s, strlen(s) };
}

static struct keys *
keys_from(const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	struct keys *opened;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
	opened = keys_open(path);
	unlink(path);
	return opened;
}

static int
setup(void **)
{
	int fd = mkstemp(path);

	if (fd < 0 || seal_init() < 0)
		return -1;
	close(fd);
	unlink(path);
	arena = arena_new();
	keys = keys_from(HEAD "1 " KEY_A "\n", 0600);
	return keys ? 0 : -1;
}

static int
teardown(void **)
{
	keys_close(keys);
	arena_free(arena);
	return 0;
}

static void
test_key_file(void **)
{
	struct stat st;
	struct keys *fresh;

	assert_int_equal(keys_create(path), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(keys_create(path), -1); /* never overwritten */
	fresh = keys_open(path);
	assert_non_null(fresh);
	keys_close(fresh);
	keys_close(NULL);
	unlink(path);
	assert_null(keys_open(path));
	assert_int_equal(keys_create("/nonexistent/keys"), -1);
}

static void
test_bad_key_files(void **)
{
	static const char *const bad[] = { "", HEAD,
		"hokenshitsu keys 2\n1 " KEY_A "\n", HEAD "1 " KEY_A,
		HEAD "0 " KEY_A "\n", HEAD "256 " KEY_A "\n",
		HEAD "1 " KEY_A "A\n", HEAD "1 AAAA\n", HEAD KEY_A "\n",
		HEAD "1 " KEY_A "\n1 " KEY_B "\n", HEAD "1 " KEY_A "\nx\n",
		HEAD "1 " KEY_A "\n\n" };

	for (size_t i = 0; i < COUNT(bad); i++)
		if (keys_from(bad[i], 0600))
			fail_msg("accepted: %s", bad[i]);
	assert_null(keys_from(HEAD "1 " KEY_A "\n", 0640));
	assert_null(keys_from(HEAD "1 " KEY_A "\n", 0604));
}

static void
test_box(void **)
{
	static const char *const plains[] = { "", "佐藤はな",
		"yuki@example.jp" };

	for (size_t i = 0; i < COUNT(plains); i++) {
		struct bytes box = seal_box(keys, arena, "booking", 7,
		    "contact", bytes_of(plains[i]));
		struct bytes again = seal_box(keys, arena, "booking", 7,
		    "contact", bytes_of(plains[i]));
		struct bytes plain;

		assert_int_equal(box.len, strlen(plains[i]) + 41);
		assert_memory_not_equal(box.data, again.data, box.len);
		assert_int_equal(*(const char *)box.data, 1);
		assert_int_equal(seal_open(keys, arena, "booking", 7, "contact",
				     box, &plain),
		    0);
		assert_int_equal(plain.len, strlen(plains[i]));
		assert_string_equal(plain.data, plains[i]);
	}
}

static void
test_moved_box(void **)
{
	static const struct {
		const char *table;
		int64_t row;
		const char *column;
	} elsewhere[] = {
		{ "booking", 8, "contact" },
		{ "booking", 7, "note" },
		{ "booking", 7, "content" },
		{ "outbox", 7, "contact" },
		{ "bookingc", 7, "ontact" },
		{ "booking", 7 << 8, "contact" },
	};
	struct bytes box = seal_box(keys, arena, "booking", 7, "contact",
	    bytes_of("佐藤"));
	struct bytes plain;

	for (size_t i = 0; i < COUNT(elsewhere); i++)
		assert_int_equal(seal_open(keys, arena, elsewhere[i].table,
				     elsewhere[i].row, elsewhere[i].column, box,
				     &plain),
		    -1);
}

static void
test_damaged_box(void **)
{
	struct bytes box = seal_box(keys, arena, "booking", 7, "contact",
	    bytes_of("佐藤"));
	struct bytes plain;

	for (size_t bit = 0; bit < box.len * 8; bit++) {
		struct bytes bad = arena_bytes(arena, box.data, box.len);
		uint8_t *byte = arena_get(arena, bad.len);

		memcpy(byte, bad.data, bad.len);
		byte[bit / 8] ^= (uint8_t)(1 << bit % 8);
		bad.data = byte;
		if (seal_open(keys, arena, "booking", 7, "contact", bad,
			&plain) != -1)
			fail_msg("bit %zu", bit);
	}
	for (size_t len = 0; len < box.len; len++)
		assert_int_equal(seal_open(keys, arena, "booking", 7, "contact",
				     (struct bytes) { box.data, len }, &plain),
		    -1);
}

/* An old box opens with a file that has a newer key, and new boxes are made
 * with that; digests and their tokens stay what they were. */
static void
test_rotation(void **)
{
	struct keys *both = keys_from(HEAD "1 " KEY_A "\n2 " KEY_B "\n", 0600);
	struct keys *other = keys_from(HEAD "1 " KEY_B "\n", 0600);
	struct bytes box = seal_box(keys, arena, "t", 1, "c", bytes_of("x"));
	struct bytes newer, plain;
	char *token = seal_token(keys, arena, SEAL_FEED, 5, 1);

	assert_int_equal(seal_open(both, arena, "t", 1, "c", box, &plain), 0);
	assert_int_equal(seal_open(other, arena, "t", 1, "c", box, &plain), -1);
	newer = seal_box(both, arena, "t", 1, "c", bytes_of("x"));
	assert_int_equal(*(const char *)newer.data, 2);
	assert_int_equal(seal_open(keys, arena, "t", 1, "c", newer, &plain),
	    -1);
	assert_true(seal_token_is(both, SEAL_FEED, token, 1));
	assert_false(seal_token_is(other, SEAL_FEED, token, 1));
	keys_close(both);
	keys_close(other);
}

static void
test_digest(void **)
{
	uint8_t a[32], b[32];

	for (int i = 0; i < SEAL_PURPOSES; i++)
		for (int k = 0; k < SEAL_PURPOSES; k++) {
			seal_digest(keys, (enum seal_purpose)i, bytes_of("x"),
			    a, 32);
			seal_digest(keys, (enum seal_purpose)k, bytes_of("x"),
			    b, 32);
			assert_int_equal(seal_equal(a, b, 32), i == k);
		}
	seal_digest(keys, SEAL_PEER, bytes_of("y"), a, 16);
	seal_digest(keys, SEAL_PEER, bytes_of("x"), b, 16);
	assert_false(seal_equal(a, b, 16));
	seal_digest(keys, SEAL_PEER, (struct bytes) { NULL, 0 }, a, 16);
}

static void
test_token(void **)
{
	static const char *const bad[] = { "", "x",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* id 0 */
		"gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* negative */
		"AAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"AAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAB", /* odd bits */
		"AAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAA==" };
	char *token = seal_token(keys, arena, SEAL_MANAGE, INT64_MAX, 3);
	char *flipped = arena_dup(arena, token);

	assert_int_equal(strlen(token), 38);
	assert_int_equal(seal_token_id(token), INT64_MAX);
	assert_true(seal_token_is(keys, SEAL_MANAGE, token, 3));
	assert_false(seal_token_is(keys, SEAL_MANAGE, token, 4));
	assert_false(seal_token_is(keys, SEAL_FEED, token, 3));
	for (size_t i = 0; i < strlen(token); i++) {
		flipped[i] = token[i] == 'A' ? 'E' : 'A';
		assert_false(seal_token_is(keys, SEAL_MANAGE, flipped, 3));
		flipped[i] = token[i];
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_int_equal(seal_token_id(bad[i]), 0);
		assert_false(seal_token_is(keys, SEAL_MANAGE, bad[i], 3));
	}
}

static void
test_wrap(void **)
{
	struct bytes none = { NULL, 0 };
	char *wrapped = seal_wrap(keys, arena, SEAL_COOKIE, none, "hold=7");
	char *keyed = seal_wrap(keys, arena, SEAL_IDEMPOTENCY, bytes_of("key"),
	    "答え");

	assert_string_equal(
	    seal_unwrap(keys, arena, SEAL_COOKIE, none, wrapped), "hold=7");
	assert_null(seal_unwrap(keys, arena, SEAL_STAMP, none, wrapped));
	assert_null(
	    seal_unwrap(keys, arena, SEAL_COOKIE, bytes_of("x"), wrapped));
	assert_string_equal(
	    seal_unwrap(keys, arena, SEAL_IDEMPOTENCY, bytes_of("key"), keyed),
	    "答え");
	assert_null(
	    seal_unwrap(keys, arena, SEAL_IDEMPOTENCY, bytes_of("kez"), keyed));
	assert_null(seal_unwrap(keys, arena, SEAL_COOKIE, none, ""));
	assert_null(seal_unwrap(keys, arena, SEAL_COOKIE, none, "AQ"));
	assert_null(seal_unwrap(keys, arena, SEAL_COOKIE, none, "b@d"));
	wrapped[10] = wrapped[10] == 'A' ? 'B' : 'A';
	assert_null(seal_unwrap(keys, arena, SEAL_COOKIE, none, wrapped));
}

static void
test_password(void **)
{
	char *hash = seal_password(arena, "ひみつの言葉");

	assert_true(strncmp(hash, "$argon2id$v=19$m=65536,", 23) == 0);
	assert_true(seal_password_is(hash, "ひみつの言葉"));
	assert_false(seal_password_is(hash, "ひみつの言葉 "));
	assert_false(seal_password_is(hash, ""));
	assert_false(seal_password_is("", ""));
}

static void
test_random(void **)
{
	bool met[3] = { false };
	int64_t last = 0;

	for (int i = 0; i < 1000; i++) {
		int64_t id = seal_id();
		uint32_t n = seal_below(3);

		assert_true(id > 0);
		assert_true(id != last);
		last = id;
		assert_in_range(n, 0, 2);
		met[n] = true;
	}
	assert_true(met[0] && met[1] && met[2]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key_file),
		cmocka_unit_test(test_bad_key_files),
		cmocka_unit_test(test_box),
		cmocka_unit_test(test_moved_box),
		cmocka_unit_test(test_damaged_box),
		cmocka_unit_test(test_rotation),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_token),
		cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_password),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
