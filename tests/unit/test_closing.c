/* Closing hours: what a preview says is what happens, or nothing does. */
#include "room.h"

#include "room/closing.h"
#include "room/outbox.h"

static struct closing
closing(const char *scope, const char *code, int64_t from_at, int64_t until_at)
{
	return (struct closing) {
		.scope = scope,
		.code = code,
		.starts_at = from_at,
		.ends_at = until_at,
	};
}

static void
book(struct desk *d, const char *theme, int day, int hour,
    const struct contact *contact, struct booking *b)
{
	assert_int_equal(
	    booking_make(d, room_slot(d, theme, day, hour), contact, b),
	    BOOKED);
}

static const struct {
	const char *scope, *code;
	int from_hour, until_hour; /* of tomorrow */
	enum closing_result result;
	int count, reachable;
} cases[] = {
	{ "room", "", 0, 24, CLOSING_DONE, 4, 2 },
	{ "room", "", 13, 15, CLOSING_DONE, 2, 1 },
	{ "room", "", 14, 15, CLOSING_DONE, 1, 1 },
	{ "room", "", 9, 13, CLOSING_DONE, 0, 0 }, /* they only touch */
	{ "place", "hall", 0, 24, CLOSING_DONE, 3, 2 },
	{ "place", "online", 0, 24, CLOSING_DONE, 1, 0 },
	{ "advisor", "nurse", 0, 24, CLOSING_DONE, 3, 1 },
	{ "advisor", "banker", 0, 24, CLOSING_DONE, 1, 1 },
	{ "advisor", "nobody", 0, 24, CLOSING_UNKNOWN, 0, 0 },
	{ "place", "", 0, 24, CLOSING_UNKNOWN, 0, 0 },
	{ "room", "hall", 0, 24, CLOSING_UNKNOWN, 0, 0 },
	{ "house", "", 0, 24, CLOSING_UNKNOWN, 0, 0 },
	{ "room", "", 15, 15, CLOSING_ORDER, 0, 0 },
	{ "room", "", -30, -20, CLOSING_OVER, 0, 0 },
	{ "room", "", 0, 367 * 24, CLOSING_LONG, 0, 0 },
};

static void
preview_says_whom_it_hits(void **state)
{
	struct desk *d = room_desk(state);
	struct closing_effect e;
	struct booking b;

	book(d, "health", 1, 13, &nobody, &b);
	book(d, "money", 1, 14, &yuki, &b);
	book(d, "health", 1, 15, &yuki, &b);
	book(d, "health", 1, 18, &nobody, &b);
	book(d, "health", 2, 13, &yuki, &b);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct closing c = closing(cases[i].scope, cases[i].code,
		    AT(1, cases[i].from_hour), AT(1, cases[i].until_hour));

		print_message("case %zu\n", i);
		assert_int_equal(closing_preview(d, &c, &e), cases[i].result);
		assert_int_equal(e.count, cases[i].count);
		assert_int_equal(e.reachable, cases[i].reachable);
	}
}

/* She has an address and must be called all the same. */
static void
mail_that_comes_back_reaches_nobody(void **state)
{
	struct desk *d = room_desk(state);
	struct closing c = closing("room", "", AT(1, 0), AT(2, 0));
	struct closing_effect e;
	struct booking b;
	struct outbox row;

	book(d, "health", 1, 13, &yuki, &b);
	assert_int_equal(outbox_take(d, &row), 1);
	assert_int_equal(outbox_failed(d, &row, "5.1.1"), 0);
	assert_int_equal(closing_preview(d, &c, &e), CLOSING_DONE);
	assert_int_equal(e.count, 1);
	assert_int_equal(e.reachable, 0);
}

static void
outcome_equals_preview(void **state)
{
	struct desk *d = room_desk(state);
	struct closing c = closing("room", "", AT(1, 0), AT(2, 0)), done;
	struct closing_effect before, after;
	struct booking first, second, held, b;
	struct slot *slots;

	book(d, "health", 1, 13, &nobody, &first);
	book(d, "health", 1, 14, &yuki, &second);
	assert_int_equal(
	    booking_hold(d, room_slot(d, "health", 1, 15), 0, "ja", &held),
	    BOOKED);
	assert_int_equal(closing_preview(d, &c, &before), CLOSING_DONE);
	assert_int_equal(closing_do(d, &c, before.digest, &after),
	    CLOSING_DONE);
	assert_int_equal(closing_get(d, c.id, &done, &after), 1);
	assert_int_equal(after.count, before.count);
	assert_int_equal(after.reachable, before.reachable);
	for (int i = 0; i < after.count; i++) {
		assert_int_equal(after.hits[i].id, before.hits[i].id);
		assert_int_equal(after.hits[i].reachable,
		    before.hits[i].reachable);
		assert_int_equal(booking_by_id(d, after.hits[i].id, &b), 1);
		assert_string_equal(b.state, "cancelled");
		assert_string_equal(b.cancelled_by, "room");
		assert_int_equal(b.closure, c.id);
	}
	assert_string_equal(after.hits[1].letter, "due");
	/* Whoever was typing does not slip in. */
	assert_int_equal(booking_confirm(d, held.id, &held), BOOKED_LAPSED);
	assert_int_equal(room_slots(d, "", 1, &slots), 0);
}

static void
a_change_in_between_is_shown_again(void **state)
{
	struct desk *d = room_desk(state);
	struct closing c = closing("room", "", AT(1, 0), AT(2, 0));
	struct closing_effect seen, now;
	struct closing *list;
	struct booking b, other;

	book(d, "health", 1, 13, &nobody, &b);
	assert_int_equal(closing_preview(d, &c, &seen), CLOSING_DONE);
	book(d, "health", 1, 14, &yuki, &other);
	assert_int_equal(closing_do(d, &c, seen.digest, &now), CLOSING_CHANGED);
	assert_int_equal(now.count, 2);
	assert_int_equal(closing_list(d, &list), 0);
	/* Another span is another closing. */
	c.ends_at = AT(3, 0);
	assert_int_equal(closing_do(d, &c, now.digest, &now), CLOSING_CHANGED);
	assert_int_equal(closing_do(d, &c, now.digest, &now), CLOSING_DONE);
}

/* As many as before, but not the same. */
static void
a_move_in_between_counts(void **state)
{
	struct desk *d = room_desk(state);
	struct closing c = closing("room", "", AT(1, 0), AT(2, 0));
	struct closing_effect seen, now;
	struct booking b;

	book(d, "health", 1, 13, &yuki, &b);
	assert_int_equal(closing_preview(d, &c, &seen), CLOSING_DONE);
	assert_int_equal(
	    booking_move(d, b.id, room_slot(d, "health", 1, 14), &b), BOOKED);
	assert_int_equal(closing_do(d, &c, seen.digest, &now), CLOSING_CHANGED);
	assert_int_equal(now.count, seen.count);
}

static void
who_is_there_already_stays(void **state)
{
	struct desk *d = room_desk(state);
	struct closing c = closing("advisor", "nurse", AT(0, 0), AT(1, 0));
	struct closing_effect e;
	struct booking b;

	book(d, "health", 0, 15, &yuki, &b);
	d->now = AT(0, 15) + 60;
	assert_int_equal(closing_preview(d, &c, &e), CLOSING_DONE);
	assert_int_equal(e.count, 0);
	assert_int_equal(closing_do(d, &c, e.digest, &e), CLOSING_DONE);
	assert_int_equal(booking_by_id(d, b.id, &b), 1);
	assert_string_equal(b.state, "confirmed");
}

static void
reopening_frees_the_hours(void **state)
{
	struct desk *d = room_desk(state);
	struct closing c = closing("advisor", "nurse", AT(1, 0), AT(2, 0));
	struct closing_effect e;
	struct booking b;
	struct slot *slots;

	book(d, "health", 1, 13, &nobody, &b);
	assert_int_equal(closing_preview(d, &c, &e), CLOSING_DONE);
	assert_int_equal(closing_do(d, &c, e.digest, &e), CLOSING_DONE);
	assert_int_equal(room_slots(d, "health", 1, &slots), 0);
	assert_int_equal(closing_reopen(d, c.id), 1);
	assert_int_equal(closing_reopen(d, c.id), 0);
	assert_int_equal(room_slots(d, "health", 1, &slots), 5);
	assert_int_equal(seal_id_read("12x"), 0);
	assert_int_equal(seal_id_read("-3"), 0);
	assert_int_equal(seal_id_read("12"), 12);
}

#define IN_ROOM(test)                                                          \
	cmocka_unit_test_setup_teardown(test, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ROOM(preview_says_whom_it_hits),
		IN_ROOM(mail_that_comes_back_reaches_nobody),
		IN_ROOM(outcome_equals_preview),
		IN_ROOM(a_change_in_between_is_shown_again),
		IN_ROOM(a_move_in_between_counts),
		IN_ROOM(who_is_there_already_stays),
		IN_ROOM(reopening_frees_the_hours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
