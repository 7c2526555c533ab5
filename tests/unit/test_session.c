/* Lists of sessions, and the record of what was offered. */
#include "room.h"

#include <sqlite3.h>

#include "room/place.h"
#include "room/session.h"

static int64_t
query(const struct test_desk *t, const char *sql)
{
	sqlite3_stmt *st;
	sqlite3 *db;
	int64_t value;

	assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
	assert_int_not_equal(sqlite3_step(st), SQLITE_ERROR);
	value = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(db);
	return value;
}

static void
test_list(void **state)
{
	struct desk *d = room_desk(state);
	struct theme money;
	struct place online;
	struct session *list;

	assert_int_equal(theme_by_code(d, "money", &money), 1);
	assert_int_equal(place_by_code(d, "online", &online), 1);
	const struct {
		struct session_filter filter;
		int count;
	} cases[] = {
		{ { .from_at = AT(1, 0), .until_at = AT(2, 0) }, 3 },
		{ { .from_at = AT(1, 0), .until_at = AT(8, 0) }, 21 },
		/* Those that overlap count, those that touch do not. */
		{ { .from_at = AT(1, 15), .until_at = AT(1, 18) }, 2 },
		{ { .from_at = AT(1, 16), .until_at = AT(1, 18) }, 0 },
		{ { .from_at = AT(1, 12), .until_at = AT(1, 13) }, 0 },
		{ { .theme = money.id,
		      .from_at = AT(1, 0),
		      .until_at = AT(3, 0) },
		    2 },
		{ { .place = online.id,
		      .from_at = AT(1, 0),
		      .until_at = AT(3, 0) },
		    2 },
		{ { .channel = CHANNEL_IN_PERSON,
		      .from_at = AT(1, 0),
		      .until_at = AT(3, 0) },
		    4 },
		{ { .theme = money.id,
		      .channel = CHANNEL_ONLINE,
		      .from_at = AT(1, 0),
		      .until_at = AT(3, 0) },
		    0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("case %zu\n", i);
		assert_int_equal(session_list(d, &cases[i].filter, &list),
		    cases[i].count);
	}
	assert_int_equal(session_list(d, &cases[0].filter, &list), 3);
	assert_string_equal(list[2].theme_code, "health");
	assert_string_equal(list[2].advisor_code, "nurse");
	assert_string_equal(list[2].place_code, "online");
	assert_string_equal(list[2].channel, CHANNEL_ONLINE);
	assert_true(list[2].starts_at == AT(1, 18));
}

static void
test_frames(void **state)
{
	const struct session s = { .starts_at = 0,
		.ends_at = 7200,
		.slot_minutes = 45,
		.gap_minutes = 15 };
	int64_t starts_at, ends_at;

	(void)state;
	assert_true(session_frame(&s, 0, &starts_at, &ends_at));
	assert_true(starts_at == 0 && ends_at == 2700);
	assert_true(session_frame(&s, 1, &starts_at, &ends_at));
	assert_true(starts_at == 3600 && ends_at == 6300);
	assert_false(session_frame(&s, 2, &starts_at, &ends_at));
}

/* Frames are written once, when their session begins, without those that
 * are closed then. */
static void
test_record(void **state)
{
	struct test_desk *t = *state;
	struct desk *d = &t->desk;
	int64_t at;

	d->now = AT(0, 12);
	assert_int_equal(session_record(d), 0);
	assert_int_equal(session_next(d, &at), 0);
	assert_true(at == AT(0, 13));
	assert_int_equal(db_do(d->db, closure_put, .id = 9, .scope = "room",
			     .owner = 1, .starts_at = AT(0, 15),
			     .ends_at = AT(0, 16)),
	    1);
	d->now = AT(0, 13);
	assert_int_equal(session_record(d), 2);
	assert_int_equal(session_record(d), 0);
	assert_int_equal(query(t, "SELECT count(*) FROM offered"), 4);
	assert_int_equal(session_next(d, &at), 0);
	assert_true(at == AT(0, 18));
	d->now = AT(1, 9);
	assert_int_equal(session_record(d), 1);
	assert_int_equal(
	    query(t,
		"SELECT count(*) FROM offered "
		"WHERE channel = 'online' AND day = 20635 AND weekday = 3 "
		"AND minute IN (1080, 1140) AND ends_at = starts_at + 2700"),
	    2);
}

/* After a long pause: more sessions than fit into one batch, and none on a
 * public holiday (2026-07-20). */
static void
test_record_many(void **state)
{
	struct test_desk *t = *state;
	struct desk *d = &t->desk;
	int64_t at;

	d->now = AT(38, 9);
	assert_int_equal(session_record(d), 3 * 38);
	assert_int_equal(query(t, "SELECT count(DISTINCT day) FROM offered"),
	    37);
	assert_int_equal(query(t, "SELECT count(*) FROM offered"), 37 * 8);
	assert_int_equal(
	    query(t, "SELECT count(*) FROM offered WHERE day = 20654"), 0);
	assert_int_equal(session_next(d, &at), 0);
	assert_true(at == AT_NONE);
}

/* The weekday on which most of a theme's sessions begin. */
static void
test_theme_weekday(void **state)
{
	struct desk *d = room_desk(state);
	struct roomfile_result r;
	struct theme t;

	assert_int_equal(theme_by_code(d, "money", &t), 1);
	assert_int_equal(theme_weekday(d, t.id), 0);
	assert_int_equal(
	    roomfile_load(d,
		"opening \"b-day\" { advisor = \"banker\"\n theme = \"money\"\n"
		"place = \"hall\"\n first = \"2026-06-01\"\n time = \"13:00-16:00\"\n"
		"repeat = \"FREQ=WEEKLY;BYDAY=TH\" }\n"
		"opening \"b-extra\" { advisor = \"banker\"\n theme = \"money\"\n"
		"place = \"hall\"\n first = \"2026-07-04\"\n"
		"time = \"13:00-16:00\" }\n",
		false, &r),
	    0);
	assert_int_equal(theme_weekday(d, t.id), 4);
}

#define IN_ROOM(test)                                                          \
	cmocka_unit_test_setup_teardown(test, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ROOM(test_list),
		cmocka_unit_test(test_frames),
		IN_ROOM(test_record),
		IN_ROOM(test_record_many),
		IN_ROOM(test_theme_weekday),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
