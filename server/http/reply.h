/*
 * How an answer looks on the wire: status line, headers, compression.  One
 * press serves all answers of the loop, one after the other.
 */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include "http/http.h"

#define REPLY_MAX_BYTES ((size_t)256 << 10)
#define REPLY_FEW_MAX_BYTES ((size_t)1 << 20)

/* What the request and its connection say about the answer. */
struct way {
	const char *reason;	/* of the status */
	const char *accepts;	/* Accept-Encoding, or NULL */
	bool head;		/* without its body */
	bool close, keep;	/* which Connection header, if any */
	bool tls;
	bool stays;		/* its end is the connection's */
};

struct press;
struct press *press_open(void);
void press_close(struct press *);	/* NULL is fine */
/* Head and body; both are the press's until the next call, or the reply's
 * own. */
void press_reply(struct press *, const struct reply *, const struct way *,
    struct bytes wire[2]);

/* Gives an answer that is kept the gzip form of its body, which is the
 * press's until the next call; a short one, which would gain nothing, stays
 * as it is. */
void reply_pack(struct press *, struct reply *);

/* What Accept-Encoding says about gzip (RFC 9110 12.5.3). */
bool reply_takes_gzip(const char *accepts);

#endif
