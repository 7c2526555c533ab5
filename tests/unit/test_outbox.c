/* Letters as rows: when they are tried, what is kept, what clocks do. */
#include "post.h"

#include "room/queue.h"
#include "room/unreachable.h"

static void
waits(void **)
{
	static const int64_t minutes[] = { 5, 10, 20, 40, 80, 160, 240, 240 };
	int64_t total_s = 0, wait_s;
	int attempts = 0;

	while ((wait_s = outbox_wait_s(++attempts)) != AT_NONE) {
		size_t i = (size_t)attempts - 1;

		assert_int_equal(wait_s, 60 * minutes[i < 7 ? i : 7]);
		total_s += wait_s;
	}
	assert_in_range(total_s, 44 * 3600, 48 * 3600);
	assert_true(outbox_wait_s(INT32_MAX) == AT_NONE);
}

/* The same bytes under the same Message-ID, and sealed. */
static void
kept_letter(void **state)
{
	struct desk *d = room_desk(state);
	const struct bytes letter = { "To: yuki\r\n\r\nKANARIA", 19 };
	struct outbox first, second;
	struct bytes opened;

	booked(d, 2);
	first = taken(d);
	assert_int_equal(first.attempts, 1);
	assert_int_equal(outbox_open(d, &first, &opened), 0);
	assert_null(opened.data);
	assert_int_equal(outbox_keep(d, &first, letter), 0);
	assert_int_equal(outbox_later(d, first.id, d->now + 300, "lost"), 0);
	none(d);
	d->now += 300;
	second = taken(d);
	assert_int_equal(second.attempts, 2);
	assert_string_equal(second.message_id, first.message_id);
	assert_null(
	    memmem(second.letter.data, second.letter.len, "KANARIA", 7));
	assert_int_equal(outbox_open(d, &second, &opened), 0);
	assert_int_equal(opened.len, letter.len);
	assert_memory_equal(opened.data, letter.data, letter.len);
	second.id++; /* a box moved elsewhere does not open */
	assert_int_equal(outbox_open(d, &second, &opened), -1);
}

static void
crash(void **state)
{
	struct desk *d = room_desk(state);
	struct outbox first, second;

	booked(d, 2);
	first = taken(d);
	none(d);
	assert_int_equal(outbox_recover(d), 1);
	second = taken(d);
	assert_true(second.id == first.id);
	assert_string_equal(second.message_id, first.message_id);
	assert_int_equal(outbox_sent(d, second.id), 0);
	assert_int_equal(outbox_recover(d), 0);
	none(d);
}

/* It may have left already: a reminder comes once or not at all. */
static void
crash_of_reminder(void **state)
{
	struct desk *d = room_desk(state);
	struct outbox row;

	booked(d, 2);
	row = taken(d);
	assert_int_equal(outbox_sent(d, row.id), 0);
	d->now = when_at(when_day(d->now) + 1, 18 * 60);
	row = taken(d);
	assert_string_equal(row.kind, "reminder");
	assert_int_equal(outbox_recover(d), 1);
	none(d);
}

/* A reminder waits for a hand, and what is due behind it waits too. */
static void
taken_ahead(void **state)
{
	struct desk *d = room_desk(state);
	struct outbox row;

	booked(d, 2);
	assert_int_equal(outbox_take_ahead(d, &row), 1);
	assert_string_equal(row.kind, "confirmation");
	assert_int_equal(row.attempts, 1);
	assert_int_equal(outbox_sent(d, row.id), 0);
	d->now = AT(1, 18) + 1;
	booked(d, 4);
	assert_int_equal(outbox_take_ahead(d, &row), 0);
	assert_string_equal(taken(d).kind, "reminder");
	assert_int_equal(outbox_take_ahead(d, &row), 1);
	assert_string_equal(row.kind, "confirmation");
	assert_int_equal(outbox_take_ahead(d, &row), 0);
}

/* Much can happen between taking a letter and carrying it. */
static void
may_leave(void **state)
{
	struct desk *d = room_desk(state);
	struct booking a = booked(d, 1), b = booked(d, 2);
	struct outbox first = taken(d), second = taken(d);

	assert_int_equal(outbox_may_leave(d, &first), 1);
	assert_int_equal(queue_pause(d), 0);
	assert_int_equal(outbox_may_leave(d, &first), 0);
	assert_int_equal(queue_resume(d), 0);
	assert_int_equal(outbox_may_leave(d, &first), 1);
	assert_int_equal(
	    booking_cancel(d, first.booking == a.id ? a.id : b.id, "guest", &a),
	    BOOKED);
	assert_int_equal(outbox_may_leave(d, &first), 0);
	assert_int_equal(outbox_may_leave(d, &second), 1);
	assert_int_equal(unreachable_note(d, first.id, "5.1.1"), 0);
	assert_int_equal(outbox_may_leave(d, &second), 0);
	assert_int_equal(outbox_back(d, second.id, d->now, ""), 0);
	assert_int_equal(outbox_may_leave(d, &second), 0);
}

static struct booking
booked_soon(struct desk *d, int day, int hour)
{
	struct contact wishes = yuki;
	struct booking b;

	wishes.soon = true;
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", day, hour), &wishes, &b),
	    BOOKED);
	assert_int_equal(outbox_sent(d, taken(d).id), 0);
	return b;
}

/* Its end stands, whatever the courier says of it later. */
static void
back_while_in_hand(void **state)
{
	struct desk *d = room_desk(state);
	struct outbox row, after;

	booked(d, 1);
	row = taken(d);
	assert_int_equal(outbox_bounced(d, row.message_id, "5.1.1", &after), 1);
	assert_int_equal(outbox_sent(d, row.id), 0);
	assert_int_equal(outbox_later(d, row.id, d->now, "DATA 451"), 0);
	assert_int_equal(outbox_back(d, row.id, d->now, "connect"), 0);
	assert_int_equal(outbox_by_id(d, row.id, &after), 1);
	assert_string_equal(after.state, "bounced");
}

/* Only if she wished for it, and not right after the confirmation. */
static void
an_hour_before(void **state)
{
	struct desk *d = room_desk(state);
	static const struct {
		int booked_minute;
		bool written;
	} cases[] = { { 11 * 60, true }, { 11 * 60 + 30, true },
		{ 11 * 60 + 31, false }, { 12 * 60, false },
		{ 12 * 60 + 20, false } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int day = (int)i + 1;
		struct outbox row;

		d->now = when_at(TODAY + day, cases[i].booked_minute);
		booked_soon(d, day, 13);
		d->now = AT(day, 12) - 1;
		none(d);
		d->now = AT(day, 12) + QUARTER_S;
		assert_int_equal(outbox_take(d, &row), cases[i].written);
		if (!cases[i].written)
			continue;
		assert_string_equal(row.kind, "soon");
		assert_int_equal(row.due_at, AT(day, 12));
		assert_int_equal(outbox_sent(d, row.id), 0);
	}
	booked(d, 7);
	assert_int_equal(outbox_sent(d, taken(d).id), 0);
	d->now = AT(7, 12);
	assert_string_equal(taken(d).kind, "reminder");
	none(d);
}

/* In the last quarter it is of no use; moved, it goes with the new time. */
static void
an_hour_before_or_never(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b = booked_soon(d, 1, 13);

	assert_int_equal(
	    booking_move(d, b.id, room_slot(d, "health", 1, 15), &b), BOOKED);
	assert_int_equal(outbox_sent(d, taken(d).id), 0);
	d->now = AT(0, 18);
	assert_int_equal(outbox_sent(d, taken(d).id), 0);
	d->now = AT(1, 12);
	none(d);
	d->now = AT(1, 15) - QUARTER_S + 1;
	none(d);
	d->now = AT(1, 15) - QUARTER_S;
	assert_string_equal(taken(d).kind, "soon");
	assert_int_equal(outbox_recover(d), 1);
	none(d);
}

/* A day ahead everything is late; a day later nothing is missed. */
static void
clock_ahead_and_back(void **state)
{
	struct desk *d = room_desk(state);
	struct outbox row;
	int64_t next_at;

	booked(d, 1);
	d->now += 86400;
	none(d);
	assert_int_equal(outbox_purge(d), 0);
	assert_int_equal(outbox_next(d, &next_at), 0);
	assert_true(next_at == AT_NONE);
	d->now -= 86400;
	row = taken(d);
	assert_string_equal(row.kind, "confirmation");
	assert_int_equal(outbox_sent(d, row.id), 0);
	d->now += 86400;
	none(d);
	d->now -= 86400;
	none(d);
}

/* A day back nothing waits for a day, and the reminder for its evening. */
static void
clock_back(void **state)
{
	struct desk *d = room_desk(state);
	struct outbox row;
	struct booking b;

	b = booked(d, 3);
	row = taken(d);
	assert_int_equal(outbox_later(d, row.id, d->now + 14400, "lost"), 0);
	assert_int_equal(outbox_rewind(d), 0);
	d->now -= 86400;
	none(d);
	assert_int_equal(outbox_rewind(d), 1);
	row = taken(d);
	assert_string_equal(row.kind, "confirmation");
	assert_int_equal(outbox_sent(d, row.id), 0);
	d->now = b.starts_at - 86400 + 5 * 3600; /* 18:00 of the day before */
	row = taken(d);
	assert_string_equal(row.kind, "reminder");
	assert_int_equal(outbox_later(d, row.id, d->now + 300, "lost"), 0);
	d->now -= 86400;
	assert_int_equal(outbox_rewind(d), 1);
	assert_string_equal(taken(d).kind, "reminder");
}

static void
new_letters_while_the_clock_is_back(void **state)
{
	struct desk *d = room_desk(state);

	booked(d, 3);
	d->now -= 86400;
	assert_int_equal(outbox_rewind(d), 1);
	assert_string_equal(taken(d).kind, "confirmation");
}

static void
late_for_good(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b = booked(d, 1);
	struct outbox row = taken(d);

	assert_int_equal(outbox_later(d, row.id, d->now + 300, "lost"), 0);
	d->now = b.starts_at + 1;
	none(d);
	assert_int_equal(outbox_purge(d), 0);
	d->now += 2 * 86400;
	assert_int_equal(outbox_purge(d), 2); /* and the reminder */
	d->now = b.starts_at - 1;
	none(d);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits),
		TEST(kept_letter),
		TEST(crash),
		TEST(crash_of_reminder),
		TEST(taken_ahead),
		TEST(may_leave),
		TEST(back_while_in_hand),
		TEST(an_hour_before),
		TEST(an_hour_before_or_never),
		TEST(clock_ahead_and_back),
		TEST(clock_back),
		TEST(new_letters_while_the_clock_is_back),
		TEST(late_for_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
