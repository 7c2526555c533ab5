/* Moving a booking: free times, then old and new side by side. */
#ifndef WEB_MOVE_H
#define WEB_MOVE_H

#include "web/guest.h"

struct move_page {
	struct frame now;
	struct slots_page list;
	bool widen;	/* other themes can be asked for */
};

struct move_check_page {
	struct frame now, next;
	int64_t theme;	/* the new one when it differs, else 0 */
	const char *slot;
};

#endif
