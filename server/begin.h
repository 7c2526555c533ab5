/*
 * The start: before anybody is served, the directory, keys and database are
 * made or looked at, and what happened while nobody was there is caught up.
 */
#ifndef BEGIN_H
#define BEGIN_H

#include "base/clock.h"
#include "base/config.h"
#include "base/seal.h"
#include "store/db.h"

/* Is it said where letters go?  Nobody's booking may wait for a letter that
 * nobody sends, and a rehearsal writes to nobody.  0 or -1 (logged). */
int begin_mail(const struct config *, const struct clock *);
/* Warns of a proxy that must be there and that nobody has named. */
void begin_proxy(const struct config *);

/* Before a first start makes anything or tells a key that is told once: is
 * its room file one that can be loaded?  0, also with a database or a file that
 * can be read but once, or -1 (logged). */
int begin_first(struct arena *, const struct config *, const struct clock *);

/* Makes VAR (mode 0700) and its keys when both are missing; a database
 * without its keys is refused.  NULL is logged. */
struct keys *begin_keys(struct arena *, const struct config *);

/* Makes VAR/recovery.pub when it is missing, and prints the recovery key on
 * standard output: this once.  0 or -1 (logged). */
int begin_recovery(struct arena *, const struct config *);

/* Opens VAR/hokend.db, migrates after a backup, checks every statement.
 * NULL is logged. */
struct db *begin_database(struct arena *, const struct config *);

/* Marks the database, loads the room file into an empty one, records what
 * was offered, expands openings, lets lapsed holds go, takes up letters that
 * were left half-way.  0 or -1 (logged). */
int begin_room(struct db *, const struct config *, const struct keys *,
    const struct clock *);

/* Adds the first account when there is none and prints its one-time password
 * on standard output.  0 or -1. */
int begin_account(struct db *, const struct config *, const struct keys *,
    const struct clock *);

/* `hokend -n`, which changes nothing: schema and statements, keys and the mail
 * server's password, and the room file when there is no database yet.  0 or
 * -1 (logged). */
int begin_check(struct arena *, const struct config *, const struct clock *);

#endif
