/* Workers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <poll.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/crew.h"

#define TASKS 500

static atomic_int running, most_running;
static int done_count;

struct work {
	struct task task;
	int ran, collected;
};

static void
run(void *arg)
{
	struct work *work = arg;
	int now = atomic_fetch_add(&running, 1) + 1;
	int most = atomic_load(&most_running);

	while (now > most &&
	    !atomic_compare_exchange_weak(&most_running, &most, now))
		;
	usleep(200);
	work->ran++;
	atomic_fetch_sub(&running, 1);
}

static void
done(void *arg)
{
	struct work *work = arg;

	work->collected++;
	done_count++;
}

static int
wait_for(struct crew *crew)
{
	struct pollfd fd = { .fd = crew_fd(crew), .events = POLLIN };

	return poll(&fd, 1, 5000);
}

static void
test_all_run(void **)
{
	static struct work work[TASKS];
	struct crew *crew = crew_start(3, TASKS);

	done_count = 0;
	for (int i = 0; i < TASKS; i++) {
		work[i].task = (struct task) { run, done, &work[i], NULL };
		assert_int_equal(crew_put(crew, &work[i].task), 0);
	}
	while (done_count < TASKS) {
		assert_int_equal(wait_for(crew), 1);
		crew_collect(crew);
	}
	for (int i = 0; i < TASKS; i++) {
		assert_int_equal(work[i].ran, 1);
		assert_int_equal(work[i].collected, 1);
	}
	assert_in_range(atomic_load(&most_running), 2, 3);
	crew_stop(crew);
}

static void
test_stop_finishes(void **)
{
	static struct work work[20];
	struct crew *crew = crew_start(1, 20);

	done_count = 0;
	for (int i = 0; i < 20; i++) {
		work[i].task = (struct task) { run, done, &work[i], NULL };
		assert_int_equal(crew_put(crew, &work[i].task), 0);
	}
	crew_stop(crew);
	assert_int_equal(done_count, 20);
	crew_stop(NULL);
}

static int gate[2];

static void
wait_at_gate(void *)
{
	char c;

	(void)!read(gate[0], &c, 1);
}

/* One is being worked on, two wait, the next is refused. */
static void
test_full(void **)
{
	struct task tasks[4] = { 0 };
	struct crew *crew = crew_start(1, 2);
	int put = 0;

	assert_int_equal(pipe(gate), 0);
	for (int i = 0; i < 4; i++)
		tasks[i].run = wait_at_gate;
	assert_int_equal(crew_put(crew, &tasks[put++]), 0);
	usleep(50000);
	assert_int_equal(crew_put(crew, &tasks[put++]), 0);
	assert_int_equal(crew_put(crew, &tasks[put++]), 0);
	assert_int_equal(crew_put(crew, &tasks[put]), -1);
	assert_int_equal(write(gate[1], "abc", 3), 3);
	crew_stop(crew);
	close(gate[0]);
	close(gate[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_run),
		cmocka_unit_test(test_stop_finishes),
		cmocka_unit_test(test_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
