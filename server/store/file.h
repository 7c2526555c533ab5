/* The database's files: one server per database, readable by it alone. */
#ifndef STORE_FILE_H
#define STORE_FILE_H

/* A descriptor that holds the lock of the database at `path` until it is
 * closed, or -1 (logged) when another process, or another connection of
 * this one, holds it. */
int file_lock(const char *path);

/* Creates it with mode 0600 when missing; 0 or -1 (logged). */
int file_create(const char *path);

/* Brings the names in a directory to the disk; 0 or -1 (logged). */
int file_sync_directory(const char *path);

#endif
