/* The writer: groups, refusals, faults, a full queue, a full disk. */
#include "desk.h"

#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/log.h"
#include "store/writer.h"

/* One job of a test: what it does and what became of it. */
struct errand {
	struct job job;
	int64_t id;
	const char *name;
	int result; /* what run returns after a good write */
	sem_t *wait; /* posted by the test before run goes on */
	sem_t *begun; /* posted by run */
	int done;
	enum written written;
};

static int
run(struct db *db, void *arg)
{
	struct errand *errand = arg;
	int added;

	if (errand->begun != NULL)
		sem_post(errand->begun);
	if (errand->wait != NULL)
		sem_wait(errand->wait);
	added = db_do(db, account_add, .id = errand->id, .name = errand->name,
	    .role = "staff", .password = "x");
	if (added == DB_CONFLICT)
		return 1;
	return added < 0 ? -1 : errand->result;
}

static void
done(void *arg, enum written written)
{
	struct errand *errand = arg;

	errand->done++;
	errand->written = written;
}

static struct errand
errand_of(int64_t id, const char *name, int result)
{
	return (struct errand) { .id = id, .name = name, .result = result };
}

static int
put(struct writer *writer, struct errand *errand)
{
	errand->job = (struct job) { .run = run, .done = done, .arg = errand };
	return writer_put(writer, &errand->job);
}

static void
wait_for(struct writer *writer, const struct errand *errand)
{
	struct pollfd fd = { writer_fd(writer), POLLIN, 0 };

	while (errand->done == 0) {
		assert_int_equal(poll(&fd, 1, 10000), 1);
		writer_collect(writer);
	}
}

static struct writer *
start(struct test_desk *t, size_t queue_max)
{
	struct writer *writer = writer_start(t->desk.db, queue_max);

	t->desk.db = NULL; /* the writer's now */
	assert_non_null(writer);
	return writer;
}

static int64_t
accounts(struct test_desk *t)
{
	struct db *reader = db_open(t->path, DB_READ);
	int64_t count = -1;

	assert_int_equal(db_value(reader, &count, account_count), 1);
	db_close(reader);
	return count;
}

/* A group whose first job holds the thread until all the others wait. */
static void
as_one_group(struct writer *writer, struct errand *errands, size_t count)
{
	struct errand first = errand_of(1000, "first", 0);
	sem_t wait, begun;

	sem_init(&wait, 0, 0);
	sem_init(&begun, 0, 0);
	first.wait = &wait;
	first.begun = &begun;
	assert_int_equal(put(writer, &first), 0);
	sem_wait(&begun);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(put(writer, &errands[i]), 0);
	sem_post(&wait);
	wait_for(writer, &first);
	wait_for(writer, &errands[count - 1]);
	sem_destroy(&wait);
	sem_destroy(&begun);
}

static void
one_refusal_and_one_fault_spare_the_group(void **state)
{
	struct test_desk *t = *state;
	struct writer *writer = start(t, 100);
	struct errand errands[] = {
		errand_of(1, "yuki", 0), /* written */
		errand_of(2, "yuki", 0), /* a conflict: refused */
		errand_of(3, "midori", 1), /* says no: undone */
		errand_of(4, NULL, 0), /* a fault of its own */
		errand_of(5, "midori", 0), /* so the name is free */
	};
	static const enum written expected[] = { WRITTEN, REFUSED, REFUSED,
		FAILED, WRITTEN };
	uint64_t before = writer_generation(writer);

	as_one_group(writer, errands, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(errands[i].done, 1);
		assert_int_equal(errands[i].written, expected[i]);
	}
	assert_int_equal(writer_generation(writer), before + 2);
	writer_stop(writer);
	assert_int_equal(accounts(t), 3);
}

static void
a_full_queue_says_so_at_once(void **state)
{
	struct test_desk *t = *state;
	struct writer *writer = start(t, 2);
	static const char *const names[] = { "yuki", "midori", "haru", "aoi" };
	struct errand errands[4];
	sem_t wait, begun;

	sem_init(&wait, 0, 0);
	sem_init(&begun, 0, 0);
	for (int i = 0; i < 4; i++)
		errands[i] = errand_of(i + 1, names[i], 0);
	errands[0].wait = &wait;
	errands[0].begun = &begun;
	assert_int_equal(put(writer, &errands[0]), 0);
	sem_wait(&begun); /* off the queue, running */
	assert_int_equal(put(writer, &errands[1]), 0);
	assert_int_equal(put(writer, &errands[2]), 0);
	assert_int_equal(put(writer, &errands[3]), -1);
	sem_post(&wait);
	wait_for(writer, &errands[2]);
	assert_int_equal(put(writer, &errands[3]), 0);
	writer_stop(writer); /* finishes the queue */
	for (int i = 0; i < 4; i++)
		assert_int_equal(errands[i].written, WRITTEN);
	assert_int_equal(errands[3].done, 1);
	assert_int_equal(accounts(t), 4);
	sem_destroy(&wait);
	sem_destroy(&begun);
}

static void
more_than_a_group_keeps_its_order(void **state)
{
	enum { COUNT = 300 };
	struct test_desk *t = *state;
	struct writer *writer = start(t, COUNT);
	struct errand errands[COUNT];
	char names[COUNT][16];

	for (int i = 0; i < COUNT; i++) {
		/* Each name twice: the earlier job wins. */
		snprintf(names[i], sizeof(names[i]), "n%d", i / 2);
		errands[i] = errand_of(i + 1, names[i], 0);
	}
	as_one_group(writer, errands, COUNT);
	for (int i = 0; i < COUNT; i++)
		assert_int_equal(errands[i].written,
		    i % 2 == 0 ? WRITTEN : REFUSED);
	assert_true(writer_generation(writer) >= 4);
	writer_stop(writer);
	assert_int_equal(accounts(t), COUNT / 2 + 1);
}

/* Whoever reads gets a turn between the answers of a group. */
static void
a_group_is_answered_in_parts(void **state)
{
	enum { COUNT = 40 };
	struct writer *writer = start(*state, COUNT);
	struct pollfd fd = { writer_fd(writer), POLLIN, 0 };
	struct errand errands[COUNT];
	char names[COUNT][16];
	int answered = 0;

	for (int i = 0; i < COUNT; i++) {
		snprintf(names[i], sizeof(names[i]), "n%d", i);
		errands[i] = errand_of(i + 1, names[i], 0);
		assert_int_equal(put(writer, &errands[i]), 0);
	}
	while (writer_figures(writer).jobs < COUNT)
		poll(NULL, 0, 1);
	assert_int_equal(poll(&fd, 1, 10000), 1);
	writer_collect(writer);
	for (int i = 0; i < COUNT; i++)
		answered += errands[i].done;
	assert_in_range(answered, 1, COUNT - 1);
	assert_int_equal(poll(&fd, 1, 0), 1);
	wait_for(writer, &errands[COUNT - 1]);
	writer_stop(writer);
}

static struct rlimit
limit_files(rlim_t bytes)
{
	struct rlimit before, now;

	getrlimit(RLIMIT_FSIZE, &before);
	now = before;
	now.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &now), 0);
	return before;
}

/* A file that may not grow stands for a full disk: COMMIT fails, all of the
 * group is told, and it works again as soon as there is room. */
static void
a_full_disk_fails_the_group_and_passes(void **state)
{
	struct test_desk *t = *state;
	struct writer *writer = start(t, 100);
	struct errand errands[] = {
		errand_of(1, "yuki", 0),
		errand_of(2, "yuki", 0), /* refused, but by whom? */
		errand_of(3, "midori", 0),
	};
	struct errand again = errand_of(4, "yuki", 0);
	struct rlimit before;
	uint64_t generation = writer_generation(writer);

	signal(SIGXFSZ, SIG_IGN);
	before = limit_files(1024);
	as_one_group(writer, errands, 3);
	setrlimit(RLIMIT_FSIZE, &before);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(errands[i].done, 1);
		assert_int_equal(errands[i].written, FAILED);
	}
	assert_int_equal(writer_generation(writer), generation);
	assert_int_equal(put(writer, &again), 0);
	wait_for(writer, &again);
	assert_int_equal(again.written, WRITTEN);
	writer_stop(writer);
	assert_int_equal(accounts(t), 1);
}

/* Fifty megabytes of text in pieces; the log stays within 8000 pages, which it
 * may reach when a next piece is always waiting already. */
static int
write_much(struct db *db, void *arg)
{
	struct errand *errand = arg;
	int put = db_do(db, words_put, .owner = errand->id, .field = "name",
	    .lang = "ja", .body = errand->name);

	return put == 1 ? 0 : -1;
}

static void
the_log_does_not_grow_without_bound(void **state)
{
	enum { TEXT = 64 << 10, TIMES = 700 };
	struct test_desk *t = *state;
	struct writer *writer = start(t, 10);
	char path[96], *text = mem_get(TEXT + 1);
	struct stat st;

	for (int i = 0; i < TIMES; i++) {
		struct errand errand = errand_of(i % 10 + 1, text, 0);
		memset(text, 'a' + i % 26, TEXT);
		errand.job = (struct job) { write_much, done, &errand, NULL,
			FAILED };
		assert_int_equal(writer_put(writer, &errand.job), 0);
		wait_for(writer, &errand);
		assert_int_equal(errand.written, WRITTEN);
	}
	test_path(t, path, sizeof(path), "room.db-wal");
	assert_int_equal(stat(path, &st), 0);
	assert_true(st.st_size < 36 << 20);
	writer_stop(writer);
	free(text);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, test_desk_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_refusal_and_one_fault_spare_the_group),
		TEST(a_full_queue_says_so_at_once),
		TEST(more_than_a_group_keeps_its_order),
		TEST(a_group_is_answered_in_parts),
		TEST(a_full_disk_fails_the_group_and_passes),
		TEST(the_log_does_not_grow_without_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
