/* The life of a booking, step by step, and the letters each step causes. */
#include "room.h"

#include "room/opening.h"
#include "room/outbox.h"
#include "room/session.h"
#include "room/usage.h"

static enum booked
make(struct desk *d, const char *theme, int day, int hour, struct booking *b)
{
	return booking_make(d, room_slot(d, theme, day, hour), &nobody, b);
}

static void
one_frame_one_booking(void **state)
{
	struct desk *d = room_desk(state);
	const char *slot = room_slot(d, "health", 1, 14);
	const char *other = room_slot(d, "money", 1, 14);
	struct booking b;

	assert_int_equal(booking_make(d, slot, &nobody, &b), BOOKED);
	assert_string_equal(b.state, "confirmed");
	assert_int_equal(strlen(b.code), 8);
	assert_int_equal(booking_make(d, slot, &nobody, &b), BOOKED_TAKEN);
	/* Another advisor, but the one booth is taken. */
	assert_int_equal(booking_make(d, other, &nobody, &b), BOOKED_TAKEN);
	assert_int_equal(make(d, "money", 1, 15, &b), BOOKED);
}

static void
gap_belongs_to_the_frame(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;
	struct slot *slots;

	assert_int_equal(make(d, "health", 1, 18, &b), BOOKED);
	assert_int_equal(b.ends_at - b.starts_at, 45 * 60);
	assert_int_equal(make(d, "health", 1, 19, &b), BOOKED);
	assert_int_equal(room_slots(d, "health", 1, &slots), 3);
}

static void
holds_run_out(void **state)
{
	struct desk *d = room_desk(state);
	const char *slot = room_slot(d, "health", 1, 14);
	struct booking first, second;

	assert_int_equal(booking_hold(d, slot, 0, "ja", &first), BOOKED);
	assert_int_equal(first.held_until, d->now + 600);
	assert_int_equal(booking_hold(d, slot, 0, "ja", &second), BOOKED_TAKEN);
	assert_int_equal(booking_extend(d, first.id, &first), BOOKED);
	assert_int_equal(first.held_until, d->now + 1200);
	assert_int_equal(booking_extend(d, first.id, &first), BOOKED_STATE);
	d->now += 1201;
	/* Ran out, still free: hers all the same. */
	assert_int_equal(booking_confirm(d, first.id, &first), BOOKED);
	assert_int_equal(booking_confirm(d, first.id, &first), BOOKED);
	assert_int_equal(booking_hold(d, slot, 0, "ja", &second), BOOKED_TAKEN);
}

/* Closing hours lets go what is held; a holiday that comes with a new list,
 * and an opening that is withdrawn, meet it when it is confirmed. */
static void
what_closed_while_it_was_held(void **state)
{
	struct desk *d = room_desk(state);
	struct booking holiday, withdrawn, fine;
	struct opening *openings;

	assert_int_equal(
	    booking_hold(d, room_slot(d, "health", 1, 14), 0, "ja", &holiday),
	    BOOKED);
	assert_int_equal(
	    booking_hold(d, room_slot(d, "health", 2, 14), 0, "ja", &withdrawn),
	    BOOKED);
	assert_int_equal(
	    booking_hold(d, room_slot(d, "health", 2, 19), 0, "ja", &fine),
	    BOOKED);
	assert_int_equal(db_do(d->db, holiday_put, .day = TODAY + 1,
			     .closed = 1, .name = "日"),
	    1);
	assert_int_equal(booking_confirm(d, holiday.id, &holiday),
	    BOOKED_CLOSED);
	assert_int_equal(opening_list(d, &openings), 3);
	for (int i = 0; i < 3; i++)
		if (strcmp(openings[i].code, "a-day") == 0)
			assert_int_equal(opening_withdraw(d, openings[i].id),
			    0);
	assert_true(opening_expand(d) > 0);
	assert_int_equal(booking_confirm(d, withdrawn.id, &withdrawn),
	    BOOKED_UNKNOWN);
	assert_int_equal(booking_confirm(d, fine.id, &fine), BOOKED);
}

static void
lapsed_and_gone(void **state)
{
	struct desk *d = room_desk(state);
	const char *slot = room_slot(d, "health", 1, 14);
	struct booking first, second;

	assert_int_equal(booking_hold(d, slot, 0, "ja", &first), BOOKED);
	d->now += 601;
	assert_int_equal(booking_hold(d, slot, 0, "ja", &second), BOOKED);
	assert_int_equal(booking_confirm(d, first.id, &first), BOOKED_LAPSED);
	assert_int_equal(booking_confirm(d, second.id, &second), BOOKED);
	d->now += 7200;
	assert_true(booking_sweep(d) >= 1);
	assert_int_equal(booking_confirm(d, first.id, &first), BOOKED_LAPSED);
}

static void
hold_ends_with_the_notice(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;

	d->now = AT(0, 14) + 25 * 60;
	assert_int_equal(
	    booking_hold(d, room_slot(d, "health", 0, 15), 0, "ja", &b),
	    BOOKED);
	assert_int_equal(b.held_until, AT(0, 14) + 30 * 60);
}

static void
one_hold_a_browser(void **state)
{
	struct desk *d = room_desk(state);
	const char *slot = room_slot(d, "health", 1, 14);
	struct booking first, second;

	assert_int_equal(booking_hold(d, slot, 0, "ja", &first), BOOKED);
	assert_int_equal(booking_hold(d, slot, first.id, "ja", &second),
	    BOOKED);
	assert_int_equal(booking_by_id(d, first.id, &first), 0);
	assert_int_equal(booking_let_go(d, second.id), BOOKED);
	assert_int_equal(booking_let_go(d, second.id), BOOKED);
	assert_non_null(room_slot(d, "health", 1, 14));
}

static void
contact_is_sealed(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;
	struct contact told;

	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 1, 14), &yuki, &b), BOOKED);
	assert_null(memmem(b.contact.data, b.contact.len, "yuki", 4));
	assert_int_equal(booking_contact(d, &b, &told), 0);
	assert_string_equal(told.name, yuki.name);
	assert_string_equal(told.mail, yuki.mail);
	assert_string_equal(told.note, yuki.note);
}

static void
moving_swaps(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b, other;
	const char *was = room_slot(d, "health", 1, 14);
	const char *next = room_slot(d, "health", 2, 13);

	assert_int_equal(booking_make(d, was, &nobody, &b), BOOKED);
	assert_int_equal(booking_move(d, b.id, was, &b), BOOKED_SAME);
	assert_int_equal(booking_move(d, b.id, "1-1", &b), BOOKED_UNKNOWN);
	assert_int_equal(booking_move(d, b.id, next, &b), BOOKED);
	assert_int_equal(b.starts_at, AT(2, 13));
	assert_int_equal(b.sequence, 1);
	assert_int_equal(booking_make(d, was, &nobody, &other), BOOKED);
	assert_int_equal(booking_move(d, other.id, next, &other), BOOKED_TAKEN);
	d->now = AT(2, 13);
	assert_int_equal(
	    booking_move(d, b.id, room_slot(d, "health", 3, 13), &b),
	    BOOKED_PAST);
}

static void
cancelling_frees(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;
	const char *slot = room_slot(d, "health", 1, 14);

	assert_int_equal(booking_make(d, slot, &nobody, &b), BOOKED);
	assert_int_equal(booking_cancel(d, b.id, "guest", &b), BOOKED);
	assert_string_equal(b.state, "cancelled");
	assert_int_equal(booking_cancel(d, b.id, "guest", &b), BOOKED_STATE);
	assert_int_equal(booking_move(d, b.id, slot, &b), BOOKED_STATE);
	assert_int_equal(booking_make(d, slot, &nobody, &b), BOOKED);
	d->now = AT(1, 14);
	assert_int_equal(booking_cancel(d, b.id, "guest", &b), BOOKED_PAST);
	assert_int_equal(booking_cancel(d, b.id, "room", &b), BOOKED);
}

static void
outcomes(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;

	assert_int_equal(make(d, "health", 1, 14, &b), BOOKED);
	assert_int_equal(booking_outcome(d, b.id, "attended", &b),
	    BOOKED_EARLY);
	d->now = AT(1, 14);
	assert_int_equal(booking_outcome(d, b.id, "attended", &b), BOOKED);
	assert_int_equal(booking_outcome(d, b.id, "no_show", &b), BOOKED);
	assert_int_equal(booking_outcome(d, b.id, "confirmed", &b), BOOKED);
	assert_string_equal(b.state, "confirmed");
}

static void
take(struct desk *d, const char *kind)
{
	struct outbox row;

	assert_int_equal(outbox_take(d, &row), kind == NULL ? 0 : 1);
	if (kind == NULL)
		return;
	assert_string_equal(row.kind, kind);
	assert_int_equal(outbox_sent(d, row.id), 0);
}

static void
letters(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;
	int64_t next_at;

	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 2, 14), &nobody, &b),
	    BOOKED);
	take(d, NULL);
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 2, 13), &yuki, &b), BOOKED);
	take(d, "confirmation");
	take(d, NULL);
	assert_int_equal(outbox_next(d, &next_at), 0);
	assert_int_equal(next_at, AT(1, 18));
	assert_int_equal(
	    booking_move(d, b.id, room_slot(d, "health", 3, 13), &b), BOOKED);
	take(d, "changed");
	d->now = AT(1, 18);
	take(d, NULL); /* the reminder of the old time has died */
	d->now = AT(2, 18);
	take(d, "reminder");
	assert_int_equal(booking_cancel(d, b.id, "guest", &b), BOOKED);
	take(d, "cancelled");
	take(d, NULL);
}

static void
letters_too_late(void **state)
{
	struct desk *d = room_desk(state);
	struct booking b;

	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 2, 13), &yuki, &b), BOOKED);
	d->now = AT(2, 13) + 1;
	take(d, NULL);
}

static void
figures(void **state)
{
	struct desk *d = room_desk(state);
	struct booking came, absent, gone;
	struct usage u;

	assert_int_equal(make(d, "health", 1, 13, &came), BOOKED);
	assert_int_equal(make(d, "health", 1, 18, &absent), BOOKED);
	assert_int_equal(make(d, "money", 1, 15, &gone), BOOKED);
	assert_int_equal(booking_cancel(d, gone.id, "guest", &gone), BOOKED);
	d->now = AT(2, 9);
	assert_true(session_record(d) > 0);
	assert_int_equal(session_record(d), 0);
	assert_int_equal(booking_outcome(d, came.id, "attended", &came),
	    BOOKED);
	assert_int_equal(booking_outcome(d, absent.id, "no_show", &absent),
	    BOOKED);
	assert_int_equal(usage_between(d, TODAY + 1, TODAY + 1, &u), 0);
	assert_int_equal(u.total.offered, 8);
	assert_int_equal(u.total.booked, 2);
	assert_int_equal(u.total.used, 1);
	assert_int_equal(u.total.attended, 1);
	assert_int_equal(u.total.no_show, 1);
	assert_int_equal(u.total.cancelled, 1);
	assert_int_equal(u.channel_count, 2);
	assert_string_equal(u.channels[1].key, "online");
	assert_int_equal(u.channels[1].offered, 2);
	assert_int_equal(u.weekday_count, 1);
	assert_string_equal(u.weekdays[0].key, "4");
	assert_string_equal(u.weeks[0].key, "2026-06-29");
	assert_int_equal(u.lead.count, 2);
	assert_int_equal(u.days, 1);
	assert_true(usage_no_show_rate(&u.total) == 0.5);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_frame_one_booking),
		TEST(gap_belongs_to_the_frame),
		TEST(holds_run_out),
		TEST(what_closed_while_it_was_held),
		TEST(lapsed_and_gone),
		TEST(hold_ends_with_the_notice),
		TEST(one_hold_a_browser),
		TEST(contact_is_sealed),
		TEST(moving_swaps),
		TEST(cancelling_frees),
		TEST(outcomes),
		TEST(letters),
		TEST(letters_too_late),
		TEST(figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
