/* Outlets: their codes, their counts on the way to the database. */
#include "desk.h"

#include "room/tally.h"

static void
codes(void **state)
{
	static const struct {
		const char *typed, *read;
		bool ok;
	} cases[] = {
		{ "k7mp", "k7mp", true },
		{ " Ｋ７ＭＰ　", "k7mp", true },
		{ "K7 MP", "k7mp", true },
		{ "city-hall", "city-hall", true },
		{ "a", "a", false },
		{ "", "", false },
		{ "-ab", "-ab", false },
		{ "ab-", "ab-", false },
		{ "a/b", "a/b", false },
		{ "a&b", "a&b", false },
		{ "病院", "病院", false },
		{ "abcdefghijklmnop", "abcdefghijklmnop", true },
		{ "abcdefghijklmnopq", "abcdefghijklmnopq", false },
	};
	struct desk *d = &((struct test_desk *)*state)->desk;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *read = outlet_code_read(d->arena, cases[i].typed);
		assert_string_equal(read, cases[i].read);
		assert_int_equal(outlet_code_ok(read), cases[i].ok);
	}
}

static void
adding(void **state)
{
	struct desk *d = &((struct test_desk *)*state)->desk;
	struct outlet a, b, found;

	assert_int_equal(outlet_add(d, "病院", "", &a), OUTLET_DONE);
	assert_true(outlet_code_ok(a.code));
	assert_int_equal(strlen(a.code), 4);
	assert_int_equal(outlet_add(d, "図書館", "lib", &b), OUTLET_DONE);
	assert_int_equal(outlet_add(d, "書店", "lib", &b), OUTLET_TAKEN);
	assert_int_equal(outlet_find(d, "図書館", &found), 1);
	assert_string_equal(found.code, "lib");
	assert_int_equal(outlet_find(d, "LIB", &found), 1);
	assert_int_equal(outlet_find(d, "書店", &found), 0);
}

static void
withdrawn_ones_are_last(void **state)
{
	struct desk *d = &((struct test_desk *)*state)->desk;
	struct outlet *list, one;

	assert_int_equal(outlet_withdraw(d, "lib", true), OUTLET_UNKNOWN);
	outlet_add(d, "図書館", "lib", &one);
	d->now++;
	outlet_add(d, "病院", "hp", &one);
	assert_int_equal(outlet_withdraw(d, "lib", true), OUTLET_DONE);
	assert_int_equal(outlet_list(d, &list), 2);
	assert_string_equal(list[0].code, "hp");
	assert_int_equal(list[1].withdrawn, 1);
	assert_int_equal(outlet_withdraw(d, "lib", false), OUTLET_DONE);
	assert_int_equal(outlet_list(d, &list), 2);
	assert_string_equal(list[0].code, "lib");
}

static void
there_are_so_many(void **state)
{
	struct desk *d = &((struct test_desk *)*state)->desk;
	struct outlet one;

	for (int i = 0; i < OUTLETS_MAX; i++)
		assert_int_equal(outlet_add(d, "店", "", &one), OUTLET_DONE);
	assert_int_equal(outlet_add(d, "店", "", &one), OUTLET_MANY);
}

static void
counts_add_up(void **state)
{
	struct desk *d = &((struct test_desk *)*state)->desk;
	int32_t today = when_day(d->now);
	struct tally *tally = mem_get(sizeof(*tally));
	struct tally *rest = mem_get(sizeof(*rest));
	struct outlet one, *list;

	outlet_add(d, "図書館", "lib", &one);
	for (int i = 0; i < 3; i++)
		tally_add(tally, &(struct tally_row) { one.id, today, 1, 0 });
	tally_add(tally, &(struct tally_row) { one.id, today, 0, 1 });
	tally_add(tally, &(struct tally_row) { one.id, today - 30, 5, 0 });
	assert_int_equal(tally->count, 2);
	tally_move(rest, tally);
	assert_int_equal(tally->count, 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(tally_write(d, rest), 0);
	tally_add(tally, &(struct tally_row) { one.id, today, 1, 2 });
	tally_add(tally, &(struct tally_row) { 1, today, 1, 2 }); /* gone */
	assert_int_equal(outlet_list(d, &list), 1);
	assert_int_equal(list[0].visits, 16);
	assert_int_equal(list[0].recent, 6);
	assert_int_equal(list[0].bookings, 2);
	tally_show(tally, today, list, 1);
	assert_int_equal(list[0].visits, 17);
	assert_int_equal(list[0].recent, 7);
	assert_int_equal(list[0].bookings, 4);
	free(tally);
	free(rest);
}

static void
a_tally_has_an_end(void **state)
{
	struct tally *tally = mem_get(sizeof(*tally));

	(void)state;
	for (int i = 0; i < 2 * TALLY_ROWS; i++)
		tally_add(tally, &(struct tally_row) { i, 1, 1, 0 });
	assert_int_equal(tally->count, TALLY_ROWS);
	tally_add(tally, &(struct tally_row) { 7, 1, 1, 0 });
	assert_int_equal(tally->rows[7].visits, 2);
	free(tally);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(codes, test_desk_open,
		    test_desk_close),
		cmocka_unit_test_setup_teardown(adding, test_desk_open,
		    test_desk_close),
		cmocka_unit_test_setup_teardown(withdrawn_ones_are_last,
		    test_desk_open, test_desk_close),
		cmocka_unit_test_setup_teardown(there_are_so_many,
		    test_desk_open, test_desk_close),
		cmocka_unit_test_setup_teardown(counts_add_up, test_desk_open,
		    test_desk_close),
		cmocka_unit_test(a_tally_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
