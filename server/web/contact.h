/* The form on which she tells how she may be called and reached. */
#ifndef WEB_CONTACT_H
#define WEB_CONTACT_H

#include "web/guest.h"

enum { CONTACT_NAME, CONTACT_MAIL, CONTACT_LANG, CONTACT_NOTE, CONTACT_FIELDS };

struct contact_page {
	struct hold hold;
	struct entry entries[CONTACT_FIELDS];
	unsigned access;	/* ACCESS_BIT()s or-ed */
	bool details, soon;	/* her wishes: see struct contact */
	int errors;
};

/* Reads the form's fields into entries and counts what is wrong; also for
 * whoever tells them on the phone. */
void contact_read(struct request *, const struct form *, struct entry *,
    int *errors);
/* What is wrong with a cleaned address, or TEXT_NONE. */
enum text contact_mail_error(const char *address);
/* What is ticked on it, and how it is called. */
unsigned contact_read_access(const struct form *);
enum text contact_access_text(enum access);

#endif
