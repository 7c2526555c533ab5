/* The vault: what goes in comes out, for the right key and whole only. */
#include "desk.h"

#include "base/vault.h"

#define MOST (3 * 65536 + 1)

struct vault_test {
	char dir[64], path[96], key[VAULT_KEY_ROOM], other[VAULT_KEY_ROOM];
};

static int
open_vault(void **state)
{
	struct vault_test *t = mem_get(sizeof(*t));
	char other[96];

	strcpy(t->dir, "/tmp/hokend-unit-XXXXXX");
	if (seal_init() < 0 || mkdtemp(t->dir) == NULL)
		return -1;
	snprintf(t->path, sizeof(t->path), "%s/recovery.pub", t->dir);
	snprintf(other, sizeof(other), "%s/other.pub", t->dir);
	*state = t;
	if (vault_create(t->path, t->key) < 0 ||
	    vault_create(other, t->other) < 0)
		return -1;
	return unlink(other);
}

static int
close_vault(void **state)
{
	struct vault_test *t = *state;

	unlink(t->path);
	rmdir(t->dir);
	free(t);
	return 0;
}

static size_t
sealed_size(size_t len)
{
	return 21 + 80 + 24 + len + (len / 65536 + 1) * 17;
}

/* Seals `len` bytes that say where they stand. */
static size_t
seal(const struct vault_test *t, size_t len, char *sealed, size_t room)
{
	FILE *in = tmpfile(), *out = tmpfile();
	size_t sealed_len;

	for (size_t i = 0; i < len; i++)
		putc((int)(i % 251), in);
	rewind(in);
	assert_int_equal(vault_seal(t->path, in, out), 0);
	rewind(out);
	sealed_len = fread(sealed, 1, room, out);
	fclose(in);
	fclose(out);
	return sealed_len;
}

/* What vault_open() says; the bytes must be those of seal() when it is 0. */
static int
open_sealed(const char *key, const char *sealed, size_t sealed_len, size_t len)
{
	FILE *in = tmpfile(), *out = tmpfile();
	const char *why = NULL;
	int result;

	assert_int_equal(fwrite(sealed, 1, sealed_len, in), sealed_len);
	rewind(in);
	result = vault_open(key, in, out, &why);
	rewind(out);
	for (size_t i = 0; result == 0 && i < len; i++)
		assert_int_equal(getc(out), (int)(i % 251));
	if (result == 0)
		assert_int_equal(getc(out), EOF);
	else
		assert_non_null(why);
	fclose(in);
	fclose(out);
	return result;
}

static void
all_sizes_come_back(void **state)
{
	static const size_t sizes[] = { 0, 1, 65535, 65536, 65537, 131072,
		MOST };
	struct vault_test *t = *state;
	size_t room = sealed_size(MOST) + 1;
	char *sealed = mem_get(room);

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t len = seal(t, sizes[i], sealed, room);

		assert_int_equal(len, sealed_size(sizes[i]));
		assert_int_equal(open_sealed(t->key, sealed, len, sizes[i]), 0);
		assert_int_equal(open_sealed(t->other, sealed, len, 0), 1);
	}
	free(sealed);
}

static void
whatever_was_changed_is_refused(void **state)
{
	struct vault_test *t = *state;
	size_t room = sealed_size(70000) + 1;
	char *sealed = mem_get(room);
	size_t len = seal(t, 70000, sealed, room);

	for (size_t at = 0; at < len; at += at < 200 ? 1 : 997) {
		sealed[at] ^= 1;
		assert_int_equal(open_sealed(t->key, sealed, len, 0), 1);
		sealed[at] ^= 1;
	}
	for (size_t less = 1; less < len; less += less < 50 ? 1 : 1999)
		assert_int_equal(open_sealed(t->key, sealed, len - less, 0), 1);
	/* Without its last chunk, which is where another could end. */
	assert_int_equal(open_sealed(t->key, sealed, 125 + 65536 + 17, 0), 1);
	assert_int_equal(open_sealed(t->key, sealed, len + 1, 0), 1);
	assert_int_equal(open_sealed(t->key, sealed, len, 70000), 0);
	free(sealed);
}

static void
keys_are_typed_by_hand(void **state)
{
	struct vault_test *t = *state;
	char key[VAULT_KEY_ROOM + 2], spaced[VAULT_KEY_ROOM];

	assert_int_equal(strlen(t->key), 84);
	assert_int_equal(vault_key_good(t->key), 1);
	snprintf(key, sizeof(key), "%s\n", t->key);
	assert_int_equal(vault_key_good(key), 1);
	strcpy(spaced, t->key);
	for (char *c = spaced; *c != '\0'; c++)
		*c = *c == '-' ? ' ' : *c;
	assert_int_equal(vault_key_good(spaced), 1);
	for (size_t i = 0; i < 84; i++) {
		strcpy(spaced, t->key);
		if (spaced[i] == '-')
			continue;
		spaced[i] = spaced[i] == '7' ? '8' : '7';
		assert_int_equal(vault_key_good(spaced), 0);
	}
	assert_int_equal(vault_key_good(""), 0);
	assert_int_equal(vault_key_good("recovery"), 0);
	t->key[83] = '\0';
	assert_int_equal(vault_key_good(t->key), 0);
}

static void
the_public_half_is_made_again_from_the_key(void **state)
{
	struct vault_test *t = *state;
	char again[128], one[128] = "", two[128] = "";
	FILE *file;

	snprintf(again, sizeof(again), "%s/again.pub", t->dir);
	assert_int_equal(vault_adopt(again, t->key), 0);
	assert_int_equal(vault_adopt(again, t->key), -1); /* never over it */
	file = fopen(again, "r");
	assert_true(fread(one, 1, sizeof(one) - 1, file) > 0);
	fclose(file);
	file = fopen(t->path, "r");
	assert_true(fread(two, 1, sizeof(two) - 1, file) > 0);
	fclose(file);
	assert_string_equal(one, two);
	unlink(again);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_vault, close_vault)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_sizes_come_back),
		TEST(whatever_was_changed_is_refused),
		TEST(keys_are_typed_by_hand),
		TEST(the_public_half_is_made_again_from_the_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
