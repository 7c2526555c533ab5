/*
 * The waiting list: when offers are made and how long they last, who gets
 * them in what order, what happens to them and to the wish.
 */
#include "room.h"

#include "room/closing.h"
#include "room/offer.h"
#include "room/outbox.h"
#include "room/place.h"

#define HOUR(n) ((n)*3600)

/* A walk of another instant, as the timer of the rounds does it. */
static void
walk_at(struct desk *d, int64_t now)
{
	d->now = now;
	assert_int_equal(offer_walk(d), 0);
}

/* Both evening frames of tomorrow are booked. */
static void
evening_is_full(struct desk *d, struct booking *first, struct booking *second)
{
	d->now = AT(0, 9);
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 1, 18), &nobody, first),
	    BOOKED);
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 1, 19), &nobody, second),
	    BOOKED);
}

/* Tomorrow evening online. */
static struct wish
evening(void)
{
	return (struct wish) {
		.channel = CHANNEL_ONLINE,
		.times = SLOT_EVENING,
		.from_at = AT(1, 0),
		.until_at = AT(2, 0),
		.lang = "ja",
	};
}

static struct wish
wait_for(struct desk *d, const struct wish *asked, const char *mail)
{
	const struct contact told = { .name = "ゆき", .mail = mail };
	struct wish w;

	d->now++; /* one after the other */
	assert_int_equal(waitlist_join(d, NULL, asked, &told, &w), JOINED);
	return w;
}

static struct wish
join(struct desk *d, const char *mail)
{
	const struct wish asked = evening();

	return wait_for(d, &asked, mail);
}

static void
cancel(struct desk *d, int64_t id)
{
	struct booking b;

	assert_int_equal(booking_cancel(d, id, "guest", &b), BOOKED);
}

/* Her only open offer; fails when she has none or more. */
static struct offer
offer_to(struct desk *d, const struct wish *w)
{
	struct offer *offers;

	assert_int_equal(offer_of(d, w->id, &offers), 1);
	return offers[0];
}

static int
offers_to(struct desk *d, const struct wish *w)
{
	struct offer *offers;

	return offer_of(d, w->id, &offers);
}

static const char *
state_of(struct desk *d, const struct wish *w)
{
	struct wish now;

	assert_int_equal(waitlist_get(d, w->id, &now), 1);
	return now.state;
}

static struct offer
again(struct desk *d, const struct offer *o)
{
	struct offer now;

	assert_int_equal(offer_get(d, o->id, &now), 1);
	return now;
}

static void
deadlines(void **)
{
	static const struct {
		int left_s, notice_minutes, lasts_s;
	} cases[] = {
		{ HOUR(24 * 30), 30, HOUR(2) },
		{ HOUR(4), 30, HOUR(2) },
		{ HOUR(4) - 2, 30, HOUR(2) - 1 },
		{ HOUR(3) + 2, 30, HOUR(3) / 2 + 1 },
		/* The last hours: all, until the last moment. */
		{ HOUR(3), 30, HOUR(3) - 1800 },
		{ HOUR(1), 30, 1800 },
		{ HOUR(1), 0, HOUR(1) },
		/* Never past the notice. */
		{ HOUR(5), 240, HOUR(1) },
		{ HOUR(24) + 600, 24 * 60, 600 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(offer_until(TEST_NOW,
				     TEST_NOW + cases[i].left_s,
				     cases[i].notice_minutes),
		    TEST_NOW + cases[i].lasts_s);
}

/* In the room's zone, and across a change of its clock elsewhere. */
static void
nights(void **)
{
	static const struct {
		const char *zone, *at;
		bool rests;
	} cases[] = {
		{ "Asia/Tokyo", "2026-07-01T07:59:59+09:00", true },
		{ "Asia/Tokyo", "2026-07-01T08:00:00+09:00", false },
		{ "Asia/Tokyo", "2026-07-01T20:59:59+09:00", false },
		{ "Asia/Tokyo", "2026-07-01T21:00:00+09:00", true },
		{ "Asia/Tokyo", "2026-12-31T23:59:59+09:00", true },
		{ "Asia/Tokyo", "2026-07-01T12:00:00Z", true },
		{ "Europe/Berlin", "2026-03-29T07:30:00+02:00", true },
		{ "Europe/Berlin", "2026-03-29T08:00:00+02:00", false },
		{ "Europe/Berlin", "2026-10-25T07:30:00+01:00", true },
		{ "Europe/Berlin", "2026-10-25T08:00:00+01:00", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(when_zone(cases[i].zone), 0);
		assert_int_equal(offer_rests(when_parse(cases[i].at)),
		    cases[i].rests);
	}
	assert_int_equal(when_zone("Asia/Tokyo"), 0);
}

static void
half_a_session(void **)
{
	static const struct {
		int minutes, most;
	} cases[] = { { 60, 1 }, { 120, 1 }, { 180, 1 }, { 240, 2 },
		{ 300, 2 } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct session session = {
			.starts_at = TEST_NOW,
			.ends_at = TEST_NOW + cases[i].minutes * 60,
			.slot_minutes = 60,
		};

		assert_int_equal(offer_most(&session), cases[i].most);
	}
}

/* Three wishes, one cancellation: in order, one runs out, one is taken. */
static void
in_order(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second, b;
	struct wish a, c, e;
	struct offer o;

	evening_is_full(d, &first, &second);
	a = join(d, "a@example.jp");
	c = join(d, "c@example.jp");
	e = join(d, "e@example.jp");
	walk_at(d, AT(0, 10));
	assert_int_equal(offers_to(d, &a), 0);
	cancel(d, first.id);
	walk_at(d, AT(0, 10));
	o = offer_to(d, &a);
	assert_int_equal(o.starts_at, AT(1, 18));
	assert_int_equal(o.expires_at, AT(0, 12));
	assert_int_equal(offers_to(d, &c) + offers_to(d, &e), 0);
	/* Held: nobody else can have it. */
	assert_int_equal(booking_make(d,
			     arena_print(d->arena, "%ld-%ld", (long)o.session,
				 (long)o.starts_at),
			     &nobody, &b),
	    BOOKED_TAKEN);

	walk_at(d, AT(0, 12) - 1);
	assert_int_equal(offers_to(d, &a), 1);
	walk_at(d, AT(0, 12));
	assert_string_equal(again(d, &o).state, "lapsed");
	assert_int_equal(offer_accept(d, &o, &b), BOOKED_LAPSED);
	o = offer_to(d, &c);
	assert_int_equal(offer_accept(d, &o, &b), BOOKED);
	assert_string_equal(b.state, "confirmed");
	assert_int_equal(b.starts_at, AT(1, 18));
	assert_string_equal(state_of(d, &c), "booked");
	walk_at(d, AT(0, 13));
	assert_int_equal(offers_to(d, &a) + offers_to(d, &e), 0);
	assert_string_equal(state_of(d, &a), "waiting");
}

/* Number and words stay hers, and what she told goes along. */
static void
becomes_a_booking(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second, b, twice;
	struct contact told;
	struct wish w;
	struct offer o;

	evening_is_full(d, &first, &second);
	w = join(d, "a@example.jp");
	cancel(d, second.id);
	walk_at(d, AT(0, 10));
	o = offer_to(d, &w);
	assert_int_equal(offer_accept(d, &o, &b), BOOKED);
	assert_int_equal(b.id, w.id);
	assert_string_equal(b.code, w.code);
	assert_int_equal(b.generation, 1);
	assert_int_equal(booking_contact(d, &b, &told), 0);
	assert_string_equal(told.mail, "a@example.jp");
	o = again(d, &o);
	assert_int_equal(offer_accept(d, &o, &twice), BOOKED);
	assert_int_equal(twice.id, b.id);
	assert_int_equal(waitlist_get(d, w.id, &w), 1);
	assert_null(w.contact.data);
	assert_int_equal(w.booked_at, d->now);
	assert_int_equal(w.offered_at, d->now);
}

static void
declined_goes_on_at_once(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second;
	struct wish a, c;
	struct offer o;

	evening_is_full(d, &first, &second);
	a = join(d, "a@example.jp");
	c = join(d, "c@example.jp");
	cancel(d, first.id);
	walk_at(d, AT(0, 10));
	o = offer_to(d, &a);
	assert_int_equal(offer_decline(d, &o), 0);
	assert_non_null(room_slot(d, "health", 1, 18));
	walk_at(d, AT(0, 10));
	assert_int_equal(offers_to(d, &a), 0);
	offer_to(d, &c);
	/* She is asked about another frame all the same. */
	cancel(d, second.id);
	walk_at(d, AT(0, 12));
	assert_int_equal(offer_to(d, &a).starts_at, AT(1, 19));
}

static void
letter_leaves(struct desk *d)
{
	struct outbox row;

	assert_int_equal(outbox_take(d, &row), 1);
	assert_string_equal(row.kind, "offer");
	assert_int_equal(outbox_sent(d, row.id), 0);
}

/* She has heard nothing of it: that is not her silence. */
static void
unheard(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second;
	struct wish w;

	evening_is_full(d, &first, &second);
	w = join(d, "a@example.jp");
	cancel(d, first.id);
	walk_at(d, AT(0, 10));
	assert_int_equal(offers_to(d, &w), 1);
	walk_at(d, AT(0, 12));
	assert_int_equal(offers_to(d, &w), 0);
	assert_int_equal(waitlist_get(d, w.id, &w), 1);
	assert_int_equal(w.unanswered, 0);
}

/* Nothing is held for whoever lets three run out, until she says a word. */
static void
unanswered(void **state)
{
	struct desk *d = room_desk(state);
	struct wish asked = evening(), w;
	struct booking days[8];
	struct offer o;

	d->now = AT(0, 9);
	for (int day = 1; day < 8; day++)
		for (int hour = 18; hour < 20; hour++)
			assert_int_equal(booking_make(d,
					     room_slot(d, "health", day, hour),
					     &nobody, &days[day]),
			    BOOKED);
	asked.until_at = AT(8, 0);
	w = wait_for(d, &asked, "a@example.jp");
	for (int day = 1; day < 4; day++) {
		cancel(d, days[day].id);
		walk_at(d, AT(0, 8 + 3 * day));
		assert_int_equal(offer_to(d, &w).starts_at, AT(day, 19));
		letter_leaves(d);
		walk_at(d, AT(0, 10 + 3 * day));
		assert_int_equal(waitlist_get(d, w.id, &w), 1);
		assert_int_equal(w.unanswered, day);
	}
	cancel(d, days[4].id);
	walk_at(d, AT(4, 16) - 1);
	assert_int_equal(offers_to(d, &w), 0);
	walk_at(d, AT(4, 16));
	o = offer_to(d, &w);
	assert_true(o.shared);
	walk_at(d, o.expires_at);
	assert_true(offer_is_over(d, &o));
	assert_int_equal(offer_decline(d, &o), 0); /* late, but an answer */
	cancel(d, days[7].id);
	walk_at(d, AT(5, 9));
	assert_false(offer_to(d, &w).shared);
}

static void
at_most_half(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second;
	struct wish a, c;

	evening_is_full(d, &first, &second);
	a = join(d, "a@example.jp");
	c = join(d, "c@example.jp");
	cancel(d, first.id);
	cancel(d, second.id);
	walk_at(d, AT(0, 10));
	assert_int_equal(offer_to(d, &a).starts_at, AT(1, 18));
	assert_int_equal(offers_to(d, &c), 0);
	assert_non_null(room_slot(d, "health", 1, 19));
}

static void
waits_for_the_morning(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second;
	struct wish w;
	int64_t next_at;

	evening_is_full(d, &first, &second);
	w = join(d, "a@example.jp");
	cancel(d, first.id);
	walk_at(d, AT(0, 21));
	assert_int_equal(offers_to(d, &w), 0);
	assert_int_equal(offer_next(d, &next_at), 0);
	assert_int_equal(next_at, AT(1, 8));
	walk_at(d, AT(1, 8) - 1);
	assert_int_equal(offers_to(d, &w), 0);
	assert_int_equal(offer_next(d, &next_at), 0);
	assert_int_equal(next_at, AT(1, 8));
	walk_at(d, AT(1, 8));
	assert_int_equal(offer_to(d, &w).expires_at, AT(1, 10));
	assert_int_equal(offer_next(d, &next_at), 0);
	assert_int_equal(next_at, AT(1, 10));
}

/* Within three hours all are told and the first has it. */
static void
first_wins(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second, b;
	struct wish a, c;
	struct offer to_a, to_c;

	evening_is_full(d, &first, &second);
	a = join(d, "a@example.jp");
	c = join(d, "c@example.jp");
	d->now = AT(1, 15);
	cancel(d, first.id);
	walk_at(d, AT(1, 15));
	to_a = offer_to(d, &a);
	to_c = offer_to(d, &c);
	assert_true(to_a.shared && to_c.shared);
	assert_int_equal(to_a.expires_at, AT(1, 17) + 1800);
	assert_int_equal(offer_accept(d, &to_c, &b), BOOKED);
	assert_int_equal(db_begin(d->db), 0);
	assert_int_equal(offer_accept(d, &to_a, &b), BOOKED_TAKEN);
	db_rollback(d->db);
	walk_at(d, AT(1, 15));
	to_a = again(d, &to_a);
	assert_string_equal(to_a.state, "gone");
	assert_int_equal(offer_accept(d, &to_a, &b), BOOKED_TAKEN);
	assert_string_equal(state_of(d, &a), "waiting");
}

/* The old time is kept until the new one is hers, then offered on. */
static void
earlier(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second, b;
	struct wish sooner, other;
	struct offer o;

	evening_is_full(d, &first, &second);
	cancel(d, second.id);
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 1, 19), &yuki, &second),
	    BOOKED);
	/* Today's evening is free: nothing to wait for. */
	assert_int_equal(waitlist_join_earlier(d, NULL, second.id, &sooner),
	    JOINED_FREE);
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 0, 18), &nobody, &b),
	    BOOKED);
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 0, 19), &nobody, &b),
	    BOOKED);
	assert_int_equal(waitlist_join_earlier(d, NULL, second.id, &sooner),
	    JOINED);
	assert_null(sooner.code);
	assert_int_equal(waitlist_join_earlier(d, NULL, second.id, &other),
	    JOINED);
	assert_int_equal(other.id, sooner.id);
	other = join(d, "a@example.jp");
	walk_at(d, AT(0, 10));
	assert_int_equal(offers_to(d, &sooner) + offers_to(d, &other), 0);
	cancel(d, first.id);
	walk_at(d, AT(0, 10));
	o = offer_to(d, &sooner);
	assert_int_equal(offers_to(d, &other), 0);
	assert_int_equal(booking_by_id(d, second.id, &b), 1);
	assert_int_equal(b.starts_at, AT(1, 19));
	assert_int_equal(offer_accept(d, &o, &b), BOOKED);
	assert_int_equal(b.id, second.id);
	assert_int_equal(b.starts_at, AT(1, 18));
	assert_int_equal(b.sequence, 1);
	walk_at(d, AT(0, 10));
	assert_int_equal(offer_to(d, &other).starts_at, AT(1, 19));
}

/* A wish for an earlier time ends when she moves or cancels herself. */
static void
earlier_by_herself(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second, b;
	struct wish of_first, of_second;

	evening_is_full(d, &first, &second);
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 0, 18), &nobody, &b),
	    BOOKED);
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 0, 19), &nobody, &b),
	    BOOKED);
	assert_int_equal(waitlist_join_earlier(d, NULL, first.id, &of_first),
	    JOINED);
	assert_int_equal(waitlist_join_earlier(d, NULL, second.id, &of_second),
	    JOINED);
	cancel(d, first.id);
	assert_int_equal(
	    booking_move(d, second.id, room_slot(d, "health", 1, 18), &second),
	    BOOKED);
	walk_at(d, AT(0, 10));
	assert_string_equal(state_of(d, &of_first), "ended");
	assert_string_equal(state_of(d, &of_second), "booked");
	assert_int_equal(waitlist_join_earlier(d, NULL, first.id, &of_first),
	    JOINED_STATE);
}

/* Without an address nothing is held: she sees what fits when she looks. */
static void
by_number_only(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second, b;
	struct wish w;
	struct slot *slots;

	evening_is_full(d, &first, &second);
	w = join(d, "");
	assert_false(w.reachable);
	assert_int_equal(waitlist_matches(d, &w, 6, &slots), 0);
	cancel(d, first.id);
	walk_at(d, AT(0, 10));
	assert_int_equal(offers_to(d, &w), 0);
	assert_int_equal(waitlist_matches(d, &w, 6, &slots), 1);
	assert_int_equal(slots[0].starts_at, AT(1, 18));
	assert_int_equal(waitlist_fulfil(d, &w, slot_id(d->arena, slots), &b),
	    BOOKED);
	assert_string_equal(b.code, w.code);
	assert_string_equal(state_of(d, &w), "booked");
}

static void
withdrawn_frees_at_once(void **state)
{
	struct desk *d = room_desk(state);
	const char *dir = ((struct test_desk *)*state)->dir;
	struct booking first, second, b;
	struct outbox row;
	struct wish w;
	struct offer o;

	evening_is_full(d, &first, &second);
	w = join(d, "a@example.jp");
	cancel(d, first.id);
	walk_at(d, AT(0, 10));
	o = offer_to(d, &w);
	assert_int_equal(waitlist_withdraw(d, dir, w.id), 1);
	assert_int_equal(waitlist_withdraw(d, dir, w.id), 0);
	assert_non_null(room_slot(d, "health", 1, 18));
	o = again(d, &o);
	assert_int_equal(offer_accept(d, &o, &b), BOOKED_LAPSED);
	assert_int_equal(waitlist_get(d, w.id, &w), 1);
	assert_null(w.contact.data);
	assert_int_equal(
	    waitlist_fulfil(d, &w, room_slot(d, "health", 1, 18), &b),
	    BOOKED_STATE);
	/* Nor does its letter leave. */
	assert_int_equal(outbox_take(d, &row), 0);
}

static void
a_letter_until_the_deadline(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second;
	struct outbox row;
	struct wish w;
	struct offer o, found;
	const char *token;

	evening_is_full(d, &first, &second);
	w = join(d, "a@example.jp");
	assert_int_equal(outbox_take(d, &row), 0);
	cancel(d, first.id);
	walk_at(d, AT(0, 10));
	o = offer_to(d, &w);
	d->now = o.expires_at - 1;
	assert_int_equal(outbox_take(d, &row), 1);
	assert_string_equal(row.kind, "offer");
	assert_int_equal(row.owner, o.id);
	assert_int_equal(row.not_after, o.expires_at);
	token = offer_token(d, &o);
	assert_int_equal(offer_by_token(d, token, &found), 1);
	assert_int_equal(found.id, o.id);
	assert_int_equal(
	    offer_by_token(d,
		seal_token(d->keys, d->arena, SEAL_MANAGE, o.id, 1), &found),
	    0);
}

/* Hours that are closed end their offers; opened again they are offered. */
static void
closed_and_opened(void **state)
{
	struct desk *d = room_desk(state);
	struct closing c = { .scope = "room", .code = "" };
	struct booking first, second, b;
	struct closing_effect effect;
	struct wish w;
	struct offer o;

	evening_is_full(d, &first, &second);
	w = join(d, "a@example.jp");
	c.starts_at = AT(1, 18);
	c.ends_at = AT(1, 19);
	assert_int_equal(closing_preview(d, &c, &effect), CLOSING_DONE);
	assert_int_equal(closing_do(d, &c, effect.digest, &effect),
	    CLOSING_DONE);
	walk_at(d, AT(0, 10));
	assert_int_equal(offers_to(d, &w), 0);
	assert_int_equal(closing_reopen(d, c.id), 1);
	walk_at(d, AT(0, 10));
	o = offer_to(d, &w);
	assert_int_equal(closing_preview(d, &c, &effect), CLOSING_DONE);
	assert_int_equal(closing_do(d, &c, effect.digest, &effect),
	    CLOSING_DONE);
	assert_int_equal(db_begin(d->db), 0);
	assert_int_equal(offer_accept(d, &o, &b), BOOKED_CLOSED);
	db_rollback(d->db);
	walk_at(d, AT(0, 10));
	assert_string_equal(again(d, &o).state, "gone");
}

static void
days_past(void **state)
{
	struct desk *d = room_desk(state);
	const struct wish yesterday = { .until_at = AT(0, 0), .lang = "ja" };
	struct booking first, second;
	struct wish w;

	evening_is_full(d, &first, &second);
	assert_int_equal(waitlist_join(d, NULL, &yesterday, &nobody, &w),
	    JOINED_PAST);
	w = join(d, "a@example.jp");
	walk_at(d, AT(1, 23));
	assert_string_equal(state_of(d, &w), "waiting");
	walk_at(d, AT(2, 0));
	assert_string_equal(state_of(d, &w), "ended");
	assert_int_equal(waitlist_get(d, w.id, &w), 1);
	assert_null(w.contact.data);
}

static void
nothing_to_wait_for(void **state)
{
	struct desk *d = room_desk(state);
	const struct wish asked = evening();
	struct wish w;

	d->now = AT(0, 9);
	assert_int_equal(waitlist_join(d, NULL, &asked, &yuki, &w),
	    JOINED_FREE);
}

static void
shares(void **state)
{
	struct desk *d = room_desk(state);
	const struct wish asked = evening();
	struct booking first, second;
	struct wish w;

	evening_is_full(d, &first, &second);
	for (int i = 0; i < WAITLIST_OF_MAIL; i++)
		join(d, "a@example.jp");
	assert_int_equal(
	    waitlist_join(d, NULL, &asked,
		&(struct contact) { .name = "", .mail = "A@example.jp" }, &w),
	    JOINED_OFTEN);
	for (int i = 0; i < WAITLIST_SHARE; i++)
		assert_int_equal(
		    waitlist_join(d, "192.0.2.1", &asked, &nobody, &w), JOINED);
	assert_int_equal(waitlist_join(d, "192.0.2.1", &asked, &nobody, &w),
	    JOINED_OFTEN);
	assert_int_equal(waitlist_join(d, "192.0.2.2", &asked, &nobody, &w),
	    JOINED);
}

static void
sealed(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second;
	struct contact told;
	struct wish w;

	evening_is_full(d, &first, &second);
	w = join(d, "a@example.jp");
	assert_null(memmem(w.contact.data, w.contact.len, "example", 7));
	assert_int_equal(waitlist_contact(d, &w, &told), 0);
	assert_string_equal(told.mail, "a@example.jp");
	assert_string_equal(told.name, "ゆき");
	/* The box opens nowhere else. */
	assert_int_equal(contact_unseal(d, "booking", w.id, w.contact, &told),
	    -1);
}

#define ROOM(test)                                                             \
	cmocka_unit_test_setup_teardown(test, room_open, test_desk_close)

/* What was offered to an address that reaches nobody goes to the next at
 * once, and the wish is not asked again.  Whoever types such an address is
 * told nothing of it. */
static void
an_address_that_reaches_nobody(void **state)
{
	struct desk *d = room_desk(state);
	struct booking first, second;
	struct wish gone, next, typed, *list;
	struct outbox row;

	evening_is_full(d, &first, &second);
	gone = join(d, "a@example.jp");
	next = join(d, "b@example.jp");
	cancel(d, first.id);
	walk_at(d, d->now + 1);
	offer_to(d, &gone);
	while (outbox_take(d, &row) == 1)
		assert_int_equal(outbox_failed(d, &row, "5.1.1"), 0);
	assert_int_equal(offers_to(d, &gone), 0);
	walk_at(d, d->now + 1);
	offer_to(d, &next);
	assert_int_equal(waitlist_reachable(d, &list), 1);
	assert_true(list[0].id == next.id);
	typed = join(d, "a@example.jp");
	assert_true(typed.reachable);
	assert_int_equal(waitlist_reachable(d, &list), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deadlines),
		cmocka_unit_test(nights),
		cmocka_unit_test(half_a_session),
		ROOM(in_order),
		ROOM(becomes_a_booking),
		ROOM(declined_goes_on_at_once),
		ROOM(unheard),
		ROOM(unanswered),
		ROOM(at_most_half),
		ROOM(waits_for_the_morning),
		ROOM(first_wins),
		ROOM(earlier),
		ROOM(earlier_by_herself),
		ROOM(by_number_only),
		ROOM(withdrawn_frees_at_once),
		ROOM(a_letter_until_the_deadline),
		ROOM(an_address_that_reaches_nobody),
		ROOM(closed_and_opened),
		ROOM(days_past),
		ROOM(nothing_to_wait_for),
		ROOM(shares),
		ROOM(sealed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
