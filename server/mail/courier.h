/*
 * The courier carries letters from the outbox to the mail server or into the
 * Maildir, one at a time: the writer takes a due row and composes it, a worker
 * delivers, the writer marks it.  Whatever stops in between is taken up again,
 * the same bytes under the same Message-ID.
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
 * cannot be read.  All arguments must outlive it. */
struct courier *courier_open(const struct config *, const struct keys *,
    const struct clock *, struct writer *, struct crew *);
/* Takes no further row; before crew and writer are stopped.  A letter that
 * a worker has in hand has five seconds to be delivered and is marked, a row
 * that was only taken waits for the next start. */
void courier_stop(struct courier *);
void courier_close(struct courier *); /* when writer and crew have stopped */

/* Looks for a due row, unless it is at work already.  Called on the loop
 * after each group that the writer committed, and by the timer. */
void courier_wake(struct courier *);

#endif
