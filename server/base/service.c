/* The protocol of sd_listen_fds(3), sd_notify(3), sd_watchdog_enabled(3). */
#include "base/service.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

#define FIRST_FD 3
#define SOCKETS_MAX 16

static long number(const char *name);
static int for_us(const char *name);

int
service_sockets(int *first)
{
	long count = for_us("LISTEN_PID") ? number("LISTEN_FDS") : 0;

	if (count < 0 || count > SOCKETS_MAX)
		count = 0;
	for (int i = 0; i < (int)count; i++)
		fcntl(FIRST_FD + i, F_SETFD, FD_CLOEXEC);
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
	*first = FIRST_FD;
	return (int)count;
}

/* A name that begins with '@' is an abstract one: its first byte is 0. */
void
service_tell(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	size_t len = path == NULL ? 0 : strlen(path);
	int fd;

	if (len < 2 || len >= sizeof(at.sun_path) ||
	    (path[0] != '/' && path[0] != '@'))
		return;
	memcpy(at.sun_path, path, len);
	if (path[0] == '@')
		at.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 ||
	    sendto(fd, state, strlen(state), MSG_NOSIGNAL,
		(struct sockaddr *)&at,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) < 0)
		log_fault("service.tell", "state=%s reason=%s", state,
		    strerrordesc_np(errno));
	if (fd >= 0)
		close(fd);
}

int
service_watchdog_s(void)
{
	const char *pid = getenv("WATCHDOG_PID");
	long limit_s = number("WATCHDOG_USEC") / 1000000;

	if (limit_s <= 0 || (pid != NULL && !for_us("WATCHDOG_PID")))
		return 0;
	return limit_s < 2 ? 1 : (int)(limit_s / 2);
}

static long
number(const char *name)
{
	const char *text = getenv(name);

	return text == NULL ? 0 : strtol(text, NULL, 10);
}

static int
for_us(const char *name)
{
	return number(name) == (long)getpid();
}
