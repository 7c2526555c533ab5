/* The page of where an account is signed in. */
#ifndef OFFICE_SITTINGS_H
#define OFFICE_SITTINGS_H

#include "room/sitting.h"
#include "web/page.h"

struct sittings_page {
	const struct sitting *list;
	int count;
	int64_t own; /* the sitting of this browser */
	const char *name; /* whose, as a manager sees it; NULL: one's own */
	const char *action; /* where its buttons lead */
};

#endif
