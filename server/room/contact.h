/*
 * What somebody may tell of herself: sealed where she is kept, a booking or
 * a wish on the waiting list.
 */
#ifndef ROOM_CONTACT_H
#define ROOM_CONTACT_H

#include "room/access.h"
#include "room/desk.h"

#define NAME_MAX_CHARS 40
#define MAIL_MAX_CHARS 254	/* RFC 5321 4.5.3.1.3 less the brackets */
#define NOTE_MAX_CHARS 1000

/* All may be "". */
struct contact {
	const char *name;
	const char *mail;
	const char *note;
	unsigned access;	/* ACCESS_BIT()s or-ed */
	bool details;		/* letters may say theme, advisor, place */
	bool soon;		/* also reminded an hour before */
	const char *lang;	/* "ja", "easy", "en" */
	const char *entry;	/* "web", "phone", "desk", "walk_in" */
};

/* Name, address, needs and what she wishes of letters, as one box for the
 * column `contact` of that row; empty when she told nothing. */
struct bytes contact_seal(struct desk *, const char *table, int64_t row,
    const struct contact *);
/* Fills those from such a box, "" and 0 for an empty one.  0 or -1. */
int contact_unseal(struct desk *, const char *table, int64_t row,
    struct bytes box, struct contact *);
/* Finds rows of an address without opening their boxes; empty for "". */
struct bytes contact_mail_index(struct desk *, const char *mail);

#endif
