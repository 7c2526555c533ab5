/* Detached answers: the pool, its batches, their sums. */
#include "room/answer.h"

#include <inttypes.h>
#include <string.h>

#include "room/throttle.h"

#define KEY_BYTES 16
/* A counter's own network sees a visitor every few minutes. */
#define CARDS_PER_PEER 8
#define CARDS_PER_HOUR 40

enum card { CARD_BOOKED = 1, CARD_VISITED };

/* One person's answer to one question, on its way to a row. */
struct slip {
	enum question question;
	uint8_t choice;
};

struct answer_count {
	const char *question, *choice;
	int quarter;
	int64_t count;
};

/* The numbers of choices wait in pools: append only. */
static const struct {
	const char *name;
	const char *choices[9];
} questions[QUESTIONS] = {
	[ASK_HEARD] = { "heard",
	    { "flyer", "city", "search", "social", "friend", "work", "counter",
		"other" } },
	[ASK_AGE] = { "age",
	    { "under_20", "20s", "30s", "40s", "50s", "60_and_over" } },
	[ASK_FEELING] = { "feeling", { NULL } }, /* of two faces */
	[ASK_AGAIN] = { "again", { "yes", "unsure", "no" } },
};
static const char *const feelings[CHOICES_MAX] = { "1-1", "1-2", "1-3", "1-4",
	"1-5", "2-1", "2-2", "2-3", "2-4", "2-5", "3-1", "3-2", "3-3", "3-4",
	"3-5", "4-1", "4-2", "4-3", "4-4", "4-5", "5-1", "5-2", "5-3", "5-4",
	"5-5" };

static const struct db_field box_row[] = { { "box", 0, DB_KIND_BLOB }, DB_END };
static const struct db_field count_row[] = { DB_FIELD(struct answer_count,
						 question),
	DB_FIELD(struct answer_count, choice),
	DB_FIELD(struct answer_count, quarter),
	DB_FIELD(struct answer_count, count), DB_END };

static enum answered give(struct desk *, enum card, const struct told *);
static int pool_open(struct desk *, enum card, struct told *);
static int pool_close(struct desk *, enum card, const struct told *);
static int write_batch(struct desk *, const struct told *);
static int write_slip(struct desk *, const struct slip *);
static void count_in(struct answer_sum *, enum question,
    const struct answer_count *);
static void close_sum(struct answers *, struct answer_sum *);
static enum question question_of(const char *name);

const char *
question_name(enum question question)
{
	return questions[question].name;
}

const char *
choice_name(enum question question, size_t n)
{
	if (question == ASK_FEELING)
		return n < CHOICES_MAX ? feelings[n] : NULL;
	return n < sizeof(questions->choices) / sizeof(*questions->choices)
	    ? questions[question].choices[n]
	    : NULL;
}

uint8_t
choice_read(enum question question, const char *word)
{
	const char *name;

	for (uint8_t n = 0; (name = choice_name(question, n)) != NULL; n++)
		if (strcmp(name, word) == 0)
			return n + 1;
	return 0;
}

enum answered
answer_booked(struct desk *d, int64_t booking, const struct told *told)
{
	const char *key = arena_print(d->arena, "answer:%" PRId64, booking);
	int first = throttle_try(d, key, 1);

	if (first != 1)
		return first < 0 ? ANSWERED_FAULT : ANSWERED_BEFORE;
	return give(d, CARD_BOOKED, told);
}

enum answered
answer_visited(struct desk *d, const char *peer, const struct told *told)
{
	int within = peer == NULL
	    ? 1
	    : throttle_try(d, arena_print(d->arena, "card:%s", peer),
		  CARDS_PER_PEER);

	if (within == 1 && peer != NULL)
		within = throttle_try(d, "card", CARDS_PER_HOUR);
	if (within != 1)
		return within < 0 ? ANSWERED_FAULT : ANSWERED_MANY;
	return give(d, CARD_VISITED, told);
}

int
answers_get(struct desk *d, struct answers answers[QUESTIONS])
{
	struct answer_sum open[QUESTIONS] = { 0 };
	struct answer_count *rows;
	int count = db_all(d->db, d->arena, count_row, &rows, answer_counts);

	if (count < 0)
		return -1;
	for (size_t q = 0; q < QUESTIONS; q++)
		answers[q] = (struct answers) {
			.sums = arena_array(d->arena, struct answer_sum,
			    (size_t)count + 1),
		};
	for (int i = 0; i < count; i++) {
		enum question q = question_of(rows[i].question);

		if (open[q].until_quarter != rows[i].quarter)
			close_sum(&answers[q], &open[q]);
		count_in(&open[q], q, &rows[i]);
	}
	for (size_t q = 0; q < QUESTIONS; q++)
		close_sum(&answers[q], &open[q]);
	return 0;
}

static enum answered
give(struct desk *d, enum card card, const struct told *told)
{
	static const struct told nothing = { 0 };
	struct told pool[ANSWER_BATCH] = { 0 };
	size_t waiting = 0;

	if (pool_open(d, card, pool) < 0)
		return ANSWERED_FAULT;
	while (memcmp(&pool[waiting], &nothing, sizeof(nothing)) != 0)
		waiting++;
	pool[waiting] = *told;
	if (waiting + 1 == ANSWER_BATCH) {
		if (write_batch(d, pool) < 0)
			return ANSWERED_FAULT;
		memset(pool, 0, sizeof(pool));
	}
	return pool_close(d, card, pool) < 0 ? ANSWERED_FAULT : ANSWERED;
}

/* A box that does not open, because keys were lost, is an empty one. */
static int
pool_open(struct desk *d, enum card card, struct told *pool)
{
	struct bytes box, plain;
	int found = db_one(d->db, d->arena, box_row, &box, answer_pool_get,
	    .card = card);

	if (found == 1 &&
	    seal_open(d->keys, d->arena, "answer_pool", card, "box", box,
		&plain) == 0 &&
	    plain.len == ANSWER_BATCH * sizeof(*pool))
		memcpy(pool, plain.data, plain.len);
	return found < 0 ? -1 : 0;
}

static int
pool_close(struct desk *d, enum card card, const struct told *pool)
{
	struct bytes box = seal_box(d->keys, d->arena, "answer_pool", card,
	    "box", (struct bytes) { pool, ANSWER_BATCH * sizeof(*pool) });

	return db_must(d->db, answer_pool_set, .card = card, .box = box);
}

/* All answers of the pool, each for itself, as they are drawn
 * (Fisher and Yates). */
static int
write_batch(struct desk *d, const struct told *pool)
{
	struct slip slips[ANSWER_BATCH * QUESTIONS];
	uint32_t count = 0;

	for (size_t i = 0; i < ANSWER_BATCH; i++)
		for (enum question q = 0; q < QUESTIONS; q++)
			if (pool[i].choice[q] != 0)
				slips[count++] = (struct slip) { q,
					pool[i].choice[q] };
	while (count > 0) {
		uint32_t drawn = seal_below(count);

		if (write_slip(d, &slips[drawn]) < 0)
			return -1;
		slips[drawn] = slips[--count];
	}
	return 0;
}

static int
write_slip(struct desk *d, const struct slip *slip)
{
	uint8_t key[KEY_BYTES];

	seal_random(key, sizeof(key));
	return db_must(d->db, answer_add, .key = { key, sizeof(key) },
	    .quarter = when_year_quarter(when_day(d->now)),
	    .question = question_name(slip->question),
	    .choice = choice_name(slip->question, slip->choice - 1U));
}

static void
count_in(struct answer_sum *sum, enum question question,
    const struct answer_count *row)
{
	uint8_t choice = choice_read(question, row->choice);

	if (sum->people == 0)
		sum->from_quarter = row->quarter;
	sum->until_quarter = row->quarter;
	sum->people += row->count;
	if (choice != 0)
		sum->counts[choice - 1] += row->count;
}

/* Fewer than ten stay open for the quarters to come. */
static void
close_sum(struct answers *answers, struct answer_sum *sum)
{
	struct answer_sum *total = &answers->total;

	if (sum->people < ANSWER_BATCH)
		return;
	if (total->people == 0)
		total->from_quarter = sum->from_quarter;
	total->until_quarter = sum->until_quarter;
	total->people += sum->people;
	for (size_t i = 0; i < CHOICES_MAX; i++)
		total->counts[i] += sum->counts[i];
	answers->sums[answers->count++] = *sum;
	*sum = (struct answer_sum) { 0 };
}

/* The table's CHECK knows the same words. */
static enum question
question_of(const char *name)
{
	enum question q = 0;

	while (strcmp(questions[q].name, name) != 0)
		q++;
	return q;
}
