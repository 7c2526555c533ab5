/*
 * HTTP as a client, by libcurl (smtp.h is its only other owner).  One
 * request, one answer, no redirects, no proxy; it blocks, so never on the
 * loop.
 */
#ifndef BASE_FETCH_H
#define BASE_FETCH_H

#include <stddef.h>

#include "base/mem.h"

struct fetch {
	const char *method;		/* "GET", "POST", ... */
	const char *url;		/* http or https */
	const char *socket;		/* path of a Unix socket, or NULL */
	const char *const *headers;	/* "Name: value", ended by NULL */
	struct bytes body;		/* data == NULL: none is sent */
	int deadline_s;			/* for all of it */
	size_t most_bytes;		/* of the answer's body */
};

struct fetched {
	int status;
	const char *type;	/* Content-Type, "" when missing */
	struct bytes body;	/* ended by a NUL beyond its length */
};

enum fetch_result {
	FETCHED,
	FETCH_UNREACHED,	/* nobody there: nothing was sent */
	FETCH_LOST,		/* cut off: the request may have had effect */
	FETCH_LARGE		/* the answer is longer than most_bytes */
};

/* Everything it returns lies in the arena; *why says for people what went
 * wrong unless FETCHED. */
enum fetch_result fetch(struct arena *, const struct fetch *, struct fetched *,
    const char **why);

#endif
