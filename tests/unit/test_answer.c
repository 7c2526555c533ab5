/* Answers: they wait in tens, are summed in tens, and wait unseen. */
#include "desk.h"

#include "room/answer.h"

static struct desk *
desk_of(void **state)
{
	return &((struct test_desk *)*state)->desk;
}

static struct told
told_of(const char *heard, const char *age)
{
	struct told told = { 0 };

	told.choice[ASK_HEARD] = choice_read(ASK_HEARD, heard);
	told.choice[ASK_AGE] = choice_read(ASK_AGE, age);
	return told;
}

/* Answers of so many people, each of whom has booked for the first time. */
static void
people(struct desk *d, int count, const char *heard, const char *age)
{
	static int64_t booking;
	struct told told = told_of(heard, age);

	for (int i = 0; i < count; i++)
		assert_int_equal(answer_booked(d, ++booking, &told), ANSWERED);
}

static void
words(void **state)
{
	(void)state;
	for (enum question q = 0; q < QUESTIONS; q++) {
		size_t n = 0;

		for (; choice_name(q, n) != NULL; n++)
			assert_int_equal(choice_read(q, choice_name(q, n)),
			    n + 1);
		assert_in_range(n, 2, CHOICES_MAX);
		assert_int_equal(choice_read(q, ""), 0);
		assert_int_equal(choice_read(q, "nonsense"), 0);
	}
	assert_string_equal(choice_name(ASK_FEELING, 1 * FACES + 3), "2-4");
}

static void
nine_are_nothing(void **state)
{
	struct desk *d = desk_of(state);
	struct answers answers[QUESTIONS];

	people(d, 9, "flyer", "30s");
	assert_int_equal(answers_get(d, answers), 0);
	assert_int_equal(answers[ASK_HEARD].total.people, 0);
	people(d, 1, "city", "");
	assert_int_equal(answers_get(d, answers), 0);
	assert_int_equal(answers[ASK_HEARD].total.people, 10);
	assert_int_equal(answers[ASK_HEARD].total.counts[0], 9);
	assert_int_equal(answers[ASK_HEARD].total.counts[1], 1);
	/* Nine have told their age: they are written and not shown. */
	assert_int_equal(answers[ASK_AGE].total.people, 0);
	assert_int_equal(answers[ASK_AGE].count, 0);
	people(d, 10, "", "20s");
	assert_int_equal(answers_get(d, answers), 0);
	assert_int_equal(answers[ASK_AGE].total.people, 19);
	assert_int_equal(answers[ASK_HEARD].total.people, 10);
}

static void
once_a_booking(void **state)
{
	struct desk *d = desk_of(state);
	struct told told = told_of("flyer", "");

	assert_int_equal(answer_booked(d, 7, &told), ANSWERED);
	assert_int_equal(answer_booked(d, 7, &told), ANSWERED_BEFORE);
	assert_int_equal(answer_booked(d, 8, &told), ANSWERED);
}

static void
few_wait_for_the_next_quarter(void **state)
{
	struct desk *d = desk_of(state);
	struct answers answers[QUESTIONS];
	const struct answers *age = &answers[ASK_AGE];

	people(d, 6, "flyer", "30s"); /* third quarter: six */
	people(d, 4, "flyer", "");
	d->now += 92 * DAY_S;
	people(d, 7, "flyer", "40s"); /* fourth: thirteen with those */
	people(d, 3, "flyer", "");
	d->now += 92 * DAY_S;
	people(d, 5, "flyer", "50s"); /* first: five wait */
	people(d, 5, "flyer", "");
	assert_int_equal(answers_get(d, answers), 0);
	assert_int_equal(age->count, 1);
	assert_int_equal(age->total.people, 13);
	assert_int_equal(age->sums[0].from_quarter, 2026 * 4 + 2);
	assert_int_equal(age->sums[0].until_quarter, 2026 * 4 + 3);
	assert_int_equal(answers[ASK_HEARD].count, 3);
	assert_int_equal(answers[ASK_HEARD].total.people, 30);
	assert_int_equal(answers[ASK_HEARD].total.until_quarter, 2027 * 4);
}

static void
cards_are_bounded(void **state)
{
	struct desk *d = desk_of(state);
	struct told told = { 0 };
	int taken = 0;

	told.choice[ASK_AGAIN] = choice_read(ASK_AGAIN, "yes");
	while (answer_visited(d, "192.0.2.1", &told) == ANSWERED)
		taken++;
	assert_int_equal(taken, 8);
	for (int peer = 0; peer < 100; peer++)
		taken += answer_visited(d,
			     arena_print(d->arena, "10.0.0.%d", peer),
			     &told) == ANSWERED;
	assert_int_equal(taken, 40);
	assert_int_equal(answer_visited(d, NULL, &told), ANSWERED);
	d->now += HOUR_S;
	assert_int_equal(answer_visited(d, "192.0.2.1", &told), ANSWERED);
}

static void
cards_do_not_mix(void **state)
{
	struct desk *d = desk_of(state);
	struct answers answers[QUESTIONS];
	struct told told = { 0 };

	told.choice[ASK_FEELING] = choice_read(ASK_FEELING, "2-4");
	people(d, 9, "flyer", "");
	for (int i = 0; i < 9; i++)
		answer_visited(d, NULL, &told);
	assert_int_equal(answers_get(d, answers), 0);
	assert_int_equal(answers[ASK_HEARD].total.people, 0);
	assert_int_equal(answers[ASK_FEELING].total.people, 0);
	answer_visited(d, NULL, &told);
	assert_int_equal(answers_get(d, answers), 0);
	assert_int_equal(answers[ASK_HEARD].total.people, 0);
	assert_int_equal(answers[ASK_FEELING].total.counts[8], 10);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, test_desk_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		TEST(nine_are_nothing),
		TEST(once_a_booking),
		TEST(few_wait_for_the_next_quarter),
		TEST(cards_are_bounded),
		TEST(cards_do_not_mix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
