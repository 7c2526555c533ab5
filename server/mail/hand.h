/*
 * A hand of the courier: a worker at a time, with a connection of its own to
 * the mail server, unless letters go into the Maildir, and to the database,
 * which it only reads.
 */
#ifndef MAIL_HAND_H
#define MAIL_HAND_H

#include "base/clock.h"
#include "base/config.h"
#include "base/crew.h"
#include "mail/errand.h"

struct hand;

/* All arguments must outlive it.  Ends the process when the mail server's
 * password cannot be read. */
struct hand *hand_open(const struct config *, const struct keys *,
    const struct clock *, struct crew *);
void hand_close(struct hand *); /* not while it is busy; NULL is fine */

bool hand_is_busy(const struct hand *);
/* Carries it, then calls `done` on the loop; before it returns when there is
 * no worker to be had.  The errand is the caller's and must outlive that. */
void hand_carry(struct hand *, struct errand *, void (*done)(void *arg),
    void *arg);
/* Nothing is left to do: closes the database, takes its leave of the server,
 * if it has not yet, and is busy until then.  `done` is called if so. */
void hand_rest(struct hand *, void (*done)(void *arg), void *arg);
/* A letter that it carries has five more seconds, and no leave is taken. */
void hand_hurry(struct hand *);

#endif
