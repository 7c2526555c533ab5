/* Repeated requests: same key and body, same answer, for 24 hours. */
#include "desk.h"

#include "room/idempotency.h"

#define BODY(s) ((struct bytes) { s, sizeof(s) - 1 })

static enum repeated
find(struct desk *desk, const char *key, struct bytes request)
{
	const char *answer = NULL;
	int status = 0;
	enum repeated result = idempotency_find(desk, key, request, &status,
	    &answer);

	if (result == REPEAT_SAME) {
		assert_int_equal(status, 201);
		assert_string_equal(answer, "{\"passphrase\":\"canary-2b\"}");
	}
	return result;
}

static int
keep(struct desk *desk, const char *key, struct bytes request)
{
	return idempotency_keep(desk, key, request, 7, 201,
	    "{\"passphrase\":\"canary-2b\"}");
}

static void
same_key_same_body_same_answer(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;

	assert_int_equal(find(desk, "k1", BODY("a")), REPEAT_NEW);
	assert_int_equal(keep(desk, "k1", BODY("a")), 0);
	assert_int_equal(find(desk, "k1", BODY("a")), REPEAT_SAME);
	assert_int_equal(find(desk, "k1", BODY("b")), REPEAT_OTHER);
	assert_int_equal(find(desk, "k1", BODY("")), REPEAT_OTHER);
	assert_int_equal(find(desk, "k2", BODY("a")), REPEAT_NEW);
	assert_int_equal(keep(desk, "k1", BODY("b")), -1); /* in use */
	assert_int_equal(find(desk, "k1", BODY("a")), REPEAT_SAME);
}

static void
a_day_later_it_is_new(void **state)
{
	struct desk *desk = &((struct test_desk *)*state)->desk;
	int64_t before;

	assert_int_equal(keep(desk, "k1", BODY("a")), 0);
	desk->now += DAY_S - 1;
	assert_int_equal(idempotency_purge(desk), 0);
	assert_int_equal(find(desk, "k1", BODY("a")), REPEAT_SAME);
	desk->now += 1;
	assert_int_equal(find(desk, "k1", BODY("a")), REPEAT_NEW);
	assert_int_equal(keep(desk, "k1", BODY("b")), 0);
	assert_int_equal(find(desk, "k1", BODY("b")), REPEAT_SAME);
	desk->now += DAY_S;
	before = db_changes(desk->db);
	assert_int_equal(idempotency_purge(desk), 0);
	assert_int_equal(db_changes(desk->db) - before, 1);
}

/* Neither the key nor the answer can be read from the database alone. */
static void
nothing_stands_open(void **state)
{
	struct test_desk *t = *state;
	static char content[1 << 20];
	char path[96];
	size_t len;
	FILE *file;

	assert_int_equal(keep(&t->desk, "key-canary-9c", BODY("body-canary")),
	    0);
	db_checkpoint(t->desk.db);
	test_path(t, path, sizeof(path), "room.db");
	file = fopen(path, "r");
	assert_non_null(file);
	len = fread(content, 1, sizeof(content), file);
	fclose(file);
	assert_true(len > 4096);
	assert_null(memmem(content, len, "canary", 6));
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, test_desk_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(same_key_same_body_same_answer),
		TEST(a_day_later_it_is_new),
		TEST(nothing_stands_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
