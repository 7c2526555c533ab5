/* Rights: every role, every right, own and other's things. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "room/right.h"

/* Written out by hand, so that a change of the table is seen twice. */
static const struct {
	enum right right;
	bool staff, manager, advisor;
} matrix[] = {
	{ RIGHT_DAY, true, true, true },
	{ RIGHT_OUTCOME, true, true, true },
	{ RIGHT_CONTACT, true, true, true },
	{ RIGHT_NOTE, false, false, true },
	{ RIGHT_FORGET, true, true, false },
	{ RIGHT_BOOK, true, true, false },
	{ RIGHT_CLOSE, true, true, false },
	{ RIGHT_LETTERS, true, true, false },
	{ RIGHT_FEEDS, true, true, true },
	{ RIGHT_TIDINGS, false, true, true },
	{ RIGHT_WAITLIST, true, true, false },
	{ RIGHT_USAGE, true, true, false },
	{ RIGHT_OUTLETS, true, true, false },
	{ RIGHT_ROOM, false, true, false },
	{ RIGHT_ACCOUNTS, false, true, false },
	{ RIGHT_AUDIT, false, true, false },
};

static const struct account staff = { .id = 1, .role = "staff" };
static const struct account manager = { .id = 2, .role = "manager" };
static const struct account advisor = { .id = 3,
	.role = "advisor",
	.advisor = 7 };

static void
each_role_has_its_rights(void **state)
{
	(void)state;
	assert_int_equal(sizeof(matrix) / sizeof(matrix[0]), RIGHTS);
	for (size_t i = 0; i < RIGHTS; i++) {
		enum right right = matrix[i].right;
		assert_int_equal(right, i);
		assert_int_equal(may(&staff, right), matrix[i].staff);
		assert_int_equal(may(&manager, right), matrix[i].manager);
		assert_int_equal(may(&advisor, right), matrix[i].advisor);
	}
}

static void
advisors_reach_their_own(void **state)
{
	struct account nobodys = advisor;

	(void)state;
	nobodys.advisor = 0;
	for (enum right right = 0; right < RIGHTS; right++) {
		assert_int_equal(may_about(&advisor, right, 7),
		    may(&advisor, right));
		assert_false(may_about(&advisor, right, 8));
		assert_false(may_about(&nobodys, right, 0));
		assert_int_equal(may_about(&staff, right, 7),
		    may(&staff, right));
	}
}

static void
others_have_none(void **state)
{
	static const struct account none[] = {
		{ .role = "" },
		{ .role = "queen" },
		{ .role = "Manager" },
		{ .role = "manager", .disabled = 1 },
		{ .role = "manager", .one_time = 1 },
		{ .role = "advisor", .advisor = 7, .one_time = 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		for (enum right right = 0; right < RIGHTS; right++)
			assert_false(may(&none[i], right));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_role_has_its_rights),
		cmocka_unit_test(advisors_reach_their_own),
		cmocka_unit_test(others_have_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
