/*
 * The ledger of what was forgotten and withdrawn: VAR/backups/forgotten,
 * outside the database and beside its copies, which still hold it.  A restored
 * copy forgets again whom the ledger names.  One line an entry: an id, what it
 * is of, an instant; a torn line counts for nothing.
 */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include <stdint.h>

#include "store/backup.h"

#define LEDGER_NAME "forgotten"
/* The mark between id and instant.  A booking has the id of the wish that it
 * came from, so it must be told of which the ledger speaks. */
enum ledger_of { LEDGER_VISIT = ' ', LEDGER_WISH = '-' };

#define LEDGER_DAYS (BACKUP_DAYS + 1) /* longer than any copy is kept */

/* Adds entries and brings them to the disk.  0 or -1 (logged). */
int ledger_add(struct arena *, const char *var, enum ledger_of,
    const int64_t *ids, size_t count);
/* *ids in the arena; how many, 0 without a ledger, or -1 (logged). */
int ledger_read(struct arena *, const char *var, enum ledger_of,
    int64_t **ids);
/* Adds what the ledger in another directory names, if there is one: that
 * of a copy which was kept elsewhere.  How many or -1 (logged). */
int ledger_adopt(struct arena *, const char *var, const char *dir);
/* Drops entries older than LEDGER_DAYS, in real time.  0 or -1 (logged). */
int ledger_expire(struct arena *, const char *var);

#endif
