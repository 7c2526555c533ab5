/*
 * An errand: one letter on its way.  Taken on the writer, carried by a
 * worker, marked on the writer; whatever stops in between is taken up again,
 * the same bytes under the same Message-ID.
 */
#ifndef MAIL_ERRAND_H
#define MAIL_ERRAND_H

#include "base/config.h"
#include "base/smtp.h"
#include "mail/letter.h"

struct errand {
	struct arena *arena;	/* its own */
	struct outbox row;
	struct message message;
	struct smtp_answer answer;
	bool last;		/* no other row was due when it was taken */
};

struct errand *errand_open(void);
void errand_close(struct errand *); /* NULL is fine */

/* Takes the next due row and composes it, or opens what was kept at its
 * first try (writer; the desk's arena is the errand's).  A letter that cannot
 * be composed is put off like one that was refused for now.  1, 0 none due,
 * -1. */
int errand_take(struct desk *, const struct config *, struct errand *);

/* Hands it over (worker): to the mail server, or without one into `dir`. */
void errand_carry(struct errand *, const struct config *, struct smtp *,
    const char *dir);

/* Writes down what came of it (writer).  Where the server itself was away,
 * the letter has had no try and is due again in rest_s.  A letter that has
 * failed for good raises the alarm.  0 or -1. */
int errand_mark(struct desk *, const struct config *, struct errand *,
    int rest_s);

/* It was taken and never carried: it has had no try (writer).  0 or -1. */
int errand_put_back(struct desk *, const struct errand *);

/* One line in the log, unless it was delivered. */
void errand_tell(struct errand *);

#endif
