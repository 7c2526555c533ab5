/*
 * Listening sockets: opening them, pausing them when descriptors run out,
 * removing the operator's path at the end.
 */
#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

#define LISTENERS_MAX 4
#define SEND_BYTES (128 << 10)
#define BACKLOG 1024 /* the opening minute comes at once */

static const struct timeval pause_length = { .tv_usec = 200000 };

struct listeners {
	struct event_base *base;
	listen_enter *enter;
	void *arg;
	struct evconnlistener *each[LISTENERS_MAX];
	int count;
	struct event *resume;
	char *path; /* of the operator's socket */
};

static int start(struct listeners *, int fd, const struct sockaddr *, socklen_t,
    const char *name);
static void settle(int fd);
static int add(struct listeners *, struct evconnlistener *, int fd,
    const char *name);
static socklen_t address_fill(const char *address, int port,
    struct sockaddr_storage *);
static int port_of(int fd);
static void on_accept(struct evconnlistener *, evutil_socket_t,
    struct sockaddr *, int, void *);
static void on_error(struct evconnlistener *, void *);
static void on_resume(evutil_socket_t, short, void *);

struct listeners *
listeners_open(struct event_base *base, listen_enter *enter, void *arg)
{
	struct listeners *l = mem_get(sizeof(*l));

	l->base = base;
	l->enter = enter;
	l->arg = arg;
	l->resume = evtimer_new(base, on_resume, l);
	return l;
}

int
listeners_add(struct listeners *l, const char *address, int port)
{
	struct sockaddr_storage at = { 0 };
	socklen_t len = address_fill(address, port, &at);
	int on = 1;
	char name[64]; /* an address and a port */

	snprintf(name, sizeof(name), "%s port %d", address, port);
	if (len == 0) {
		log_fault("http.listen", "address=%s reason=malformed",
		    address);
		return -1;
	}
	int fd = socket(at.ss_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd >= 0) {
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
		settle(fd);
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
	}
	if (start(l, fd, (struct sockaddr *)&at, len, name) < 0)
		return -1;
	log_event("http.listen", "address=%s port=%d", address, port_of(fd));
	return 0;
}

/* Backlog 0: it is not asked to listen once more. */
int
listeners_adopt(struct listeners *l, int fd)
{
	struct evconnlistener *each;

	settle(fd);
	if (evutil_make_socket_nonblocking(fd) < 0) {
		log_fault("http.listen", "fd=%d reason=%s", fd,
		    strerror(errno));
		close(fd);
		return -1;
	}
	each = l->count == LISTENERS_MAX
	    ? NULL
	    : evconnlistener_new(l->base, on_accept, l,
		  LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, 0, fd);
	if (add(l, each, fd, "handed over") < 0)
		return -1;
	log_event("http.listen", "fd=%d port=%d", fd, port_of(fd));
	return 0;
}

int
listeners_add_unix(struct listeners *l, const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct stat st;

	if (strlen(path) >= sizeof(at.sun_path)) {
		log_fault("http.listen", "path=%s reason=too_long", path);
		return -1;
	}
	memcpy(at.sun_path, path, strlen(path) + 1);
	/* Left by a process that was killed: one hokend per database. */
	if (lstat(path, &st) == 0 && S_ISSOCK(st.st_mode))
		unlink(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	mode_t before = umask(0117); /* 0660 from its first moment */
	int rc = start(l, fd, (struct sockaddr *)&at, sizeof(at), path);
	umask(before);
	if (rc < 0)
		return -1;
	l->path = mem_dup(path);
	log_event("http.listen", "path=%s", path);
	return 0;
}

void
listeners_close(struct listeners *l)
{
	if (l == NULL)
		return;
	for (int i = 0; i < l->count; i++)
		evconnlistener_free(l->each[i]);
	event_free(l->resume);
	if (l->path != NULL)
		unlink(l->path);
	free(l->path);
	free(l);
}

/* Takes over fd, which is -1 when there was none to be had. */
static int
start(struct listeners *l, int fd, const struct sockaddr *at, socklen_t len,
    const char *name)
{
	struct evconnlistener *each = NULL;

	if (fd >= 0 && l->count < LISTENERS_MAX && bind(fd, at, len) == 0)
		each = evconnlistener_new(l->base, on_accept, l,
		    LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, BACKLOG, fd);
	return add(l, each, fd, name);
}

/* Accepted sockets inherit these.  Without a bound the kernel keeps up to
 * 4 MiB for a client that asks and never reads; without a delay answers
 * leave at once. */
static void
settle(int fd)
{
	int on = 1, send_bytes = SEND_BYTES;

	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &send_bytes, sizeof(send_bytes));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

static int
add(struct listeners *l, struct evconnlistener *each, int fd, const char *name)
{
	if (each == NULL) {
		log_fault("http.listen", "at=\"%s\" reason=\"%s\"", name,
		    strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	evconnlistener_set_error_cb(each, on_error);
	l->each[l->count++] = each;
	return 0;
}

/* Its length, 0 when the text is no address. */
static socklen_t
address_fill(const char *address, int port, struct sockaddr_storage *at)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	if (port < 0 || port > UINT16_MAX)
		return 0;
	in.sin_port = in6.sin6_port = htons((uint16_t)port);
	if (inet_pton(AF_INET, address, &in.sin_addr) == 1) {
		memcpy(at, &in, sizeof(in));
		return sizeof(in);
	}
	if (inet_pton(AF_INET6, address, &in6.sin6_addr) == 1) {
		memcpy(at, &in6, sizeof(in6));
		return sizeof(in6);
	}
	return 0;
}

static int
port_of(int fd)
{
	struct sockaddr_storage at = { 0 };
	struct sockaddr_in in; /* sin6_port lies at the same place */
	socklen_t len = sizeof(at);

	getsockname(fd, (struct sockaddr *)&at, &len);
	memcpy(&in, &at, sizeof(in));
	return ntohs(in.sin_port);
}

static void
on_accept(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *from, int len, void *arg)
{
	struct listeners *l = arg;

	(void)listener;
	(void)len;
	l->enter(fd, from, l->arg);
}

/* Out of descriptors or of memory: the waiting ones wait a little. */
static void
on_error(struct evconnlistener *listener, void *arg)
{
	struct listeners *l = arg;

	(void)listener;
	log_fault("http.accept", "reason=\"%s\"", strerror(errno));
	for (int i = 0; i < l->count; i++)
		evconnlistener_disable(l->each[i]);
	evtimer_add(l->resume, &pause_length);
}

static void
on_resume(evutil_socket_t fd, short what, void *arg)
{
	struct listeners *l = arg;

	(void)fd;
	(void)what;
	for (int i = 0; i < l->count; i++)
		evconnlistener_enable(l->each[i]);
}
