/* Sessions follow their rule; bookings stay where they are. */
#include "room.h"

#include <sqlite3.h>

#include "room/opening.h"
#include "room/outbox.h"
#include "room/session.h"

static void
set(struct desk *d, const char *code, struct opening *o)
{
	struct opening *list;
	int n = opening_list(d, &list);

	for (int i = 0; i < n; i++) {
		if (strcmp(list[i].code, code) == 0) {
			*o = list[i];
			return;
		}
	}
	fail_msg("no opening %s", code);
}

/* Sessions of an opening on one day from today. */
static int
sessions(struct desk *d, const struct opening *o, int day, struct session *s)
{
	struct session_filter f = { .from_at = AT(day, 0),
		.until_at = AT(day + 1, 0) };
	struct session *list;
	int n = session_list(d, &f, &list), found = 0;

	for (int i = 0; i < n; i++) {
		if (list[i].opening == o->id) {
			*s = list[i];
			found++;
		}
	}
	return found;
}

static int64_t
generation(struct desk *d)
{
	struct policy p;

	assert_int_equal(policy_get(d, &p), 1);
	return p.generation;
}

static struct booking
book(struct desk *d, const char *theme, int day, int hour)
{
	struct booking b;

	assert_int_equal(
	    booking_make(d, room_slot(d, theme, day, hour), &yuki, &b), BOOKED);
	return b;
}

static const char *
attention(struct desk *d, const struct booking *b)
{
	struct booking now;

	assert_int_equal(booking_by_id(d, b->id, &now), 1);
	return now.attention;
}

/* What an edit by hand leaves behind. */
static void
detach(const struct test_desk *t, int64_t session)
{
	char sql[96];
	sqlite3 *db;

	snprintf(sql, sizeof(sql),
	    "UPDATE session SET detached = 1 WHERE id = %lld",
	    (long long)session);
	assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_changes(db), 1);
	sqlite3_close(db);
}

/* The room opens up to its window and a week; of a session whose hour has
 * come the frames that are left are made; a second look changes nothing. */
static void
test_horizon(void **state)
{
	struct desk *d = room_desk(state);
	struct opening o;
	struct session s;
	int64_t before = generation(d);

	set(d, "a-day", &o);
	assert_int_equal(sessions(d, &o, 0, &s), 1);
	assert_int_equal(sessions(d, &o, 1, &s), 1);
	assert_true(s.starts_at == AT(1, 13) && s.ends_at == AT(1, 16));
	assert_int_equal(sessions(d, &o, 37, &s), 1);
	assert_int_equal(sessions(d, &o, 38, &s), 0);
	assert_int_equal(opening_expand(d), 0);
	assert_true(generation(d) == before);
	d->now = AT(1, 9);
	assert_int_equal(opening_expand(d), 3);
	assert_true(generation(d) == before + 1);
	assert_int_equal(sessions(d, &o, 38, &s), 1);
	d->now = AT(1, 14);
	o.id = 0;
	o.code = "new-day";
	assert_int_equal(opening_put(d, &o), 0);
	assert_int_equal(opening_expand(d), 38);
	set(d, "new-day", &o);
	assert_int_equal(sessions(d, &o, 1, &s), 1);
	assert_true(s.starts_at == AT(1, 15) && s.ends_at == AT(1, 16));
	assert_int_equal(sessions(d, &o, 2, &s), 1);
	assert_true(s.starts_at == AT(2, 13));
	d->now += 1800;
	assert_int_equal(opening_expand(d), 0);
	d->now = AT(1, 15);
	o.id = 0;
	o.code = "late-day";
	assert_int_equal(opening_put(d, &o), 0);
	assert_int_equal(opening_expand(d), 37);
	set(d, "late-day", &o);
	assert_int_equal(sessions(d, &o, 1, &s), 0);
	set(d, "new-day", &o);
	assert_int_equal(sessions(d, &o, 1, &s), 1);
}

/* A changed rule moves what lies ahead and keeps its sessions' ids. */
static void
test_change(void **state)
{
	struct desk *d = room_desk(state);
	struct opening o;
	struct session before, after, begun;

	set(d, "a-day", &o);
	assert_int_equal(sessions(d, &o, 1, &begun), 1);
	assert_int_equal(sessions(d, &o, 2, &before), 1);
	d->now = AT(1, 14);
	o.start_minute = 15 * 60;
	o.minutes = 90;
	o.slot_minutes = 45;
	assert_int_equal(opening_put(d, &o), 0);
	assert_true(opening_expand(d) > 0);
	assert_int_equal(sessions(d, &o, 1, &after), 1);
	assert_true(after.starts_at == begun.starts_at);
	assert_int_equal(after.slot_minutes, 60);
	assert_int_equal(sessions(d, &o, 2, &after), 1);
	assert_true(after.id == before.id);
	assert_true(after.starts_at == AT(2, 15));
	assert_int_equal(after.slot_minutes, 45);
	assert_int_equal(opening_expand(d), 0);
}

/* Days that the rule no longer has are withdrawn, and come back as they
 * were. */
static void
test_withdraw(void **state)
{
	struct desk *d = room_desk(state);
	struct opening o;
	struct session before, after;

	set(d, "a-day", &o);
	assert_int_equal(sessions(d, &o, 2, &before), 1);
	o.exdates = "2026-07-03";
	assert_int_equal(opening_put(d, &o), 0);
	assert_int_equal(opening_expand(d), 1);
	assert_int_equal(sessions(d, &o, 2, &after), 0);
	assert_int_equal(session_get(d, before.id, &after), 0);
	o.exdates = "";
	assert_int_equal(opening_put(d, &o), 0);
	assert_int_equal(opening_expand(d), 1);
	assert_int_equal(sessions(d, &o, 2, &after), 1);
	assert_true(after.id == before.id);
	assert_int_equal(opening_withdraw(d, o.id), 0);
	assert_int_equal(opening_expand(d), 37);
	assert_int_equal(sessions(d, &o, 2, &after), 0);
}

static void
test_detached(void **state)
{
	struct desk *d = room_desk(state);
	struct opening o;
	struct session s;
	int64_t detached;

	set(d, "a-day", &o);
	assert_int_equal(sessions(d, &o, 2, &s), 1);
	detached = s.id;
	detach(*state, detached);
	o.start_minute = 9 * 60;
	assert_int_equal(opening_put(d, &o), 0);
	assert_true(opening_expand(d) > 0);
	assert_int_equal(session_get(d, detached, &s), 1);
	assert_true(s.starts_at == AT(2, 13));
	assert_int_equal(opening_withdraw(d, o.id), 0);
	assert_true(opening_expand(d) > 0);
	assert_int_equal(session_get(d, detached, &s), 1);
}

/* A booking that loses its session is flagged, and no longer once another
 * holds it; it never moves. */
static void
test_attention(void **state)
{
	struct desk *d = room_desk(state);
	struct opening o, other;
	struct booking b = book(d, "health", 2, 15), now;

	set(d, "a-day", &o);
	o.minutes = 120; /* until 15:00 */
	assert_int_equal(opening_put(d, &o), 0);
	assert_true(opening_expand(d) > 0);
	assert_string_equal(attention(d, &b), "no_session");
	other = o;
	other.id = 0;
	other.code = "a-late";
	other.start_minute = 15 * 60;
	assert_int_equal(opening_put(d, &other), 0);
	assert_true(opening_expand(d) > 0);
	assert_string_equal(attention(d, &b), "");
	assert_int_equal(booking_by_id(d, b.id, &now), 1);
	assert_true(now.session != b.session);
	assert_true(now.starts_at == b.starts_at && now.booth == b.booth);
	set(d, "a-late", &other);
	assert_int_equal(opening_withdraw(d, other.id), 0);
	assert_true(opening_expand(d) > 0);
	assert_string_equal(attention(d, &b), "no_session");
	o.minutes = 180;
	assert_int_equal(opening_put(d, &o), 0);
	assert_true(opening_expand(d) > 0);
	assert_string_equal(attention(d, &b), "");
}

/* A session that goes to another advisor does not take bookings along. */
static void
test_other_advisor(void **state)
{
	struct desk *d = room_desk(state);
	struct opening o, b_day;
	struct booking b = book(d, "health", 2, 13);

	set(d, "a-day", &o);
	set(d, "b-day", &b_day);
	o.advisor = b_day.advisor;
	assert_int_equal(opening_put(d, &o), 0);
	assert_true(opening_expand(d) > 0);
	assert_string_equal(attention(d, &b), "no_session");
}

static int
alarms(struct desk *d)
{
	struct outbox row;
	int count = 0;

	assert_int_equal(outbox_alarm_bookings(d), 0);
	while (outbox_take(d, &row) == 1) {
		count += outbox_is_alarm(&row);
		assert_int_equal(outbox_sent(d, row.id), 0);
	}
	return count;
}

/* Somebody is told once of each, and at most once an hour. */
static void
test_alarm(void **state)
{
	struct desk *d = room_desk(state);
	struct opening o;
	struct booking *list;

	book(d, "health", 2, 15);
	book(d, "health", 3, 14);
	assert_int_equal(alarms(d), 0);
	set(d, "a-day", &o);
	o.minutes = 120; /* until 15:00 */
	assert_int_equal(opening_put(d, &o), 0);
	assert_true(opening_expand(d) > 0);
	assert_int_equal(booking_attention(d, 0, &list), 1);
	assert_int_equal(alarms(d), 1);
	d->now += 60;
	assert_int_equal(alarms(d), 0);
	o.minutes = 60;
	assert_int_equal(opening_put(d, &o), 0);
	assert_true(opening_expand(d) > 0);
	assert_int_equal(booking_attention(d, 0, &list), 2);
	assert_int_equal(booking_attention(d, list[0].advisor + 1, &list), 0);
	assert_int_equal(alarms(d), 0); /* the hour is not over */
	d->now += 3600;
	assert_int_equal(alarms(d), 1);
	d->now += 7200;
	assert_int_equal(alarms(d), 0);
}

#define IN_ROOM(test)                                                          \
	cmocka_unit_test_setup_teardown(test, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ROOM(test_horizon),
		IN_ROOM(test_change),
		IN_ROOM(test_withdraw),
		IN_ROOM(test_detached),
		IN_ROOM(test_attention),
		IN_ROOM(test_other_advisor),
		IN_ROOM(test_alarm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
