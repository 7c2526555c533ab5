/*
 * What the mail server sends back: a Maildir into which it delivers
 * notifications about letters.  Each is read once, its letter marked, and the
 * file moved from new to cur, where people may read it; so is other mail.
 */
#ifndef BOUNCES_H
#define BOUNCES_H

#include "web/web.h"

struct bounces;

/* NULL when the configuration names no such Maildir. */
struct bounces *bounces_open(struct web *);
void bounces_close(struct bounces *); /* when crew and writer have stopped */

/* Looks into it, unless it is at work already; by the timer of the rounds.
 * NULL is fine. */
void bounces_look(struct bounces *);

#endif
