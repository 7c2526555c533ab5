/*
 * What a database needs beside its statements: copies and examinations.
 * Each uses a connection of its own and reads one snapshot, so that it may
 * run on any thread while the writer goes on.
 */
#ifndef STORE_DB_CARE_H
#define STORE_DB_CARE_H

#include "base/mem.h"

/* Copies the database at `path`, as of one moment, into a new file of mode
 * 0600.  0 or -1 (logged; nothing is left behind). */
int db_copy(const char *path, const char *to);

/* Reads the whole database: 0 sound; 1 damaged, *why says where; -1 could
 * not look (logged). */
int db_examine(struct arena *, const char *path, const char **why);

#endif
