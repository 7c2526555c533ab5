/*
 * Answers that stay open: server-sent events.  A stream keeps nothing of its
 * request, hears nothing more of its reader, and ends when she goes, when
 * she lags, after an hour, or when the server stops.
 */
#include <string.h>

#include "http/parts.h"

#define STREAM_S 3600
#define LAG_BYTES 1024 /* told and not taken */

static bool stream_admit(struct connection *);

bool
http_stream(struct request *request, const struct reply *beginning)
{
	struct connection *c = request->connection;
	struct reply reply = *beginning;

	if (c != NULL && request->method != METHOD_HEAD) {
		if (!stream_admit(c))
			return false;
		c->last = true;
		reply.stays = true;
	}
	http_answer(request, &reply);
	return true;
}

void
http_tell(struct http *http, const char *text)
{
	struct bytes wire[2] = { { text, strlen(text) }, { NULL, 0 } };
	struct connection *c, *next;

	for (c = LIST_FIRST(&http->connections); c != NULL; c = next) {
		next = LIST_NEXT(c, entry);
		if (c->stage != STREAMING)
			continue;
		if (evbuffer_get_length(bufferevent_get_output(c->stream)) >
			LAG_BYTES ||
		    !connection_send(c, wire))
			connection_close(c);
	}
}

/* She may be silent for as long as it lasts, but must take what she is
 * told. */
void
stream_begin(struct connection *c)
{
	static const struct timeval longest = { .tv_sec = STREAM_S };

	bufferevent_set_timeouts(c->stream, NULL, &c->http->idle);
	evtimer_add(&c->watch, &longest);
}

void
stream_end(struct connection *c)
{
	crowd_leave(c->http->readers, &c->reader);
	c->http->figures.streams--;
}

static bool
stream_admit(struct connection *c)
{
	struct http *http = c->http;

	if (http->draining ||
	    http->figures.streams >= http->limits.connections / 2 ||
	    !crowd_enter(http->readers, &c->reader,
		(http->limits.connections_per_peer + 1) / 2))
		return false;
	http->figures.streams++;
	return true;
}
