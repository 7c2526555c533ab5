/*
 * An errand: one letter on its way.  Its row is taken on the writer, carried
 * by a worker, marked on the writer; whatever stops in between is taken up
 * again under the same Message-ID.  A letter is composed as it leaves, and its
 * bytes are kept once a try was in vain, so that the next ones are the same.
 */
#ifndef MAIL_ERRAND_H
#define MAIL_ERRAND_H

#include "base/config.h"
#include "base/smtp.h"
#include "mail/letter.h"

struct errand {
	struct arena *arena;	/* its own */
	struct outbox row;	/* outbox_take() */
	struct message message;	/* bytes NULL: not composed */
	struct smtp_answer answer;
	bool last;		/* none follows at once */
	bool asked;		/* the server, or the Maildir, has answered */
	bool untried;		/* was not carried: as if never taken */
};

struct errand *errand_open(void);
void errand_close(struct errand *); /* NULL is fine */

/* Composes it, or opens what was kept of a try before, and hands it over: to
 * the mail server, or without one into `dir` (worker, whose connection to the
 * database the desk has; its arena is the errand's).  Untried when it has
 * become untrue since it was taken, or letters are paused.  A letter that
 * cannot be composed is put off like one that was refused for now.  0, or -1
 * with nothing done when the database cannot be read. */
int errand_carry(struct desk *, const struct config *, struct errand *,
    struct smtp *, const char *dir);

/* Writes down what came of it (writer).  Where the server itself was away,
 * the letter has had no try and is due again in rest_s.  A letter that has
 * failed for good raises the alarm.  0 or -1. */
int errand_mark(struct desk *, const struct config *, struct errand *,
    int rest_s);

/* One line in the log, unless it was delivered or not tried. */
void errand_tell(struct errand *);

#endif
