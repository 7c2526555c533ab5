/* Words of the room, with and without the memory of those looked up. */
#include "room.h"

#include "room/words.h"

static const char *
name_of_room(struct desk *d, const char *lang)
{
	return words_get(d, ROOM_ID, "name", lang).body;
}

static void
another_language_falls_back(void **state)
{
	struct desk *d = room_desk(state);

	for (int remembered = 0; remembered < 2; remembered++) {
		struct words w = words_get(d, ROOM_ID, "name", "en");

		assert_string_equal(w.body, "部屋");
		assert_string_equal(w.lang, "ja");
		w = words_get(d, ROOM_ID, "nothing", "en");
		assert_string_equal(w.body, "");
		assert_string_equal(w.lang, "en");
		if (!remembered)
			d->wordbook = wordbook_open();
		d->room = 1;
	}
	wordbook_close(d->wordbook);
}

static void
remembered_until_the_room_changes(void **state)
{
	struct desk *d = room_desk(state);

	d->wordbook = wordbook_open();
	d->room = 1;
	assert_string_equal(name_of_room(d, "en"), "部屋");
	assert_int_equal(words_set(d, ROOM_ID, "name", "en", "Room"), 0);
	assert_string_equal(name_of_room(d, "en"), "部屋");
	assert_string_equal(name_of_room(d, "ja"), "部屋");
	d->room = 2;
	assert_string_equal(name_of_room(d, "en"), "Room");
	assert_string_equal(name_of_room(d, "ja"), "部屋");
	wordbook_close(d->wordbook);
}

/* More than it has places for: those that find none are read each time. */
static void
more_words_than_places(void **state)
{
	struct desk *d = room_desk(state);

	d->wordbook = wordbook_open();
	d->room = 1;
	for (int64_t owner = 100; owner < 3100; owner++) {
		char *body = arena_print(d->arena, "%d", (int)owner);

		assert_int_equal(words_set(d, owner, "name", "ja", body), 0);
	}
	for (int twice = 0; twice < 2; twice++)
		for (int64_t owner = 100; owner < 3100; owner++)
			assert_int_equal(
			    atoi(words_get(d, owner, "name", "ja").body),
			    owner);
	wordbook_close(d->wordbook);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(another_language_falls_back,
		    room_open, test_desk_close),
		cmocka_unit_test_setup_teardown(
		    remembered_until_the_room_changes, room_open,
		    test_desk_close),
		cmocka_unit_test_setup_teardown(more_words_than_places,
		    room_open, test_desk_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
