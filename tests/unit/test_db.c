/* The database: binding, reading, conflicts, refusals, snapshots. */
#include "desk.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "store/engine.h"

struct day {
	int64_t day;
	int closed;
	const char *name;
};
static const struct db_field day_row[] = {
	DB_FIELD(struct day, day),
	DB_FIELD(struct day, closed),
	DB_FIELD(struct day, name),
	DB_END,
};

static int
put(struct db *db, int64_t day, const char *name)
{
	return db_do(db, holiday_put, .day = day, .closed = 1, .name = name);
}

static int
days(struct desk *desk, struct day **rows)
{
	return db_all(desk->db, desk->arena, day_row, rows, holiday_between,
	    .from_day = 0, .until_day = 100000);
}

static void
every_statement_prepares(void **state)
{
	struct test_desk *t = *state;

	assert_int_equal(db_check(t->desk.db), 0);
	assert_int_equal(db_migrate(t->desk.db), 0); /* nothing to do */
}

static void
memory_leaves_no_file(void **state)
{
	struct db *db = db_open(":memory:", DB_WRITE);

	(void)state;
	assert_non_null(db);
	assert_int_equal(db_migrate(db), 0);
	assert_int_equal(db_check(db), 0);
	assert_int_equal(put(db, 1, "休み"), 1);
	db_close(db);
	assert_int_equal(access(":memory:", F_OK), -1);
	assert_int_equal(access(":memory:.lock", F_OK), -1);
}

static void
rows_come_back_in_order(void **state)
{
	struct test_desk *t = *state;
	struct day *rows = NULL;

	assert_int_equal(days(&t->desk, &rows), 0);
	assert_null(rows);
	for (int i = 0; i < 100; i++)
		assert_int_equal(put(t->desk.db, 99 - i, "休み"), 1);
	assert_int_equal(days(&t->desk, &rows), 100);
	for (int i = 0; i < 100; i++) {
		assert_int_equal(rows[i].day, i);
		assert_int_equal(rows[i].closed, 1);
		assert_string_equal(rows[i].name, "休み");
	}
}

static void
returning_is_done_when_the_call_returns(void **state)
{
	struct test_desk *t = *state;
	int64_t id = 0;

	assert_int_equal(db_value(t->desk.db, &id, theme_put, .id = 7,
			     .code = "health", .rank = 1),
	    1);
	assert_int_equal(id, 7);
	db_close(t->desk.db);
	t->desk.db = db_open(t->path, DB_WRITE);
	id = 0;
	assert_int_equal(db_value(t->desk.db, &id, theme_put, .id = 8,
			     .code = "health", .rank = 2),
	    1);
	assert_int_equal(id, 7);
}

static void
blobs_are_bytes(void **state)
{
	struct test_desk *t = *state;
	static const uint8_t one[] = { 0, 1, 0, 2 }, other[] = { 0, 1, 0, 3 };
	struct bytes key = { one, sizeof(one) };
	int64_t tries = -1;

	assert_int_equal(db_do(t->desk.db, throttle_add, .key = key,
			     .window_at = 10, .tries = 1),
	    1);
	assert_int_equal(db_value(t->desk.db, &tries, throttle_tries,
			     .key = key, .since = 0),
	    1);
	assert_int_equal(tries, 1);
	key.data = other;
	assert_int_equal(db_value(t->desk.db, &tries, throttle_tries,
			     .key = key, .since = 0),
	    1);
	assert_int_equal(tries, 0);
	key = (struct bytes) { one, 0 }; /* empty is not NULL */
	assert_int_equal(db_do(t->desk.db, throttle_add, .key = key,
			     .window_at = 10, .tries = 1),
	    1);
}

static void
null_arguments_are_null(void **state)
{
	struct test_desk *t = *state;

	/* NOT NULL columns refuse them: our mistake, no conflict. */
	assert_int_equal(put(t->desk.db, 1, NULL), DB_FAULT);
	assert_int_equal(
	    db_do(t->desk.db, throttle_add, .window_at = 10, .tries = 1),
	    DB_FAULT);
	assert_int_equal(put(t->desk.db, 1, ""), 1);
	assert_false(db_doomed(t->desk.db));
}

static void
null_columns_are_zero(void **state)
{
	struct test_desk *t = *state;
	struct guest {
		struct bytes contact;
		const char *cancelled_by;
		int64_t confirmed_at;
		int day;
	} guest = { { "x", 1 }, "x", 1, 1 };
	static const struct db_field row[] = {
		DB_FIELD(struct guest, contact),
		DB_FIELD(struct guest, cancelled_by),
		DB_FIELD(struct guest, confirmed_at),
		DB_FIELD(struct guest, day),
		DB_END,
	};
	struct engine *engine;

	db_close(t->desk.db);
	engine = engine_open(t->path, DB_WRITE);
	assert_int_equal(
	    engine_script(engine, "test",
		"PRAGMA foreign_keys = OFF;"
		"INSERT INTO theme VALUES (1, 'a', 1, 0);"
		"INSERT INTO advisor VALUES (1, 'a', 1, 'a', 1, 0, 0);"
		"INSERT INTO place VALUES (1, 'a', 1, 'online', 0);"
		"INSERT INTO booking (id, code, session, advisor, theme, place,"
		" booth, channel, entry, state, starts_at, ends_at, day,"
		" held_until, lang, uid, created_at, updated_at) VALUES"
		" (1, '12345678', 1, 1, 1, 1, 1, 'online', 'web', 'held', 0,"
		" 900, 42, 0, 'ja', 'u', 0, 0)"),
	    0);
	engine_close(engine);
	t->desk.db = db_open(t->path, DB_WRITE);
	assert_int_equal(db_one(t->desk.db, t->desk.arena, row, &guest,
			     booking_by_id, .id = 1),
	    1);
	assert_null(guest.contact.data);
	assert_int_equal(guest.contact.len, 0);
	assert_null(guest.cancelled_by);
	assert_int_equal(guest.confirmed_at, 0);
	assert_int_equal(guest.day, 42);
	assert_int_equal(db_one(t->desk.db, t->desk.arena, row, &guest,
			     booking_by_id, .id = 2),
	    0);
}

static void
fields_must_fit_columns(void **state)
{
	struct test_desk *t = *state;
	struct odd {
		int64_t day, nowhere, name;
		const char *closed;
	};
	static const struct db_field missing[] = { DB_FIELD(struct odd, day),
		DB_FIELD(struct odd, nowhere), DB_END };
	static const struct db_field text_as_number[] = {
		DB_FIELD(struct odd, name), DB_END
	};
	static const struct db_field number_as_text[] = {
		DB_FIELD(struct odd, closed), DB_END
	};
	const struct db_field *const tables[] = { missing, text_as_number,
		number_as_text };
	struct odd *rows;
	struct day *fine;

	put(t->desk.db, 1, "休み");
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(db_all(t->desk.db, t->desk.arena, tables[i],
				     &rows, holiday_between, .from_day = 0,
				     .until_day = 9),
		    DB_FAULT);
		/* The next field table is matched afresh. */
		assert_int_equal(days(&t->desk, &fine), 1);
	}
}

static void
numbers_must_fit_an_int(void **state)
{
	struct test_desk *t = *state;
	struct small {
		int day;
	} small;
	static const struct db_field row[] = { DB_FIELD(struct small, day),
		DB_END };

	put(t->desk.db, INT64_C(1) << 32, "休み");
	assert_int_equal(db_one(t->desk.db, t->desk.arena, row, &small,
			     holiday_between, .from_day = 0,
			     .until_day = INT64_C(1) << 33),
	    DB_FAULT);
}

static int
add(struct db *db, int64_t id, const char *name, const char *role)
{
	return db_do(db, account_add, .id = id, .name = name, .role = role,
	    .password = "x");
}

static void
keys_and_checks_conflict(void **state)
{
	struct test_desk *t = *state;

	assert_int_equal(add(t->desk.db, 1, "yuki", "staff"), 1);
	assert_int_equal(add(t->desk.db, 2, "yuki", "staff"), DB_CONFLICT);
	assert_int_equal(add(t->desk.db, 1, "midori", "staff"), DB_CONFLICT);
	assert_int_equal(add(t->desk.db, 3, "midori", "queen"), DB_CONFLICT);
	assert_int_equal(db_do(t->desk.db, account_add, .id = 4, .name = "m",
			     .role = "advisor", .advisor = 99, .password = "x"),
	    DB_CONFLICT);
	assert_int_equal(add(t->desk.db, 2, "midori", "staff"), 1);
}

static void
conflict_in_a_savepoint_spares_the_rest(void **state)
{
	struct test_desk *t = *state;
	struct db *db = t->desk.db;
	int64_t count = 0;

	assert_int_equal(db_begin(db), 0);
	assert_int_equal(db_save(db), 0);
	assert_int_equal(add(db, 1, "yuki", "staff"), 1);
	assert_int_equal(db_release(db), 0);
	assert_int_equal(db_save(db), 0);
	assert_int_equal(add(db, 2, "midori", "staff"), 1);
	assert_int_equal(add(db, 3, "yuki", "staff"), DB_CONFLICT);
	assert_false(db_doomed(db));
	db_undo(db);
	assert_int_equal(db_save(db), 0);
	assert_int_equal(add(db, 4, "haru", "staff"), 1);
	assert_int_equal(db_release(db), 0);
	assert_int_equal(db_commit(db), 0);
	assert_int_equal(db_value(db, &count, account_count), 1);
	assert_int_equal(count, 2);
	db_rollback(db); /* of nothing is fine */
}

static void
a_newer_schema_is_refused(void **state)
{
	struct test_desk *t = *state;
	struct engine *engine;

	db_close(t->desk.db);
	engine = engine_open(t->path, DB_WRITE);
	assert_int_equal(engine_version(engine), db_schema_version());
	assert_int_equal(engine_set_version(engine, db_schema_version() + 1),
	    0);
	assert_null(db_open(t->path, DB_READ));
	engine_close(engine);
	t->desk.db = db_open(t->path, DB_WRITE);
	assert_null(t->desk.db);
}

static void
what_is_no_database_is_refused(void **state)
{
	struct test_desk *t = *state;
	char path[96];

	test_path(t, path, sizeof(path), "keys");
	assert_null(db_open(path, DB_READ));
	test_path(t, path, sizeof(path), "nowhere/room.db");
	assert_null(db_open(path, DB_WRITE));
	test_path(t, path, sizeof(path), "missing.db");
	assert_null(db_open(path, DB_READ));
	assert_int_equal(access(path, F_OK), -1); /* not created either */
}

static void
one_writer_and_readers_that_only_read(void **state)
{
	struct test_desk *t = *state;
	struct db *reader = db_open(t->path, DB_READ);
	struct day *rows;

	assert_null(db_open(t->path, DB_WRITE));
	assert_non_null(reader);
	assert_int_equal(put(reader, 1, "休み"), DB_FAULT);
	assert_int_equal(db_all(reader, t->desk.arena, day_row, &rows,
			     holiday_between, .from_day = 0, .until_day = 9),
	    0);
	db_close(reader);
}

/* Also when the last statement of several changed nothing. */
static void
changes_add_up(void **state)
{
	struct test_desk *t = *state;
	int64_t before = db_changes(t->desk.db);
	struct day *rows;

	assert_int_equal(put(t->desk.db, 1, "休み"), 1);
	assert_int_equal(db_changes(t->desk.db) - before, 1);
	assert_int_equal(put(t->desk.db, 2, "休み"), 1);
	assert_int_equal(days(&t->desk, &rows), 2);
	assert_int_equal(db_changes(t->desk.db) - before, 2);
}

static void
a_snapshot_stands_still(void **state)
{
	struct test_desk *t = *state;
	struct desk reader = t->desk;
	struct day *rows;

	reader.db = db_open(t->path, DB_READ);
	assert_int_equal(db_snapshot(reader.db), 0);
	assert_int_equal(days(&reader, &rows), 0);
	put(t->desk.db, 1, "休み");
	assert_int_equal(days(&reader, &rows), 0);
	db_checkpoint(t->desk.db); /* gives way to the reader */
	db_snapshot_end(reader.db);
	assert_int_equal(days(&reader, &rows), 1);
	db_checkpoint(t->desk.db);
	assert_int_equal(days(&reader, &rows), 1);
	db_close(reader.db);
}

static void
files_are_private(void **state)
{
	static const char *const names[] = { "room.db", "room.db-wal",
		"room.db-shm", "room.db.lock" };
	struct test_desk *t = *state;
	struct stat st;
	char path[96];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		test_path(t, path, sizeof(path), names[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
}

static size_t
find(const struct test_desk *t, const char *name, const char *word)
{
	static char content[4 << 20];
	char path[96];
	ssize_t len;
	int fd;

	test_path(t, path, sizeof(path), name);
	fd = open(path, O_RDONLY);
	len = read(fd, content, sizeof(content));
	close(fd);
	assert_true(len >= 0);
	return memmem(content, (size_t)len, word, strlen(word)) != NULL;
}

static int
drop(struct db *db)
{
	return db_do(db, words_drop, .owner = 1, .field = "name", .lang = "ja");
}

static void
what_is_deleted_is_gone_from_the_files(void **state)
{
	struct test_desk *t = *state;
	static const char word[] = "canary-7f3a";

	db_do(t->desk.db, words_put, .owner = 1, .field = "name", .lang = "ja",
	    .body = word);
	assert_true(find(t, "room.db-wal", word));
	db_checkpoint(t->desk.db);
	assert_true(find(t, "room.db", word));
	assert_int_equal(drop(t->desk.db), 1);
	assert_int_equal(drop(t->desk.db), 0);
	db_checkpoint(t->desk.db);
	assert_false(find(t, "room.db", word));
	assert_false(find(t, "room.db-wal", word));
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, test_desk_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_statement_prepares),
		cmocka_unit_test(memory_leaves_no_file),
		TEST(rows_come_back_in_order),
		TEST(returning_is_done_when_the_call_returns),
		TEST(blobs_are_bytes),
		TEST(null_arguments_are_null),
		TEST(null_columns_are_zero),
		TEST(fields_must_fit_columns),
		TEST(numbers_must_fit_an_int),
		TEST(keys_and_checks_conflict),
		TEST(conflict_in_a_savepoint_spares_the_rest),
		TEST(a_newer_schema_is_refused),
		TEST(what_is_no_database_is_refused),
		TEST(one_writer_and_readers_that_only_read),
		TEST(changes_add_up),
		TEST(a_snapshot_stands_still),
		TEST(files_are_private),
		TEST(what_is_deleted_is_gone_from_the_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
