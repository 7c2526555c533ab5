/* The accounts as a whole: nobody shuts out herself or the last manager. */
#include "desk.h"

#include "room/roster.h"

enum change { RESET, DISABLE, ENABLE };

static const struct {
	const char *actor; /* NULL: the operator */
	enum change change;
	const char *name;
	enum roster result;
} cases[] = {
	{ "mari", DISABLE, "mari", ROSTER_OWN },
	{ "mari", RESET, "mari", ROSTER_OWN },
	{ "mari", DISABLE, "nobody", ROSTER_UNKNOWN },
	{ NULL, RESET, "nobody", ROSTER_UNKNOWN },
	{ NULL, ENABLE, "nobody", ROSTER_UNKNOWN },
	{ NULL, DISABLE, "mari", ROSTER_LAST },
	{ NULL, DISABLE, "sora", ROSTER_DONE },
	{ NULL, DISABLE, "sora", ROSTER_DONE }, /* again */
	{ NULL, ENABLE, "sora", ROSTER_DONE },
	{ NULL, RESET, "mari", ROSTER_DONE },
	{ NULL, DISABLE, "mari", ROSTER_LAST }, /* with a one-time password */
};

static int64_t
id_of(struct desk *desk, const char *name)
{
	struct account account = { 0 };

	assert_int_equal(account_by_name(desk, name, &account), 1);
	return account.id;
}

static enum roster
make(struct desk *desk, enum change change, const char *name)
{
	switch (change) {
	case RESET:
		return roster_reset(desk, name, "other");
	case DISABLE:
		return roster_disable(desk, name);
	case ENABLE:
		return roster_enable(desk, name);
	}
	return ROSTER_FAULT;
}

static void
add_two(struct desk *desk)
{
	assert_int_equal(roster_add(desk, "mari", "manager", "", "h"),
	    ROSTER_DONE);
	assert_int_equal(roster_add(desk, "sora", "staff", "", "h"),
	    ROSTER_DONE);
}

static void
changes_have_bounds(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;

	add_two(desk);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		desk->actor.account = cases[i].actor == NULL
		    ? 0
		    : id_of(desk, cases[i].actor);
		assert_int_equal(make(desk, cases[i].change, cases[i].name),
		    cases[i].result);
	}
}

static void
the_last_manager_is_the_last_enabled_one(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;

	add_two(desk);
	assert_int_equal(roster_add(desk, "rika", "manager", "", "h"),
	    ROSTER_DONE);
	assert_int_equal(roster_disable(desk, "mari"), ROSTER_DONE);
	assert_int_equal(roster_disable(desk, "rika"), ROSTER_LAST);
	assert_int_equal(roster_enable(desk, "mari"), ROSTER_DONE);
	assert_int_equal(roster_disable(desk, "rika"), ROSTER_DONE);
}

static void
sittings_end(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account found;

	add_two(desk);
	for (enum change change = RESET; change <= DISABLE; change++) {
		struct account sora;
		char *token = NULL;

		assert_int_equal(account_by_name(desk, "sora", &sora), 1);
		assert_int_equal(account_enter(desk, &sora, "p",
				     (struct device) { "", "" }, NULL, &token),
		    1);
		desk->actor.account = 0;
		assert_int_equal(account_by_token(desk, token, &found), 1);
		assert_int_equal(make(desk, change, "sora"), ROSTER_DONE);
		assert_int_equal(roster_enable(desk, "sora"), ROSTER_DONE);
		assert_int_equal(account_by_token(desk, token, &found), 0);
	}
}

static void
additions_are_refused(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;

	add_two(desk);
	assert_int_equal(roster_add(desk, "sora", "staff", "", "h"),
	    ROSTER_TAKEN);
	assert_int_equal(roster_add(desk, "S", "staff", "", "h"), ROSTER_TAKEN);
	assert_int_equal(roster_add(desk, "yui", "advisor", "nobody", "h"),
	    ROSTER_NO_ADVISOR);
}

static void
the_list_tells_what_is(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	struct account sora;
	struct listed *list;
	char *token = NULL;

	add_two(desk);
	assert_int_equal(account_by_name(desk, "sora", &sora), 1);
	assert_int_equal(account_enter(desk, &sora, "p",
			     (struct device) { "", "" }, NULL, &token),
	    1);
	assert_int_equal(roster_disable(desk, "sora"), ROSTER_OWN);
	desk->actor.account = 0;
	assert_int_equal(roster_list(desk, &list), 2);
	assert_string_equal(list[0].name, "mari");
	assert_string_equal(list[0].role, "manager");
	assert_string_equal(list[0].advisor, "");
	assert_int_equal(list[0].one_time, 1);
	assert_int_equal(list[0].signed_in_at, 0);
	assert_string_equal(list[1].name, "sora");
	assert_int_equal(list[1].signed_in_at, TEST_NOW);
	assert_int_equal(list[1].disabled, 0);
	assert_int_equal(list[0].sittings, 0);
	assert_int_equal(list[1].sittings, 1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, test_desk_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(changes_have_bounds),
		TEST(the_last_manager_is_the_last_enabled_one),
		TEST(sittings_end),
		TEST(additions_are_refused),
		TEST(the_list_tells_what_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
