/*
 * The one clock of domain time.  A real clock follows the system's; a
 * rehearsal starts at an instant and runs at a speed (1 = real time, 0 =
 * frozen).
 * Sockets and cookies do not use it: their time is always real.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct clock {
	bool rehearsal;
	int64_t start_at;	/* domain time at the start of a rehearsal */
	double speed;		/* domain seconds per real second */
	int64_t origin_ns;	/* CLOCK_MONOTONIC at the start */
};

struct clock clock_real(void);
struct clock clock_rehearse(int64_t start_at, double speed);
int64_t clock_now(const struct clock *);

/* Real seconds until the domain reaches `at`, between 0 and `most_s`. */
int clock_wait_s(const struct clock *, int64_t at, int most_s);

#endif
