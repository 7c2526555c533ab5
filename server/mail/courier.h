/*
 * The courier carries letters from the outbox to the mail server or into the
 * Maildir, by several hands, each with a connection of its own, so that a
 * letter on which the server is slow does not hold the others.  While the
 * server itself is away nothing is hammered: one hand tries it now and then,
 * after a second, two, four, up to five minutes, and the letters wait without
 * having had a try.  hokend(8) tells what each fault leads to.
 */
#ifndef MAIL_COURIER_H
#define MAIL_COURIER_H

#include "base/clock.h"
#include "base/config.h"
#include "base/crew.h"
#include "base/seal.h"
#include "store/writer.h"

struct courier;

/* The Maildir is `var`/mail.  Ends the process when the mail server's password
 * cannot be read.  The crew is its own, with courier_hands() threads.  All
 * arguments must outlive it. */
struct courier *courier_open(const struct config *, const struct keys *,
    const struct clock *, struct writer *, struct crew *);
int courier_hands(const struct config *);
/* Takes no further row; before crew and writer are stopped.  A letter that
 * a worker has in hand has five seconds to be delivered and is marked. */
void courier_stop(struct courier *);
/* Marks what the writer could no more: what was carried, and what was taken
 * and not begun, which is due again as if it had not been.  Between
 * writer_finish() and writer_stop(), by the writer's connection.  NULL is
 * fine. */
void courier_settle(struct courier *, struct db *);
void courier_close(struct courier *); /* when writer and crew have stopped */

/* Takes what is due, a few letters more than hands are free.  Called on the
 * loop after each group that the writer committed, and by the timer. */
void courier_wake(struct courier *);
/* In how many seconds it would take a due row: 0 at once, more while the mail
 * server is away, INT_MAX while all hands have work or wait for the writer:
 * what they have done wakes it. */
int courier_rests_s(const struct courier *);

#endif
