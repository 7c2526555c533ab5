/* The page of flyers: where they lie, what came of them. */
#ifndef OFFICE_OUTLETS_H
#define OFFICE_OUTLETS_H

#include "room/outlet.h"
#include "web/page.h"

struct outlets_page {
	const struct outlet *list;	/* in use first */
	size_t count;
	const char *address;		/* "https://example.jp/f/" */
	/* The form, as typed, and what was wrong with it. */
	const char *name, *code;
	enum text name_wrong, code_wrong;
};

/* A count under this many is set in grey: it says little and is nearly
 * one person. */
#define OUTLET_FEW 4

#endif
