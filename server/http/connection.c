/*
 * One connection: reading a request within its deadline, handing it over,
 * sending the answer.  It carries one request at a time; the next one is
 * looked at when the answer has left.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/log.h"
#include "http/parts.h"

/* A closing connection listens on for a while, so that what the client is
 * still sending does not destroy the answer on its way (RFC 9112 9.6). */
#define PART_S 2
#define WARN_EACH_S 3600
#define PART_BYTES ((size_t)1 << 20)

static void connection_part(struct connection *);
static void on_read(struct bufferevent *, void *);
static void on_written(struct bufferevent *, void *);
static void on_event(struct bufferevent *, short, void *);
static void on_deadline(evutil_socket_t, short, void *);
static void read_on(struct connection *);
static int read_head(struct connection *, struct evbuffer *);
static int expect(struct connection *, struct incoming *, size_t received);
static void hand_over(struct connection *, struct evbuffer *);
static void name_peer(struct connection *, struct request *);
static void warn_of_proxy(struct connection *);
static void refuse(struct connection *, int status);
static void answered(struct connection *);

void
connection_begin(struct connection *c, int fd)
{
	struct http *http = c->http;

	c->stream = bufferevent_socket_new(http->base, fd,
	    BEV_OPT_CLOSE_ON_FREE);
	if (c->stream == NULL)
		log_die("http.connection", "reason=memory");
	bufferevent_setcb(c->stream, on_read, on_written, on_event, c);
	bufferevent_set_timeouts(c->stream, &http->idle, &http->idle);
	bufferevent_setwatermark(c->stream, EV_READ, 0,
	    http->limits.header_bytes);
	evtimer_assign(&c->watch, http->base, on_deadline, c);
	http->figures.connections++;
	LIST_INSERT_HEAD(&http->connections, c, entry);
	bufferevent_enable(c->stream, EV_READ);
}

void
connection_close(struct connection *c)
{
	struct http *http = c->http;

	if (c->incoming != NULL && c->stage == HANDLING)
		c->incoming->request.connection = NULL;
	else if (c->incoming != NULL)
		arena_free(c->incoming->request.arena);
	if (c->stage == STREAMING)
		stream_end(c);
	if (c->counted)
		crowd_leave(http->crowd, &c->address);
	LIST_REMOVE(c, entry);
	http->figures.connections--;
	event_del(&c->watch);
	bufferevent_free(c->stream);
	free(c);
}

bool
connection_resting(const struct connection *c)
{
	return c->stage == READING && c->incoming == NULL &&
	    evbuffer_get_length(bufferevent_get_input(c->stream)) == 0;
}

void
connection_answer(struct connection *c, const struct incoming *in,
    const struct reply *reply)
{
	static const struct reply too_long = { .status = 500 };
	struct http *http = c->http;
	struct bytes wire[2];

	if (reply->body.len >
	    (reply->few ? REPLY_FEW_MAX_BYTES : REPLY_MAX_BYTES)) {
		log_fault("http.reply", "bytes=%zu", reply->body.len);
		reply = &too_long;
	}
	c->last = c->last || http->draining;
	struct way way = {
		.reason = incoming_reason(reply->status),
		.close = c->last,
		.tls = http->limits.tls,
		.stays = reply->stays,
	};
	if (in != NULL) {
		way.accepts = http_header(&in->request, "accept-encoding");
		way.head = in->request.method == METHOD_HEAD;
		way.keep = in->http_10;
	}
	http->figures.answers[reply->status / 100 % 6]++;
	press_reply(http->press, reply, &way, wire);
	c->stage = reply->stays ? STREAMING : SENDING;
	if (reply->stays)
		stream_begin(c);
	if (!connection_send(c, wire))
		connection_close(c);
	else if (reply->stays)
		return;
	else if (evbuffer_get_length(bufferevent_get_output(c->stream)) == 0)
		answered(c);
	else
		evtimer_add(&c->watch, &http->send_deadline);
}

/* Straight to the socket, which nearly always takes it all: saves copying
 * and a round through the loop.  False: the connection is broken. */
bool
connection_send(struct connection *c, const struct bytes wire[2])
{
	struct evbuffer *out = bufferevent_get_output(c->stream);
	struct iovec piece[2];
	struct msghdr message = { .msg_iov = piece, .msg_iovlen = 2 };
	size_t done = 0;

	/* iov_base is not const, though sendmsg() only reads. */
	for (size_t i = 0; i < 2; i++) {
		memcpy(&piece[i].iov_base, &wire[i].data, sizeof(void *));
		piece[i].iov_len = wire[i].len;
	}
	if (evbuffer_get_length(out) == 0) {
		ssize_t sent = sendmsg(bufferevent_getfd(c->stream), &message,
		    MSG_NOSIGNAL);
		if (sent < 0 && errno != EAGAIN)
			return false;
		done = sent < 0 ? 0 : (size_t)sent;
	}
	for (size_t i = 0; i < 2; i++) {
		size_t skip = done < wire[i].len ? done : wire[i].len;
		const char *data = wire[i].data;
		if (skip < wire[i].len)
			bufferevent_write(c->stream, data + skip,
			    wire[i].len - skip);
		done -= skip;
	}
	return true;
}

static void
connection_part(struct connection *c)
{
	static const struct timeval while_parting = { .tv_sec = PART_S };

	if (c->eof) {
		connection_close(c);
		return;
	}
	c->stage = PARTING;
	shutdown(bufferevent_getfd(c->stream), SHUT_WR);
	bufferevent_enable(c->stream, EV_READ);
	evtimer_add(&c->watch, &while_parting);
	on_read(c->stream, c);
}

static void
on_read(struct bufferevent *stream, void *arg)
{
	struct connection *c = arg;
	struct evbuffer *in = bufferevent_get_input(stream);

	if (c->stage == READING) {
		read_on(c);
	} else if (c->stage == PARTING || c->stage == STREAMING) {
		c->discarded += evbuffer_get_length(in);
		evbuffer_drain(in, evbuffer_get_length(in));
		if (c->discarded > PART_BYTES)
			connection_close(c);
	}
}

static void
on_written(struct bufferevent *stream, void *arg)
{
	struct connection *c = arg;

	(void)stream;
	if (c->stage == SENDING)
		answered(c);
}

static void
on_event(struct bufferevent *stream, short what, void *arg)
{
	struct connection *c = arg;
	bool begun = c->incoming != NULL ||
	    evbuffer_get_length(bufferevent_get_input(stream)) > 0;

	if (what & BEV_EVENT_ERROR || c->stage == PARTING) {
		connection_close(c);
	} else if (what & BEV_EVENT_EOF) {
		c->eof = true;
		if (c->stage == READING)
			read_on(c);
		else if (c->stage == STREAMING)
			connection_close(c);
	} else if (what & BEV_EVENT_TIMEOUT && what & BEV_EVENT_WRITING) {
		connection_close(c);
	} else if (what & BEV_EVENT_TIMEOUT && c->stage == READING) {
		/* While a handler works, silence is as it should be. */
		if (begun)
			refuse(c, 408);
		else
			connection_close(c);
	}
}

static void
on_deadline(evutil_socket_t fd, short what, void *arg)
{
	struct connection *c = arg;

	(void)fd;
	(void)what;
	if (c->stage == READING)
		refuse(c, 408);
	else
		connection_close(c);
}

/* Looks at what has come; the connection may be gone afterwards. */
static void
read_on(struct connection *c)
{
	struct evbuffer *in = bufferevent_get_input(c->stream);
	int status = c->incoming == NULL ? read_head(c, in) : 0;
	size_t len = evbuffer_get_length(in);

	if (status != 0)
		refuse(c, status);
	else if (c->incoming != NULL && len >= c->incoming->body_bytes)
		hand_over(c, in);
	else if (c->eof)
		connection_close(c);
	else if ((c->incoming != NULL || len > 0) &&
	    !evtimer_pending(&c->watch, NULL))
		evtimer_add(&c->watch, &c->http->deadline);
}

/* 0, with c->incoming when the head is whole, or the status to refuse. */
static int
read_head(struct connection *c, struct evbuffer *in)
{
	size_t most = c->http->limits.header_bytes;
	size_t len = evbuffer_get_length(in);

	if (len == 0)
		return 0;
	const char *data = (const char *)evbuffer_pullup(in, -1);
	long end = scan_end(data, len, &c->scanned);
	if (end < 0)
		return 400;
	if (end > (long)most || (end == 0 && len >= most))
		return 431;
	if (end == 0)
		return 0;
	c->scanned = 0;
	int status = scan_head(data, (size_t)end);
	if (status == 0)
		status = incoming_parse(data, (size_t)end, &c->incoming);
	evbuffer_drain(in, (size_t)end);
	if (status != 0)
		return status;
	if (c->incoming->body_bytes > c->http->limits.body_bytes)
		return 413;
	c->incoming->request.connection = c;
	c->last = !c->incoming->keep_alive;
	name_peer(c, &c->incoming->request);
	return expect(c, c->incoming, evbuffer_get_length(in));
}

/* RFC 9110 10.1.1: who asks first is told to go on. */
static int
expect(struct connection *c, struct incoming *in, size_t received)
{
	static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
	const char *what = http_header(&in->request, "expect");

	if (in->body_bytes > c->http->limits.header_bytes)
		bufferevent_setwatermark(c->stream, EV_READ, 0, in->body_bytes);
	if (what == NULL || in->http_10)
		return 0;
	if (strcasecmp(what, "100-continue") != 0)
		return 417;
	if (received < in->body_bytes)
		bufferevent_write(c->stream, go_on, sizeof(go_on) - 1);
	return 0;
}

static void
hand_over(struct connection *c, struct evbuffer *in)
{
	struct http *http = c->http;
	struct request *request = &c->incoming->request;
	size_t len = c->incoming->body_bytes;

	event_del(&c->watch);
	if (len > 0) {
		char *body = arena_get(request->arena, len + 1);
		evbuffer_remove(in, body, len);
		request->body = (struct bytes) { body, len };
	}
	if (len > http->limits.header_bytes)
		bufferevent_setwatermark(c->stream, EV_READ, 0,
		    http->limits.header_bytes);
	c->stage = HANDLING;
	http->handle(request, http->arg);
}

static void
name_peer(struct connection *c, struct request *request)
{
	const struct http *http = c->http;
	const char *forwarded = http_header(request, "x-forwarded-for");
	struct address address = c->address;

	request->peer.uid = c->uid;
	if (c->uid >= 0) {
		request->peer.operator= true;
		request->peer.name = arena_print(request->arena, "uid:%lld",
		    (long long)c->uid);
		return;
	}
	if (http->proxied && address_same(&address, &http->proxy)) {
		if (forwarded != NULL)
			address = address_forwarded(forwarded, &http->proxy);
	} else if (forwarded != NULL ||
	    http_header(request, "forwarded") != NULL)
		warn_of_proxy(c);
	c->reader = address;
	request->peer.name = address_print(request->arena, &address);
}

/* Whoever it brings share one network's bounds: all of them may be refused for
 * what one does.  Its address is told when it is this machine's. */
static void
warn_of_proxy(struct connection *c)
{
	struct http *http = c->http;
	struct timespec now;

	http->figures.untrusted++;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (http->warned_s != 0 && now.tv_sec - http->warned_s < WARN_EACH_S)
		return;
	http->warned_s = now.tv_sec;
	log_fault("http.proxy",
	    "address=%s reason=\"sends X-Forwarded-For, and trusted_proxy does "
	    "not name it\"",
	    address_loopback(&c->address)
		? address_print(c->incoming->request.arena, &c->address)
		: "elsewhere");
}

/* What this file answers by itself: the client is at fault or too slow, and
 * where the next request would begin is not known any more. */
static void
refuse(struct connection *c, int status)
{
	struct incoming *in = c->incoming;
	char body[64];
	int len = snprintf(body, sizeof(body), "%d %s\n", status,
	    incoming_reason(status));
	struct reply reply = {
		.status = status,
		.type = "text/plain; charset=utf-8",
		.body = { body, (size_t)len },
		.headers = "Cache-Control: no-store\r\n",
	};

	event_del(&c->watch);
	c->incoming = NULL;
	c->last = true;
	connection_answer(c, NULL, &reply);
	if (in != NULL)
		arena_free(in->request.arena);
}

/* The next request may be waiting already; it is looked at in the loop's
 * next round, so that one client's queue does not hold up the others. */
static void
answered(struct connection *c)
{
	struct evbuffer *in = bufferevent_get_input(c->stream);

	event_del(&c->watch);
	if (c->last) {
		connection_part(c);
		return;
	}
	c->stage = READING;
	if (!c->eof)
		bufferevent_enable(c->stream, EV_READ);
	if (c->eof || evbuffer_get_length(in) > 0)
		bufferevent_trigger(c->stream, EV_READ,
		    BEV_TRIG_DEFER_CALLBACKS);
}
