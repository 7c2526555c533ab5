/* What the board remembers is what the database says, whatever happens. */
#include "room.h"

#include "room/board.h"
#include "room/closing.h"

#define STEPS 400
#define FROM_DAY 1
#define DAYS 3

struct with_board {
	struct desk *desk;
	struct marks *marks;
	struct board *board;
};

static struct with_board
board_on(void **state)
{
	struct with_board w = { .desk = room_desk(state) };

	w.marks = marks_open();
	w.board = board_open(w.marks);
	db_watch(w.desk->db, w.marks);
	return w;
}

static void
board_off(struct with_board *w)
{
	db_watch(w->desk->db, NULL);
	board_close(w->board);
	marks_close(w->marks);
}

static int
list(struct desk *d, int64_t holder, struct slot **slots)
{
	const struct slot_filter filter = {
		.from_at = AT(FROM_DAY, 0),
		.until_at = AT(FROM_DAY + DAYS, 0),
		.holder = holder,
	};
	struct policy policy;

	assert_int_equal(policy_get(d, &policy), 1);
	return slot_list(d, &policy, &filter, slots);
}

/* The same list by the board and by a fresh look. */
static int
agree(struct with_board *w, int64_t holder)
{
	struct slot *kept, *fresh;
	int kept_count, fresh_count;

	w->desk->board = w->board;
	w->desk->generation = marks_generation(w->marks);
	kept_count = list(w->desk, holder, &kept);
	w->desk->board = NULL;
	fresh_count = list(w->desk, holder, &fresh);
	assert_int_equal(kept_count, fresh_count);
	for (int i = 0; i < fresh_count; i++) {
		assert_int_equal(kept[i].session.id, fresh[i].session.id);
		assert_string_equal(kept[i].session.theme_code,
		    fresh[i].session.theme_code);
		assert_int_equal(kept[i].starts_at, fresh[i].starts_at);
		assert_int_equal(kept[i].longer, fresh[i].longer);
	}
	return fresh_count;
}

static const char *
any_slot(struct desk *d)
{
	struct slot *slots;
	int count = list(d, 0, &slots);

	return count == 0
	    ? NULL
	    : slot_id(d->arena, &slots[seal_below((uint32_t)count)]);
}

/* One thing that may happen; what is refused changes nothing. */
static void
step(struct desk *d, int64_t ids[], size_t *count, size_t room)
{
	int64_t id = *count ? ids[seal_below((uint32_t)*count)] : 0;
	const char *slot = any_slot(d);
	struct booking b;

	switch (seal_below(6)) {
	case 0:
	case 1:
		if (slot != NULL && *count < room &&
		    booking_make(d, slot, &nobody, &b) == BOOKED)
			ids[(*count)++] = b.id;
		break;
	case 2:
		if (slot != NULL && *count < room &&
		    booking_hold(d, slot, 0, "ja", &b) == BOOKED)
			ids[(*count)++] = b.id;
		break;
	case 3:
		if (id != 0)
			booking_cancel(d, id, "guest", &b);
		break;
	case 4:
		if (id != 0 && slot != NULL)
			booking_move(d, id, slot, &b);
		break;
	default:
		if (id != 0 && seal_below(2))
			booking_confirm(d, id, &b);
		else if (id != 0)
			booking_let_go(d, id);
		d->now += 100; /* holds run out: they last ten minutes */
		break;
	}
}

static void
kept_and_fresh_lists_are_alike(void **state)
{
	struct with_board w = board_on(state);
	int64_t ids[STEPS];
	size_t count = 0;
	bool seen[2] = { false, false };

	for (int i = 0; i < STEPS; i++) {
		step(w.desk, ids, &count, STEPS);
		marks_raise(w.marks);
		seen[agree(&w, 0) > 0] = true;
		if (count > 0)
			agree(&w, ids[seal_below((uint32_t)count)]);
	}
	assert_true(seen[true]);
	board_off(&w);
}

/* A hold of ten minutes ends without anybody writing. */
static void
a_hold_runs_out(void **state)
{
	struct with_board w = board_on(state);
	struct booking b;
	int before = agree(&w, 0);

	assert_int_equal(booking_hold(w.desk, any_slot(w.desk), 0, "ja", &b),
	    BOOKED);
	marks_raise(w.marks);
	assert_true(agree(&w, 0) < before);
	w.desk->now = b.held_until - 1;
	assert_true(agree(&w, 0) < before);
	w.desk->now = b.held_until;
	assert_int_equal(agree(&w, 0), before);
	w.desk->now -= 60; /* somebody has set the clock */
	assert_true(agree(&w, 0) < before);
	board_off(&w);
}

/* What is closed is no claim: the room's own generation tells. */
static void
the_room_changes(void **state)
{
	struct with_board w = board_on(state);
	int before = agree(&w, 0);

	assert_int_equal(db_do(w.desk->db, closure_put, .id = 7,
			     .scope = "room", .owner = ROOM_ID,
			     .starts_at = AT(FROM_DAY, 0),
			     .ends_at = AT(FROM_DAY + 1, 0)),
	    1);
	assert_int_equal(policy_raise(w.desk), 0);
	assert_true(agree(&w, 0) < before);
	board_off(&w);
}

/* Between the touch and its commit others read what was before. */
static void
read_before_the_commit(void **state)
{
	struct marks *marks = marks_open();
	uint64_t before = marks_generation(marks);

	assert_false(marks_touched(marks, 1, before));
	marks_touch(marks, 1);
	assert_true(marks_touched(marks, 1, before));
	marks_raise(marks);
	assert_true(marks_touched(marks, 1, before));
	assert_false(marks_touched(marks, 1, marks_generation(marks)));
	assert_false(marks_touched(marks, 2, before));
	marks_close(marks);
	(void)state;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(kept_and_fresh_lists_are_alike,
		    room_open, test_desk_close),
		cmocka_unit_test_setup_teardown(a_hold_runs_out, room_open,
		    test_desk_close),
		cmocka_unit_test_setup_teardown(the_room_changes, room_open,
		    test_desk_close),
		cmocka_unit_test(read_before_the_commit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
