/*
 * A clock that tests can set, for a daemon that lives in real time: preloaded,
 * it adds the number of seconds in the file CLOCK_OFFSET to time(2).  Sockets
 * and timers, which use the monotonic clock, do not notice; a timer that wants
 * to be told when the clock is set is: once another file has taken the place
 * of the first.
 */
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

time_t
time(time_t *out)
{
	const char *path = getenv("CLOCK_OFFSET");
	int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	char text[24] = "";
	struct timespec now;

	if (fd >= 0) {
		if (read(fd, text, sizeof(text) - 1) < 0)
			text[0] = '\0';
		close(fd);
	}
	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec += strtol(text, NULL, 10);
	if (out != NULL)
		*out = now.tv_sec;
	return now.tv_sec;
}

int
timerfd_create(clockid_t clock, int flags)
{
	const char *path = getenv("CLOCK_OFFSET");
	char *copy = strdup(path == NULL ? "" : path);
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	(void)clock;
	(void)flags;
	inotify_add_watch(fd, dirname(copy), IN_MOVED_TO);
	free(copy);
	return fd;
}

int
timerfd_settime(int fd, int flags, const struct itimerspec *at,
    struct itimerspec *before)
{
	(void)fd;
	(void)flags;
	(void)at;
	(void)before;
	return 0;
}
