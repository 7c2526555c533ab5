/*
 * A Maildir: letters as files that a mail program, or the page /mail of a
 * first run, can read.
 */
#ifndef MAIL_MAILDIR_H
#define MAIL_MAILDIR_H

#include <stdint.h>

#include "base/mem.h"

/* Delivers through tmp into new, synced: 0 or -1 (logged).  The name is
 * made from `stem`, so that a second delivery replaces the first. */
int maildir_put(const char *dir, const char *stem, const char *bytes,
    size_t len);

/* A letter as it lies there; newest first. */
struct maildir_entry {
	const char *name;
	int64_t at;
};
int maildir_list(struct arena *, const char *dir, struct maildir_entry **);
/* Its bytes, NULL when there is none of that name. */
char *maildir_read(struct arena *, const char *dir, const char *name);

#endif
