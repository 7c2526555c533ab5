/* Copies of a database in use, and the examination of good and bad ones. */
#include "desk.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "store/db_care.h"

static void
add(struct test_desk *t, int64_t id, const char *name)
{
	assert_int_equal(db_do(t->desk.db, account_add, .id = id, .name = name,
			     .role = "staff", .password = "x"),
	    1);
}

static int64_t
accounts(const char *path)
{
	struct db *db = db_open(path, DB_READ);
	int64_t count = -1;

	assert_non_null(db);
	assert_int_equal(db_value(db, &count, account_count), 1);
	db_close(db);
	return count;
}

/* What is committed is copied, what is being written is not, and neither
 * waits for the other. */
static void
a_copy_is_one_moment(void **state)
{
	struct test_desk *t = *state;
	char copy[96];
	const char *why;
	struct stat st;

	test_path(t, copy, sizeof(copy), "copy.db");
	add(t, 1, "yuki");
	assert_int_equal(db_begin(t->desk.db), 0);
	add(t, 2, "midori");
	assert_int_equal(db_copy(t->path, copy), 0);
	assert_int_equal(db_commit(t->desk.db), 0);
	assert_int_equal(stat(copy, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(db_examine(t->desk.arena, copy, &why), 0);
	assert_int_equal(accounts(copy), 1);
	assert_int_equal(accounts(t->path), 2);
	unlink(copy);
	for (int i = 0; i < 2; i++) {
		test_path(t, copy, sizeof(copy),
		    i == 0 ? "copy.db-wal" : "copy.db-shm");
		unlink(copy);
	}
}

static void
nothing_is_left_of_a_copy_that_fails(void **state)
{
	struct test_desk *t = *state;
	char none[96], copy[96];

	test_path(t, none, sizeof(none), "none.db");
	test_path(t, copy, sizeof(copy), "copy.db");
	assert_int_equal(db_copy(none, copy), -1);
	assert_int_equal(access(copy, F_OK), -1);
}

static void
damage_is_found(void **state)
{
	struct test_desk *t = *state;
	const char *why = NULL, noise[64] = "noise";
	int fd;

	add(t, 1, "yuki");
	db_checkpoint(t->desk.db);
	assert_int_equal(db_examine(t->desk.arena, t->path, &why), 0);
	fd = open(t->path, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(fd, noise, sizeof(noise), 5 * 4096L), 64);
	close(fd);
	assert_int_equal(db_examine(t->desk.arena, t->path, &why), 1);
	assert_non_null(why);
}

/* Pages that are whole may hold values that the schema forbids. */
static void
forbidden_values_are_damage(void **state)
{
	struct test_desk *t = *state;
	static char file[1 << 20];
	const char *why = NULL;
	int64_t id;
	char *at;
	int fd;

	assert_int_equal(db_value(t->desk.db, &id, place_put, .id = 7,
			     .code = "hallway", .rank = 1,
			     .channel = "in_person"),
	    1);
	db_checkpoint(t->desk.db);
	fd = open(t->path, O_RDWR | O_CLOEXEC);
	ssize_t len = read(fd, file, sizeof(file));
	at = memmem(file, (size_t)len, "hallway", 7);
	at = memmem(at, (size_t)(file + len - at), "in_person", 9);
	assert_int_equal(pwrite(fd, "in_purple", 9, at - file), 9);
	close(fd);
	assert_int_equal(db_examine(t->desk.arena, t->path, &why), 1);
	assert_non_null(strstr(why, "CHECK"));
}

static void
what_is_no_database_is_damaged(void **state)
{
	struct test_desk *t = *state;
	const char *why = NULL;
	char keys[96];

	test_path(t, keys, sizeof(keys), "keys");
	assert_int_equal(db_examine(t->desk.arena, keys, &why), 1);
	assert_non_null(why);
	test_path(t, keys, sizeof(keys), "none");
	assert_int_equal(db_examine(t->desk.arena, keys, &why), -1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, test_desk_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_copy_is_one_moment),
		TEST(nothing_is_left_of_a_copy_that_fails),
		TEST(damage_is_found),
		TEST(forbidden_values_are_damage),
		TEST(what_is_no_database_is_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
