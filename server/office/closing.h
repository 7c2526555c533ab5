/* Closing hours: the form, what it would do, what it did. */
#ifndef OFFICE_CLOSING_H
#define OFFICE_CLOSING_H

#include "room/closing.h"
#include "web/form.h"
#include "web/page.h"
#include "web/slots.h"

enum {
	CLOSE_WHAT,		/* "room", "place:hall", "advisor:health" */
	CLOSE_FROM,		/* 2026-07-01 */
	CLOSE_FROM_TIME,	/* 13:00, or "": from its beginning */
	CLOSE_UNTIL,		/* or "": the same day */
	CLOSE_UNTIL_TIME,	/* or "": to its end */
	CLOSE_FIELDS
};

struct close_page {
	struct entry entries[CLOSE_FIELDS];
	int errors;
	struct slots_option *options;	/* of CLOSE_WHAT */
	size_t option_count;
	struct closing *closings;	/* that stand */
	size_t count;
};

struct close_check_page {
	const struct entry *entries;
	struct closing closing;
	struct closing_effect effect;
	bool changed;		/* since it was shown first */
};

struct closure_page {
	struct closing closing;
	struct closing_effect effect;
	bool over;
};

#endif
