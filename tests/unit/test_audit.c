/* The audit: readings once in ten minutes, changes each time. */
#include "desk.h"

#include "room/audit.h"

/* One step after the other: the account acts, so many rows are new. */
static const struct {
	int later_s;
	struct actor actor;
	const char *action;
	int64_t booking;
	int64_t rows;
} steps[] = {
	{ 0, { 1, -1 }, "open_note", 7, 1 },
	{ 0, { 1, -1 }, "open_note", 7, 0 },
	{ 0, { 1, -1 }, "open_contact", 7, 1 },
	{ 0, { 1, -1 }, "open_note", 8, 1 },
	{ 0, { 2, -1 }, "open_note", 7, 1 },
	{ 0, { 0, 1000 }, "open_note", 7, 1 },
	{ 0, { 0, 1001 }, "open_note", 7, 1 },
	{ 599, { 1, -1 }, "open_note", 7, 0 },
	{ 1, { 1, -1 }, "open_note", 7, 1 },
	{ 0, { 1, -1 }, "outcome", 7, 1 },
	{ 0, { 1, -1 }, "outcome", 7, 1 },
};

static void
who_did_what(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		int64_t before = db_changes(desk->db);

		desk->now += steps[i].later_s;
		desk->actor = steps[i].actor;
		assert_int_equal(
		    audit_write(desk, steps[i].action, steps[i].booking), 0);
		assert_int_equal(db_changes(desk->db) - before, steps[i].rows);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_did_what, test_desk_open,
		    test_desk_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
