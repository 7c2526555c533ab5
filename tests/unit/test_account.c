/* Accounts, roles, names, sittings. */
#include "desk.h"

#include "room/account.h"

static const struct {
	const char *name;
	int added;
} names[] = {
	{ "yuki", 0 },
	{ "y.s-1_2", 0 },
	{ "ab", 0 },
	{ "abcdefghijklmnopqrstuvwxyz012345", 0 },
	{ "yuki", 1 }, /* taken */
	{ "a", 1 },
	{ "abcdefghijklmnopqrstuvwxyz0123456", 1 },
	{ "", 1 },
	{ "Yuki", 1 },
	{ "yu ki", 1 },
	{ "ゆき", 1 },
	{ "yuki\n", 1 },
};

static void
names_are_checked(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	int64_t count = -1;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(
		    account_add(desk, names[i].name, "staff", 0, "hash", false),
		    names[i].added);
	assert_int_equal(account_count(desk, &count), 0);
	assert_int_equal(count, 4);
}

static void
roles_are_three(void **state)
{
	(void)state;
	assert_true(role_known("staff"));
	assert_true(role_known("manager"));
	assert_true(role_known("advisor"));
	assert_false(role_known(""));
	assert_false(role_known("Staff"));
	assert_false(role_known("operator"));
}

static struct account
yuki(struct desk *desk)
{
	struct account account = { 0 };

	account_add(desk, "yuki", "manager", 0, "hash", true);
	assert_int_equal(account_by_name(desk, "yuki", &account), 1);
	return account;
}

static void
an_account_is_found_by_name(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account account = yuki(desk);

	assert_true(account.id > 0);
	assert_string_equal(account.name, "yuki");
	assert_string_equal(account.role, "manager");
	assert_string_equal(account.password, "hash");
	assert_int_equal(account.advisor, 0);
	assert_int_equal(account.one_time, 1);
	assert_int_equal(account.disabled, 0);
	assert_int_equal(account_by_name(desk, "midori", &account), 0);
}

static void
a_sitting_lasts_twelve_hours(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account who = yuki(desk), found = { 0 };
	const char *token = account_sit(desk, who.id);

	assert_non_null(token);
	assert_int_equal(account_by_token(desk, token, &found), 1);
	assert_int_equal(found.id, who.id);
	assert_int_equal(account_by_token(desk, "", &found), 0);
	assert_int_equal(account_by_token(desk, token + 1, &found), 0);
	desk->now += SITTING_S - 1;
	assert_int_equal(account_by_token(desk, token, &found), 1);
	desk->now++;
	assert_int_equal(account_by_token(desk, token, &found), 0);
}

static void
leaving_ends_one_sitting(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account who = yuki(desk), found = { 0 };
	const char *here = account_sit(desk, who.id);
	const char *there = account_sit(desk, who.id);

	assert_string_not_equal(here, there);
	assert_int_equal(account_leave(desk, here), 0);
	assert_int_equal(account_by_token(desk, here, &found), 0);
	assert_int_equal(account_by_token(desk, there, &found), 1);
	assert_int_equal(account_leave(desk, here), 0);
}

static void
a_new_password_ends_all_sittings(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account who = yuki(desk), found = { 0 };
	const char *token = account_sit(desk, who.id);

	assert_int_equal(account_set_password(desk, who.id, "other"), 0);
	assert_int_equal(account_by_token(desk, token, &found), 0);
	assert_int_equal(account_by_name(desk, "yuki", &found), 1);
	assert_string_equal(found.password, "other");
	assert_int_equal(found.one_time, 0);
	assert_int_equal(account_set_password(desk, 1, "other"), -1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, test_desk_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(names_are_checked),
		cmocka_unit_test(roles_are_three),
		TEST(an_account_is_found_by_name),
		TEST(a_sitting_lasts_twelve_hours),
		TEST(leaving_ends_one_sitting),
		TEST(a_new_password_ends_all_sittings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
