/* What the operator's gauges show of the room: counts, nothing personal. */
#ifndef ROOM_FIGURES_H
#define ROOM_FIGURES_H

#include "room/desk.h"

struct figures_letters {
	int64_t waiting;	/* to be sent some day */
	int64_t overdue;	/* should have been sent by now */
};

int figures_letters(struct desk *, struct figures_letters *); /* 0 or -1 */

#endif
