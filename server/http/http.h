/*
 * HTTP/1.1: the sole owner of sockets and of the parser (libhttp-parser
 * behind a scan of the header block; RFC 9112).  Handlers get a whole
 * request and answer it once, now or later.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

struct event_base;
struct http;
struct connection;
struct route;

enum method {
	METHOD_GET = 1, METHOD_HEAD = 2, METHOD_POST = 4, METHOD_PUT = 8,
	METHOD_DELETE = 16, METHOD_OPTIONS = 32
};

/* Who is at the other end: an address (IPv4 /32, IPv6 /64 as text), or a
 * user on the operator's socket. */
struct peer {
	const char *name;
	bool operator;
	int64_t uid;		/* on the operator's socket, else -1 */
};

/*
 * A request lives in its arena until it has been answered, even when the
 * connection is gone: a late answer is then dropped.  Whoever was given it
 * answers it once, on the loop.  `path` is unescaped and valid UTF-8
 * without control characters; `query` is raw ("" if none).
 */
struct request {
	struct arena *arena;
	enum method method;
	const char *path;
	const char *query;
	struct bytes body;
	struct peer peer;
	struct connection *connection;	/* http.c's; NULL: gone */

	/* Of those above; plain here, so that http.c knows no room. */
	const struct route *route;	/* set by web_route() */
	const char *parameter;		/* of its path, or NULL */
	int64_t account;	/* who is signed in, set by the check of
				 * sittings; 0: nobody */
};

/* A header's value by lower-case name, or NULL.  Repeated headers are one
 * value, joined by ", " (RFC 9110 5.3), cookies by "; ". */
const char *http_header(const struct request *, const char *name);

/* Does If-None-Match name this tag, quotes and all (RFC 9110 13.1.2)? */
bool http_knows(const struct request *, const char *etag);

/* "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7). */
#define HTTP_DATE_BYTES 32
void http_date(int64_t at, char line[HTTP_DATE_BYTES]);

/* Where a body is sewn together from parts that recur in others
 * (http/quilt.h). */
#define SEAMS_MOST 40
struct seam {
	size_t at;		/* offset in the body */
	enum {
		SEAM_APART,
		SEAM_ALIKE	/* what follows resembles what is before */
	} kind;
};
struct seams {
	struct seam seam[SEAMS_MOST];
	size_t count;
};

struct reply {
	int status;
	const char *type;	/* Content-Type, NULL without a body */
	struct bytes body;	/* copied */
	bool packed;		/* body is gzip already */
	const struct seams *seams;	/* or NULL; only the cache looks */
	const char *headers;	/* more lines, each ending CR LF, or NULL */
	bool stays;		/* set by http_stream() */
	bool few;		/* readers: it may be longer */
};

/* Answers the request and ends it: its arena goes.  A HEAD answer is sent
 * without its body; a body over 512 bytes is compressed when she accepts
 * gzip and the type is text.  The headers of safety (http/reply.c) are added
 * where reply.headers has none of the same name.  At most 256 KiB, since many
 * slow readers hold as much memory; behind a secret address, where they are
 * few, 1 MiB. */
void http_answer(struct request *, const struct reply *);

/*
 * Answers with the beginning of a stream that stays open for at most an hour
 * and says what http_tell() is given.  It may be left by its reader at any
 * time; one that lags is closed.  False, and the request not answered, when
 * streams have half of the connections, or of one peer's share, already:
 * whoever comes to read a page must still get in.
 */
bool http_stream(struct request *, const struct reply *beginning);
/* A few bytes to all streams. */
void http_tell(struct http *, const char *text);

struct http_limits {
	int connections, connections_per_peer;
	size_t header_bytes, body_bytes;	/* 16 KiB, 64 KiB */
	int idle_s;		/* without a byte from her or to her: 10 */
	int deadline_s;		/* until a request is whole: 15; four times
				 * that until its answer is with her */
	const char *trusted_proxy;		/* address or "" */
	bool tls;		/* she comes by HTTPS: HSTS is sent */
};

/* `handle` is called for each request, `arg` with it. */
struct http *http_open(struct event_base *, const struct http_limits *,
    void (*handle)(struct request *, void *arg), void *arg);
/* 0 or -1 (logged).  An address that is not loopback needs a trusted proxy:
 * passwords do not travel in plain text.  Port 0 is any; it is logged. */
int http_listen(struct http *, const char *address, int port);
/* A listening socket of a service manager, under the same rule; taken over
 * also when refused. */
int http_adopt(struct http *, int fd);
int http_listen_unix(struct http *, const char *path);	/* mode 0660 */
/* What has happened so far. */
struct http_figures {
	int connections;	/* open now */
	int streams;		/* of them */
	uint64_t answers[6];	/* by class: [2] for 2xx */
	uint64_t turned_away;	/* connections beyond the caps */
	uint64_t untrusted;	/* requests by a proxy that is not trusted */
};
const struct http_figures *http_figures(const struct http *);

/* Stops accepting, ends streams, lets requests in flight finish. */
void http_drain(struct http *);
bool http_idle(const struct http *);
void http_close(struct http *);

#endif
