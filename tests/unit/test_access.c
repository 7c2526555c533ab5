/* What she may need: names, sealing, and boxes from before there was any. */
#include "room.h"

static const struct {
	const char *text;
	unsigned bits;
	const char *printed;
} cases[] = {
	{ "", 0, "" },
	{ "sign", ACCESS_BIT(ACCESS_SIGN), "sign" },
	{ "child,sign", ACCESS_BIT(ACCESS_SIGN) | ACCESS_BIT(ACCESS_CHILD),
	    "sign,child" },
	{ "wheelchair,ramp,,interpreter,sig",
	    ACCESS_BIT(ACCESS_WHEELCHAIR) | ACCESS_BIT(ACCESS_INTERPRETER),
	    "interpreter,wheelchair" },
};

static void
names_there_and_back(void **state)
{
	struct desk *d = room_desk(state);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		unsigned bits = access_read(d->arena, cases[i].text);

		print_message("case %zu\n", i);
		assert_int_equal(bits, cases[i].bits);
		assert_string_equal(access_print(d->arena, bits),
		    cases[i].printed);
	}
}

static void
sealed_with_the_contact(void **state)
{
	struct desk *d = room_desk(state);
	struct contact told, wish = nobody;
	struct booking b;

	wish.access = ACCESS_BIT(ACCESS_WHEELCHAIR) | ACCESS_BIT(ACCESS_CHILD);
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 1, 14), &wish, &b), BOOKED);
	assert_null(memmem(b.contact.data, b.contact.len, "child", 5));
	assert_int_equal(booking_contact(d, &b, &told), 0);
	assert_int_equal(told.access, wish.access);
	assert_string_equal(told.name, "");
	assert_string_equal(told.mail, "");
	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 1, 15), &nobody, &b),
	    BOOKED);
	assert_null(b.contact.data); /* nothing told, nothing kept */
}

static void
boxes_without_it_still_open(void **state)
{
	static const char two[] = "ゆき\0yuki@example.jp";
	struct desk *d = room_desk(state);
	struct contact told;
	struct booking b = { .id = 7, .lang = "ja", .entry = "web" };

	b.contact = seal_box(d->keys, d->arena, "booking", b.id, "contact",
	    (struct bytes) { two, sizeof(two) });
	assert_int_equal(booking_contact(d, &b, &told), 0);
	assert_string_equal(told.name, "ゆき");
	assert_string_equal(told.mail, "yuki@example.jp");
	assert_int_equal(told.access, 0);
	assert_false(told.details || told.soon);
}

#define IN_ROOM(test)                                                          \
	cmocka_unit_test_setup_teardown(test, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ROOM(names_there_and_back),
		IN_ROOM(sealed_with_the_contact),
		IN_ROOM(boxes_without_it_still_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
