/* Booking for somebody on the phone. */
#ifndef OFFICE_PHONE_H
#define OFFICE_PHONE_H

#include "web/check.h"
#include "web/contact.h"

struct phone_page {
	int64_t id;		/* of the hold */
	struct frame frame;
	int64_t theme, advisor;
	const char *until;	/* 9:50: how long it is held */
	struct entry entries[CONTACT_FIELDS];	/* without a note */
	unsigned access;
	int errors;
};

struct phone_done_page {
	struct done_page ticket;
	const char *day;	/* 2026-07-01 */
	const char *code;	/* bare digits */
};

#endif
