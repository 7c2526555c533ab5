/*
 * What a connection to SQLite is told before anybody asks it anything.  Only
 * sqlite.c includes this.
 */
#ifndef STORE_SETTLE_H
#define STORE_SETTLE_H

#include <sqlite3.h>

#include "store/db.h"

#define SETTLE_BUSY_MS 5000	/* how long a statement waits for a lock */

/* Hardens it and, for writing, sets the write-ahead log, synchronous=FULL
 * and secure_delete.  0 or -1 (logged). */
int settle(sqlite3 *, enum db_use);

/* The first column of the first row, as text; 0 or -1 (logged). */
int settle_ask(sqlite3 *, const char *sql, char *answer, size_t size);

#endif
