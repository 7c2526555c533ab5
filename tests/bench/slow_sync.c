/*
 * LD_PRELOAD: adds SLOW_SYNC_US microseconds to each fsync and fdatasync, as
 * a disk that is honest about its cache would.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void
wait_longer(void)
{
	const char *us = getenv("SLOW_SYNC_US");
	long ns = us == NULL ? 0 : atol(us) * 1000;
	struct timespec ts = { .tv_nsec = ns };

	if (ns > 0)
		nanosleep(&ts, NULL);
}

int
fsync(int fd)
{
	int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");

	wait_longer();
	return real(fd);
}

int
fdatasync(int fd)
{
	int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");

	wait_longer();
	return real(fd);
}
