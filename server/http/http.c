/*
 * The HTTP server as a whole: who is let in, how many at once, how it ends.
 * Together with the files http_*.c it owns every socket and the limits that
 * keep one client from harming the others: caps, deadlines, sizes.
 */
#include "http/http.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "http/parts.h"

#define SEND_DEADLINES 4

static void enter(int fd, const struct sockaddr *, void *http);
static bool admit(struct connection *, int fd, const struct sockaddr *);
static void turn_away(int fd);

struct http *
http_open(struct event_base *base, const struct http_limits *limits,
    void (*handle)(struct request *, void *arg), void *arg)
{
	struct http *http = mem_get(sizeof(*http));
	const char *proxy = limits->trusted_proxy;

	http->proxied = proxy != NULL && *proxy != '\0';
	if (http->proxied &&
	    !address_read(proxy, strlen(proxy), &http->proxy)) {
		log_fault("http.open", "trusted_proxy=%s reason=malformed",
		    proxy);
		free(http);
		return NULL;
	}
	http->base = base;
	http->limits = *limits;
	http->idle.tv_sec = limits->idle_s;
	http->deadline.tv_sec = limits->deadline_s;
	http->send_deadline.tv_sec = SEND_DEADLINES * limits->deadline_s;
	http->handle = handle;
	http->arg = arg;
	http->listeners = listeners_open(base, enter, http);
	http->crowd = crowd_new();
	http->readers = crowd_new();
	http->press = press_open();
	LIST_INIT(&http->connections);
	return http;
}

int
http_listen(struct http *http, const char *text, int port)
{
	struct address address;

	if (address_read(text, strlen(text), &address) &&
	    !address_loopback(&address) && !http->proxied) {
		log_fault("http.listen", "address=%s reason=no_trusted_proxy",
		    text);
		return -1;
	}
	return listeners_add(http->listeners, text, port);
}

int
http_adopt(struct http *http, int fd)
{
	struct sockaddr_storage at = { 0 };
	socklen_t len = sizeof(at);
	struct address address;

	if (getsockname(fd, (struct sockaddr *)&at, &len) < 0 ||
	    (at.ss_family != AF_INET && at.ss_family != AF_INET6)) {
		log_fault("http.listen", "fd=%d reason=no network socket", fd);
		close(fd);
		return -1;
	}
	address = address_of((struct sockaddr *)&at);
	if (!address_loopback(&address) && !http->proxied) {
		log_fault("http.listen", "fd=%d reason=no_trusted_proxy", fd);
		close(fd);
		return -1;
	}
	return listeners_adopt(http->listeners, fd);
}

int
http_listen_unix(struct http *http, const char *path)
{
	return listeners_add_unix(http->listeners, path);
}

const struct http_figures *
http_figures(const struct http *http)
{
	return &http->figures;
}

void
http_drain(struct http *http)
{
	struct connection *c, *next;

	http->draining = true;
	listeners_close(http->listeners);
	http->listeners = NULL;
	for (c = LIST_FIRST(&http->connections); c != NULL; c = next) {
		next = LIST_NEXT(c, entry);
		if (connection_resting(c) || c->stage == STREAMING)
			connection_close(c);
	}
}

bool
http_idle(const struct http *http)
{
	struct connection *c;

	LIST_FOREACH (c, &http->connections, entry)
		if (c->stage != PARTING)
			return false;
	return true;
}

void
http_close(struct http *http)
{
	if (http == NULL)
		return;
	listeners_close(http->listeners);
	while (!LIST_EMPTY(&http->connections))
		connection_close(LIST_FIRST(&http->connections));
	crowd_free(http->crowd);
	crowd_free(http->readers);
	press_close(http->press);
	free(http);
}

void
http_answer(struct request *request, const struct reply *reply)
{
	struct connection *c = request->connection;
	struct arena *arena = request->arena;

	if (c != NULL) {
		struct incoming *in = c->incoming;
		c->incoming = NULL;
		connection_answer(c, in, reply);
	}
	arena_free(arena);
}

static void
enter(int fd, const struct sockaddr *from, void *arg)
{
	struct http *http = arg;
	struct connection *c = mem_get(sizeof(*c));

	c->http = http;
	if (!admit(c, fd, from)) {
		http->figures.turned_away++;
		turn_away(fd);
		free(c);
		return;
	}
	connection_begin(c, fd);
}

/* The operator is always let in; a proxy stands for many and has no share,
 * only the cap. */
static bool
admit(struct connection *c, int fd, const struct sockaddr *from)
{
	struct http *http = c->http;
	struct ucred who;
	socklen_t len = sizeof(who);

	c->uid = -1;
	if (from->sa_family == AF_UNIX) {
		if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) != 0)
			return false;
		c->uid = who.uid;
		return true;
	}
	c->address = address_of(from);
	if (http->figures.connections >= http->limits.connections)
		return false;
	if (http->proxied && address_same(&c->address, &http->proxy))
		return true;
	c->counted = crowd_enter(http->crowd, &c->address,
	    http->limits.connections_per_peer);
	return c->counted;
}

static void
turn_away(int fd)
{
	static const char full[] = "HTTP/1.1 503 Service Unavailable\r\n"
				   "Content-Length: 0\r\nRetry-After: 5\r\n"
				   "Connection: close\r\n\r\n";

	(void)!send(fd, full, sizeof(full) - 1, MSG_NOSIGNAL);
	close(fd);
}
