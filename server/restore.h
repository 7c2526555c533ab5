/* `hokend --restore FILE`: a backup becomes the database again, offline. */
#ifndef RESTORE_H
#define RESTORE_H

#include "base/config.h"

/* The recovery key is read from a file or, where that is NULL, from standard
 * input.  VAR must hold the keys and no database.  0 or -1 (told on
 * standard error). */
int restore_run(struct arena *, const struct config *, const char *file,
    const char *key_file);

#endif
