/*
 * The one clock of domain time.  A rehearsal counts CLOCK_MONOTONIC, so that
 * the machine's clock being set does not move it.
 */
#include "base/clock.h"

#include <math.h>
#include <time.h>

#define NS_PER_S 1000000000

static int64_t monotonic_ns(void);

struct clock
clock_real(void)
{
	return (struct clock) { .speed = 1 };
}

struct clock
clock_rehearse(int64_t start_at, double speed)
{
	return (struct clock) {
		.rehearsal = true,
		.start_at = start_at,
		.speed = speed,
		.origin_ns = monotonic_ns(),
	};
}

int64_t
clock_now(const struct clock *clock)
{
	double passed_s;

	if (!clock->rehearsal)
		return time(NULL);
	passed_s = (double)(monotonic_ns() - clock->origin_ns) / NS_PER_S;
	return clock->start_at + (int64_t)floor(passed_s * clock->speed);
}

/* Rounded up, so that a timer never fires before its moment. */
int
clock_wait_s(const struct clock *clock, int64_t at, int most_s)
{
	int64_t left = at - clock_now(clock);
	double wait_s;

	if (left <= 0)
		return 0;
	if (clock->speed <= 0)
		return most_s;
	wait_s = ceil((double)left / clock->speed);
	return wait_s < most_s ? (int)wait_s : most_s;
}

static int64_t
monotonic_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}
