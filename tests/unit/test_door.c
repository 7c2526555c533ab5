/* How often one network may knock: at one number, and at all of them. */
#include "room.h"

#include "room/door.h"
#include "room/passphrase.h"
#include "store/db.h"

#define HERE "192.0.2.7"
#define THERE "192.0.2.8"
#define WRONG "いぬ いぬ いぬ"

static enum door
knock(struct desk *d, const char *peer, const char *code, const char *words)
{
	struct booking b;

	return door_knock(d, peer, code, words, &b, NULL);
}

/* Wrong words at `count` numbers, each another one. */
static void
guess(struct desk *d, int count)
{
	static int n;

	for (int i = 0; i < count; i++)
		assert_int_equal(
		    knock(d, HERE, arena_print(d->arena, "%08d", n++), WRONG),
		    DOOR_SHUT);
}

static const char *
book(struct desk *d, const char **words)
{
	struct booking b;

	assert_int_equal(
	    booking_make(d, room_slot(d, "health", 1, 14), &nobody, &b),
	    BOOKED);
	*words = passphrase_print(d->keys, d->arena, b.id, b.generation, false);
	return arena_print(d->arena, "%s", b.code);
}

static void
a_number_has_five_tries(void **state)
{
	struct desk *d = room_desk(state);
	const char *words, *code = book(d, &words);

	for (int i = 0; i < DOOR_TRIES; i++)
		assert_int_equal(knock(d, HERE, code, WRONG), DOOR_SHUT);
	assert_int_equal(knock(d, HERE, code, words), DOOR_LOCKED);
	assert_int_equal(knock(d, THERE, code, words), DOOR_OPEN);
	guess(d, 1);
}

static void
a_network_has_its_tries_at_all_numbers(void **state)
{
	struct desk *d = room_desk(state);
	const char *words, *code = book(d, &words);
	int64_t before;

	guess(d, DOOR_TRIES_PEER - 1);
	/* The right words are no guess, and forgive none. */
	assert_int_equal(knock(d, HERE, code, words), DOOR_OPEN);
	assert_int_equal(knock(d, HERE, code, words), DOOR_OPEN);
	guess(d, 1);
	before = db_changes(d->db);
	assert_int_equal(knock(d, HERE, code, words), DOOR_LOCKED);
	assert_int_equal(knock(d, HERE, "99999999", WRONG), DOOR_LOCKED);
	assert_int_equal(db_changes(d->db), before);
	assert_int_equal(knock(d, THERE, code, words), DOOR_OPEN);
	d->now += HOUR_S + 600;
	assert_int_equal(knock(d, HERE, code, words), DOOR_OPEN);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, room_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_number_has_five_tries),
		TEST(a_network_has_its_tries_at_all_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
