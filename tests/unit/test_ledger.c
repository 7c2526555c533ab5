/* The ledger of what was forgotten: torn lines, other directories, age. */
#include "desk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include "store/ledger.h"

#define DAY 86400

static char *
path_of(struct test_desk *t)
{
	return arena_print(t->desk.arena, "%s/backups/" LEDGER_NAME, t->dir);
}

static void
put(const char *path, const char *text)
{
	FILE *file = fopen(path, "ae");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int
count(struct test_desk *t)
{
	int64_t *ids;

	return ledger_read(t->desk.arena, t->dir, LEDGER_VISIT, &ids);
}

static void
what_was_added_is_there(void **state)
{
	struct test_desk *t = *state;
	int64_t ids[] = { 1, INT64_MAX, 0x0123456789abcdef }, *read;
	struct stat st;

	assert_int_equal(count(t), 0);
	assert_int_equal(
	    ledger_add(t->desk.arena, t->dir, LEDGER_VISIT, ids, 0), 0);
	assert_int_equal(access(path_of(t), F_OK), -1);
	assert_int_equal(
	    ledger_add(t->desk.arena, t->dir, LEDGER_VISIT, ids, 2), 0);
	assert_int_equal(
	    ledger_add(t->desk.arena, t->dir, LEDGER_VISIT, ids + 2, 1), 0);
	assert_int_equal(
	    ledger_read(t->desk.arena, t->dir, LEDGER_VISIT, &read), 3);
	assert_memory_equal(read, ids, sizeof(ids));
	assert_int_equal(stat(path_of(t), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

/* Wherever the power ended it, a line counts whole or not at all, and does
 * no harm to the next. */
static void
torn_lines_count_for_nothing(void **state)
{
	struct test_desk *t = *state;
	int64_t id = 0x7123456789abcdef, *ids;
	struct stat st;

	for (off_t cut = 1; cut < 34; cut++) {
		unlink(path_of(t));
		assert_int_equal(
		    ledger_add(t->desk.arena, t->dir, LEDGER_VISIT, &id, 1), 0);
		assert_int_equal(
		    ledger_add(t->desk.arena, t->dir, LEDGER_VISIT, &id, 1), 0);
		assert_int_equal(stat(path_of(t), &st), 0);
		assert_int_equal(truncate(path_of(t), st.st_size - cut), 0);
		assert_int_equal(count(t), 1);
		assert_int_equal(
		    ledger_add(t->desk.arena, t->dir, LEDGER_VISIT, &id, 1), 0);
		/* Only the line's end was lost: the line is whole again. */
		assert_int_equal(
		    ledger_read(t->desk.arena, t->dir, LEDGER_VISIT, &ids),
		    cut == 1 ? 3 : 2);
		assert_true(ids[1] == id);
	}
}

static void
what_is_no_entry(void **state)
{
	static const char *const lines[] = { "\n", "0\n",
		"0123456789abcdef-0000000068d00000\n",
		"0123456789abcdeg 0000000068d00000\n",
		"0123456789abcdef 0000000068d000000\n",
		"0000000000000000 0000000068d00000\n",
		"f123456789abcdef 0000000068d00000\n" };
	struct test_desk *t = *state;
	int64_t id = 7;

	assert_int_equal(
	    ledger_add(t->desk.arena, t->dir, LEDGER_VISIT, &id, 1), 0);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		put(path_of(t), lines[i]);
		assert_int_equal(count(t), 1);
	}
}

static void
old_entries_go(void **state)
{
	static const int ages[] = { 0, LEDGER_DAYS - 1, LEDGER_DAYS + 1, 99 };
	struct test_desk *t = *state;
	int64_t id = 7;

	assert_int_equal(ledger_expire(t->desk.arena, t->dir), 0);
	assert_int_equal(
	    ledger_add(t->desk.arena, t->dir, LEDGER_VISIT, &id, 1), 0);
	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++)
		put(path_of(t),
		    arena_print(t->desk.arena, "%016zx %016llx\n", i + 8,
			(long long)time(NULL) - (long long)ages[i] * DAY));
	assert_int_equal(count(t), 5);
	assert_int_equal(ledger_expire(t->desk.arena, t->dir), 0);
	assert_int_equal(count(t), 3);
}

/* That of a copy which was kept elsewhere; its own is no other. */
static void
another_directory(void **state)
{
	struct test_desk *t = *state;
	char *own = arena_print(t->desk.arena, "%s/backups", t->dir);
	char *other = arena_print(t->desk.arena, "%s/" LEDGER_NAME, t->dir);
	int64_t id = 7;

	assert_int_equal(ledger_adopt(t->desk.arena, t->dir, t->dir), 0);
	put(other, "000000000000002a 0000000000000001\n");
	assert_int_equal(ledger_adopt(t->desk.arena, t->dir, t->dir), 1);
	assert_int_equal(
	    ledger_add(t->desk.arena, t->dir, LEDGER_VISIT, &id, 1), 0);
	assert_int_equal(ledger_adopt(t->desk.arena, t->dir, own), 0);
	assert_int_equal(count(t), 2);
	/* It counts from now on: the copy beside it may be as young. */
	assert_int_equal(ledger_expire(t->desk.arena, t->dir), 0);
	assert_int_equal(count(t), 2);
	unlink(other);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, test_desk_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_added_is_there),
		TEST(torn_lines_count_for_nothing),
		TEST(what_is_no_entry),
		TEST(old_entries_go),
		TEST(another_directory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
