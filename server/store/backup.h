/*
 * Backups: sealed copies of the database in VAR/backups, and the way back.
 * A copy opens only with the recovery key; VAR/keys, without which names and
 * notes in it stay closed, is not part of it and must be kept elsewhere.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "base/mem.h"

#define BACKUP_DAYS 35 /* what was erased is gone from copies by then */

/* Makes VAR/recovery.pub unless it is there: then *key (in the arena) is the
 * secret half, to be told once; else NULL.  0 or -1 (logged). */
int backup_key(struct arena *, const char *var, char **key);

/* Makes a copy while the database is in use; *path is the new file.  Blocks:
 * on a worker, or before anybody is served.  0 or -1 (logged; nothing is
 * left behind). */
int backup_make(struct arena *, const char *var, const char **path);

/* Removes copies older than BACKUP_DAYS; `start`: and what a process that
 * was killed left half-made. */
void backup_expire(struct arena *, const char *var, bool start);

/* Unseals a copy into the new file VAR/hokend.db.new and examines it.  0; 1
 * with a reason in *why; -1 (logged). */
int backup_open(struct arena *, const char *var, const char *file,
    const char *key, const char **why);
/* Gives it its place, never over a database.  0 or -1 (logged). */
int backup_install(struct arena *, const char *var);
void backup_discard(struct arena *, const char *var);

#endif
