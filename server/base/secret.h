/*
 * Small files that only their owner may read.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stddef.h>

/* Writes a new file of mode 0600 through to the disk, its name in the
 * directory too; refuses to overwrite.  0 or -1 (logged). */
int secret_write(const char *path, const char *text);

/* Reads a file as text, cut at room - 1 bytes; refuses one that group or
 * others may touch.  0 or -1 (logged).  The caller wipes `text`. */
int secret_read(const char *path, char *text, size_t room);

#endif
