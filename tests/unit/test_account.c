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

static const struct device pixel = { "Android", "Chrome" };

static char *
sit(struct desk *desk, struct account who)
{
	char *token = NULL;

	assert_int_equal(account_enter(desk, &who, "p", pixel, NULL, &token),
	    1);
	return token;
}

static void
a_sitting_lasts_twelve_hours(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account who = yuki(desk), found = { 0 };
	const char *token = sit(desk, who);
	int64_t until_at = desk->now + SITTING_S;

	assert_non_null(token);
	assert_int_equal(account_by_token(desk, token, &found), 1);
	assert_int_equal(found.id, who.id);
	assert_int_equal(account_by_token(desk, "", &found), 0);
	assert_int_equal(account_by_token(desk, token + 1, &found), 0);
	while (desk->now + SITTING_IDLE_S <= until_at) {
		desk->now += SITTING_IDLE_S - 1;
		assert_int_equal(account_by_token(desk, token, &found), 1);
		assert_int_equal(sitting_seen(desk, found.sitting), 0);
	}
	desk->now = until_at - 1;
	assert_int_equal(account_by_token(desk, token, &found), 1);
	desk->now++;
	assert_int_equal(account_by_token(desk, token, &found), 0);
}

static void
an_idle_sitting_ends(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account found = { 0 };
	const char *token = sit(desk, yuki(desk));

	desk->now += SITTING_IDLE_S - 1;
	assert_int_equal(account_by_token(desk, token, &found), 1);
	assert_int_equal(found.seen_at, TEST_NOW);
	desk->now++;
	assert_int_equal(account_by_token(desk, token, &found), 0);
}

static void
leaving_ends_one_sitting(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account who = yuki(desk), found = { 0 };
	const char *here = sit(desk, who);
	const char *there = sit(desk, who);

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
	const char *token = sit(desk, who);
	char *fresh = NULL;

	assert_int_equal(
	    account_change(desk, &who, "p", pixel, "other", &fresh), 1);
	assert_int_equal(account_by_token(desk, token, &found), 0);
	assert_int_equal(account_by_token(desk, fresh, &found), 1);
	assert_int_equal(account_by_name(desk, "yuki", &found), 1);
	assert_string_equal(found.password, "other");
	assert_int_equal(found.one_time, 0);
}

static const struct {
	const char *typed, *name;
} typings[] = {
	{ "yuki", "yuki" },
	{ " Yuki\t", "yuki" },
	{ "ＹＵＫＩ", "yuki" },
	{ "　yuki.s　", "yuki.s" },
	{ "", "" },
};

static void
names_may_be_typed_freely(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;

	for (size_t i = 0; i < sizeof(typings) / sizeof(typings[0]); i++)
		assert_string_equal(account_name(desk->arena, typings[i].typed),
		    typings[i].name);
}

static void
guessing_is_slowed_by_name_and_peer(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	char name[16];

	for (int i = 0; i < 10; i++)
		assert_int_equal(account_knock(desk, "yuki", "192.0.2.1"), 1);
	assert_int_equal(account_knock(desk, "yuki", "192.0.2.1"), 0);
	/* Neither her own way in nor another name is shut by that. */
	assert_int_equal(account_knock(desk, "yuki", "192.0.2.2"), 1);
	assert_int_equal(account_knock(desk, "midori", "192.0.2.1"), 1);
	for (int i = 0; i < 48; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		assert_int_equal(account_knock(desk, name, "192.0.2.1"), 1);
	}
	assert_int_equal(account_knock(desk, "haru", "192.0.2.1"), 0);
	desk->now += 3600;
	assert_int_equal(account_knock(desk, "yuki", "192.0.2.1"), 1);
}

static void
entering_replaces_the_browsers_sitting(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account who = yuki(desk), found = { 0 };
	char *before = sit(desk, who), *after = NULL;

	for (int i = 0; i < 10; i++)
		assert_int_equal(account_knock(desk, "yuki", "p"), 1);
	assert_int_equal(account_enter(desk, &who, "p", pixel, before, &after),
	    1);
	assert_int_equal(account_by_token(desk, before, &found), 0);
	assert_int_equal(account_by_token(desk, after, &found), 1);
	assert_int_equal(account_knock(desk, "yuki", "p"), 1);
}

static void
a_change_in_between_keeps_her_out(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account who = yuki(desk), found = { 0 };
	char *token = NULL, *other = NULL;

	assert_int_equal(account_change(desk, &who, "p", pixel, "new", &token),
	    1);
	assert_int_equal(account_by_token(desk, token, &found), 1);
	assert_int_equal(found.one_time, 0);
	assert_int_equal(account_enter(desk, &who, "p", pixel, NULL, &other),
	    0);
	assert_int_equal(
	    account_change(desk, &who, "p", pixel, "newer", &other), 0);
	assert_null(other);
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
		TEST(an_idle_sitting_ends),
		TEST(leaving_ends_one_sitting),
		TEST(a_new_password_ends_all_sittings),
		TEST(names_may_be_typed_freely),
		TEST(guessing_is_slowed_by_name_and_peer),
		TEST(entering_replaces_the_browsers_sitting),
		TEST(a_change_in_between_keeps_her_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
