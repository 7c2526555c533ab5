/*
 * What http.c (the whole), http_connection.c (one connection) and
 * http_incoming.c (one request being read) share.  Nobody else includes it.
 */
#ifndef HTTP_PARTS_H
#define HTTP_PARTS_H

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <sys/queue.h>

#include "http/http.h"
#include "http/listen.h"
#include "http/peer.h"
#include "http/reply.h"
#include "http/scan.h"

enum progress {
	READING, /* waiting for a request or for the rest of one */
	HANDLING, /* a handler has it */
	SENDING, /* the answer is too long for the socket's buffer */
	STREAMING, /* the answer stays open */
	PARTING /* the last answer has left */
};

struct header {
	const char *name; /* lower case */
	const char *value;
};

struct incoming {
	struct request request; /* first: handlers see this */
	struct header headers[SCAN_FIELDS_MAX];
	size_t count;
	size_t body_bytes;
	bool http_10, keep_alive;
};

struct connection {
	LIST_ENTRY(connection) entry;
	struct http *http;
	struct bufferevent *stream;
	struct event watch; /* deadline of the stage */
	enum progress stage;
	struct incoming *incoming; /* being read or handled */
	size_t scanned;
	size_t discarded;
	bool eof; /* she sends no more */
	bool last; /* close after this answer */
	bool counted;
	struct address address;
	struct address reader; /* behind the proxy, if one brings her */
	int64_t uid; /* -1: by network */
};

struct http {
	struct event_base *base;
	struct http_limits limits;
	struct timeval idle, deadline, send_deadline;
	struct address proxy;
	bool proxied, draining;
	void (*handle)(struct request *, void *);
	void *arg;
	struct listeners *listeners;
	struct crowd *crowd, *readers; /* of connections, of streams */
	struct press *press;
	struct http_figures figures;
	int64_t warned_s; /* of a proxy that nobody named, monotonic */
	LIST_HEAD(, connection) connections;
};

/* A connection that has been let in; it closes itself. */
void connection_begin(struct connection *, int fd);
/* Closes it at once.  A request that a handler still has stays its own; the
 * answer to it will find nobody. */
void connection_close(struct connection *);
/* True when nothing of a request has come yet. */
bool connection_resting(const struct connection *);
/* Sends the reply to a request that was read, or to one that was not
 * (NULL).  The connection may be gone afterwards. */
void connection_answer(struct connection *, const struct incoming *,
    const struct reply *);

/* Sends at once what the socket takes and keeps the rest; false: the
 * connection is broken. */
bool connection_send(struct connection *, const struct bytes wire[2]);

/* A stream's first bytes have left; and it is about to be closed. */
void stream_begin(struct connection *);
void stream_end(struct connection *);

/* Takes a scanned header block apart into an arena of its own.  0, or the
 * status to refuse; *in is set in both cases. */
int incoming_parse(const char *head, size_t len_bytes, struct incoming **in);
/* "Not Found" of 404. */
const char *incoming_reason(int status);

#endif
