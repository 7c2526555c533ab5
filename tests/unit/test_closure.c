/* What a closure takes away, and from whom. */
#include "room.h"

#include "room/closure.h"
#include "room/session.h"

#define ADVISOR 11
#define PLACE 22
#define OTHER 33

static const struct {
	const char *scope;
	int64_t owner;
	int from_hour, until_hour; /* closure on the day after today */
	int starts_hour, ends_hour; /* frame */
	bool hit;
} cases[] = {
	{ "room", 1, 13, 16, 14, 15, true },
	{ "room", 1, 14, 15, 13, 16, true },
	{ "room", 1, 13, 14, 14, 15, false }, /* they only touch */
	{ "room", 1, 15, 16, 14, 15, false },
	{ "room", 1, 0, 24, 9, 10, true },
	{ "place", PLACE, 13, 16, 14, 15, true },
	{ "place", OTHER, 13, 16, 14, 15, false },
	{ "place", ADVISOR, 13, 16, 14, 15, false },
	{ "advisor", ADVISOR, 13, 16, 14, 15, true },
	{ "advisor", OTHER, 13, 16, 14, 15, false },
	{ "advisor", PLACE, 13, 16, 14, 15, false },
};

static const struct session session = { .advisor = ADVISOR, .place = PLACE };

static struct closures *
closures(struct desk *d, int from_day, int until_day)
{
	struct policy p;
	struct closures *c;

	assert_int_equal(policy_get(d, &p), 1);
	c = closure_between(d, &p, AT(from_day, 0), AT(until_day, 0));
	assert_non_null(c);
	return c;
}

static void
test_scopes(void **state)
{
	struct desk *d = room_desk(state);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("case %zu\n", i);
		assert_int_equal(db_do(d->db, closure_prune, .now = 0), i > 0);
		assert_int_equal(db_do(d->db, closure_put, .id = seal_id(),
				     .scope = cases[i].scope,
				     .owner = cases[i].owner,
				     .starts_at = AT(1, cases[i].from_hour),
				     .ends_at = AT(1, cases[i].until_hour)),
		    1);
		assert_int_equal(closure_hits(closures(d, 0, 7), &session,
				     AT(1, cases[i].starts_hour),
				     AT(1, cases[i].ends_hour)),
		    cases[i].hit);
	}
}

/* 2026-07-20 is 海の日, 19 days on; the turn of the year 181 to 186. */
static void
test_closed_days(void **state)
{
	struct desk *d = room_desk(state);
	struct closures *c = closures(d, 0, 200);
	static const struct {
		int day;
		bool hit;
	} days[] = {
		{ 18, false },
		{ 19, true },
		{ 20, false },
		{ 180, false },
		{ 181, true },
		{ 186, true },
		{ 187, false },
	};

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		print_message("day %d\n", days[i].day);
		assert_int_equal(closure_hits(c, &session, AT(days[i].day, 13),
				     AT(days[i].day, 14)),
		    days[i].hit);
	}
	/* Over midnight into the holiday. */
	assert_true(closure_hits(c, &session, AT(18, 23), AT(19, 1)));
	assert_false(closure_hits(c, &session, AT(18, 23), AT(19, 0)));
}

#define IN_ROOM(test)                                                          \
	cmocka_unit_test_setup_teardown(test, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ROOM(test_scopes),
		IN_ROOM(test_closed_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
