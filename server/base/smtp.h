/*
 * Sending mail to one server over one connection, by libcurl.  It blocks,
 * so never on the loop, and serves one thread at a time.  Nothing is sent
 * before TLS stands and the server's certificate is verified, unless the
 * server is this machine and told to be plain.
 */
#ifndef BASE_SMTP_H
#define BASE_SMTP_H

#include <stdbool.h>

#include "base/mem.h"

struct smtp;

struct smtp_server {
	const char *url; /* smtp://host:587 (STARTTLS), smtps://host:465 */
	const char *name; /* ours, for EHLO */
	const char *user, *password; /* "": without AUTH */
	const char *authorities; /* PEM file; "": those of the system */
	bool plain; /* no TLS */
	int patience_s; /* for the connection and for each reply */
};

/* Addresses are paths of RFC 5321 4.1.2 without source routes: <a@b.jp>,
 * <"a..b"@c.jp>.  The caller has checked them. */
struct smtp_letter {
	const char *from, *to;
	struct bytes message; /* CR LF lines */
	bool last; /* none follows at once: the connection is closed */
};

enum smtp_result {
	SMTP_DELIVERED,
	SMTP_LATER, /* nothing was taken: 4xx, cut off, silence */
	SMTP_AWAY, /* nothing was said about the letter: no connection, no TLS,
		    * no sign-in, 53x (RFC 4954) */
	SMTP_REFUSED, /* 5xx about this letter: no use in another try */
	SMTP_UNKNOWN /* cut off behind the final dot (RFC 1047): may have
		      * been taken */
};

#define SMTP_STATUS_SIZE 12 /* "5.123.456" and its NUL */

struct smtp_answer {
	enum smtp_result result;
	int code; /* the reply that ended it, or 0 */
	const char *why; /* one static word: connect, tls, login, ... */
	/* Of a refusal, "5.1.1", where the server says so (RFC 2034). */
	char status[SMTP_STATUS_SIZE];
};

/* Copies what it is given; before any thread is started.  Connects at the
 * first letter. */
struct smtp *smtp_open(const struct smtp_server *);
void smtp_close(struct smtp *); /* NULL is fine; waits for nobody */

struct smtp_answer smtp_send(struct smtp *, const struct smtp_letter *);
/* Did the last letter leave the connection open?  NULL has none. */
bool smtp_is_open(const struct smtp *);
/* QUIT on a connection that is open: at most 5 s. */
void smtp_part(struct smtp *);

/* From any thread: a letter under way has five more seconds. */
void smtp_hurry(struct smtp *);

/* How far an attempt came: MAIL has left; libcurl has taken the last byte of
 * the message. */
enum smtp_step { SMTP_ARRIVING, SMTP_TALKING, SMTP_HANDED_OVER };

/* The status code in a line of a reply, "550-5.1.1 who?": class, subject and
 * detail (RFC 3463 2), the class that of the reply (RFC 2034 4).  The reply's
 * code, or 0 and "" for a line without one. */
int smtp_status(const char *line, size_t len, char status[SMTP_STATUS_SIZE]);

/* What an attempt comes to.  `outcome` is libcurl's, `reply` the last code
 * that the server gave. */
struct smtp_answer smtp_judge(int outcome, int reply, enum smtp_step);

#endif
