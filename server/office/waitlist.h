/* The waiting list for staff: what is waited for, and who, by number. */
#ifndef OFFICE_WAITLIST_H
#define OFFICE_WAITLIST_H

#include "room/waiting.h"
#include "web/page.h"

#define WAITLIST_DAYS 90	/* looked back */

struct waitlist_list_page {
	const struct waiting_kind *kinds;
	int kind_count;
	const struct waiting *wishes;	/* those that wait */
	int count;
	int joined, offered, booked;
	const char *code;	/* as typed, to be struck off */
	bool unknown;		/* nobody waits under it */
	bool struck;		/* somebody was, just now */
};

#endif
