/*
 * Reading letters that this program has written, for the page /mail of a
 * first run.  It knows our own form of MIME and no other: what a mail server
 * brings never comes here.
 */
#ifndef MAIL_READING_H
#define MAIL_READING_H

#include "base/mem.h"

struct reading {
	const char *from, *to, *subject, *date;	/* decoded; "" if missing */
	const char *text;	/* of the first text/plain part */
	const char *calendar;	/* of the calendar part, or NULL */
};

struct reading reading_of(struct arena *, const char *message);

#endif
