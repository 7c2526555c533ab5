/*
 * Reading what a mail server sends back: delivery status notifications
 * (RFC 3464).  Only what is needed is read, line by line and without
 * following MIME any further: the fields of the report, and the Message-ID of
 * the letter that came back.  That is random and known to nobody but those
 * who carried the letter.
 */
#ifndef MAIL_BOUNCE_H
#define MAIL_BOUNCE_H

#include <stdbool.h>

#include "base/mem.h"

#define BOUNCE_MAX ((size_t)256 << 10)	/* bytes of a notification */

struct bounce {
	const char *message_id;	/* as outbox rows have it: before the '@' */
	const char *status;	/* "5.1.1", "4.4.1" (RFC 3463) */
};

/* True: a letter came back for good.  Delays, receipts, other mail and what
 * cannot be read are false.  `text` may hold anything. */
bool bounce_read(struct arena *, const char *text, struct bounce *);

#endif
