/* Which frames are free: sessions less closures, claims, notice, window. */
#include "room.h"

#include "room/closure.h"

static void
frames_of_a_day(void **state)
{
	static const struct {
		const char *theme;
		int day, count;
		int hours[8];
	} cases[] = {
		/* It is 14:00 and the notice is half an hour. */
		{ "health", 0, 3, { 15, 18, 19 } },
		{ "money", 0, 1, { 15 } },
		{ "health", 1, 5, { 13, 14, 15, 18, 19 } },
		{ "", 1, 8, { 13, 13, 14, 14, 15, 15, 18, 19 } },
		/* 海の日, 20 July 2026. */
		{ "health", 19, 0, { 0 } },
		{ "health", 30, 5, { 13, 14, 15, 18, 19 } },
		/* The window ends with its thirtieth day. */
		{ "health", 31, 0, { 0 } },
		{ "health", -1, 0, { 0 } },
	};
	struct desk *d = room_desk(state);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct slot *slots;
		int count = room_slots(d, cases[i].theme, cases[i].day, &slots);

		assert_int_equal(count, cases[i].count);
		for (int j = 0; j < count; j++)
			assert_int_equal(when_minute(slots[j].starts_at),
			    cases[i].hours[j] * 60);
	}
}

static void
times_and_longer(void **state)
{
	static const struct {
		unsigned times;
		bool longer;
		int count;
	} cases[] = {
		{ 0, false, 5 }, { SLOT_MORNING, false, 0 },
		{ SLOT_DAYTIME, false, 3 }, { SLOT_EVENING, false, 2 },
		{ SLOT_DAYTIME | SLOT_EVENING, false, 5 },
		{ SLOT_WEEKEND, false, 0 }, /* a Thursday */
		{ 0, true, 3 }, /* 13:00, 14:00, 18:00 */
	};
	struct desk *d = room_desk(state);
	struct policy policy;
	struct theme health;

	assert_int_equal(policy_get(d, &policy), 1);
	assert_int_equal(theme_by_code(d, "health", &health), 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct slot_filter filter = {
			.theme = health.id,
			.from_at = AT(1, 0),
			.until_at = AT(2, 0),
			.times = cases[i].times,
			.longer = cases[i].longer,
		};
		struct slot *slots;

		assert_int_equal(slot_list(d, &policy, &filter, &slots),
		    cases[i].count);
	}
}

static void
what_may_be_said_of_an_id(void **state)
{
	struct desk *d = room_desk(state);
	struct policy policy;
	struct slot slot, *slots;
	char *session;

	assert_int_equal(policy_get(d, &policy), 1);
	assert_true(room_slots(d, "health", 1, &slots) > 0);
	session = arena_print(d->arena, "%lld", (long long)slots[0].session.id);
	const struct {
		const char *id;
		enum slot_state state;
	} cases[] = {
		{ slot_id(d->arena, &slots[0]), SLOT_FREE },
		{ arena_print(d->arena, "%s-%lld", session,
		      (long long)AT(1, 13) + 900),
		    SLOT_UNKNOWN },
		{ arena_print(d->arena, "%s-%lld", session,
		      (long long)AT(1, 16)),
		    SLOT_UNKNOWN },
		{ arena_print(d->arena, "%s-", session), SLOT_UNKNOWN },
		{ arena_print(d->arena, "%s-x", session), SLOT_UNKNOWN },
		{ arena_print(d->arena, "%s--1", session), SLOT_UNKNOWN },
		{ session, SLOT_UNKNOWN },
		{ "", SLOT_UNKNOWN },
		{ "-", SLOT_UNKNOWN },
		{ "1-1", SLOT_UNKNOWN },
		{ "99999999999999999999-1782968400", SLOT_UNKNOWN },
		{ arena_print(d->arena, "%s-%lld", session,
		      (long long)(INT64_MAX - (INT64_MAX - AT(1, 13)) % 3600)),
		    SLOT_UNKNOWN },
		{ " 1-1782968400", SLOT_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(slot_get(d, &policy, cases[i].id, 0, &slot),
		    cases[i].state);
	d->now = AT(1, 12) + 31 * 60;
	assert_int_equal(slot_get(d, &policy, cases[0].id, 0, &slot),
	    SLOT_PAST);
	d->now = AT(-40, 12);
	assert_int_equal(slot_get(d, &policy, cases[0].id, 0, &slot),
	    SLOT_EARLY);
}

static void
nearest_come_first(void **state)
{
	struct desk *d = room_desk(state);
	struct policy policy;
	struct slot wanted, *near;

	assert_int_equal(policy_get(d, &policy), 1);
	assert_int_equal(
	    slot_get(d, &policy, room_slot(d, "money", 1, 14), 0, &wanted),
	    SLOT_FREE);
	wanted.starts_at += 60;
	assert_int_equal(slot_near(d, &policy, &wanted, 3, &near), 3);
	assert_int_equal(near[0].starts_at, AT(1, 14));
	assert_int_equal(near[1].starts_at, AT(1, 15));
	assert_int_equal(near[2].starts_at, AT(1, 13));
	for (int i = 0; i < 3; i++)
		assert_string_equal(near[i].session.theme_code, "money");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(frames_of_a_day, room_open,
		    test_desk_close),
		cmocka_unit_test_setup_teardown(times_and_longer, room_open,
		    test_desk_close),
		cmocka_unit_test_setup_teardown(what_may_be_said_of_an_id,
		    room_open, test_desk_close),
		cmocka_unit_test_setup_teardown(nearest_come_first, room_open,
		    test_desk_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
