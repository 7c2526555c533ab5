/*
 * LD_PRELOAD: adds SLOW_SYNC_US microseconds to each fsync and fdatasync, as
 * a disk does that is honest about its cache.
 */
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void
wait_longer(void)
{
	const char *text = getenv("SLOW_SYNC_US");
	long us = text == NULL ? 0 : atol(text);
	struct timespec wait = { us / 1000000, us % 1000000 * 1000 };

	if (us > 0)
		nanosleep(&wait, NULL);
}

int
fsync(int fd)
{
	wait_longer();
	return (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	wait_longer();
	return (int)syscall(SYS_fdatasync, fd);
}
