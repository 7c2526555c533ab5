/* What is talked about. */
#ifndef ROOM_THEME_H
#define ROOM_THEME_H

#include "room/desk.h"

struct theme {
	int64_t id;
	const char *code;	/* "career": at most 32 of [a-z0-9_-] */
	int rank;
};

/* Themes on offer by rank; how many or -1. */
int theme_list(struct desk *, struct theme **);
/* 1, 0 unknown or withdrawn, -1. */
int theme_by_code(struct desk *, const char *code, struct theme *);
/* Also finds withdrawn ones: bookings keep their theme. */
int theme_by_id(struct desk *, int64_t id, struct theme *);

/* ISO weekday on which most of its sessions of the coming four weeks begin,
 * 0 when there are none or they spread evenly, -1 fault. */
int theme_weekday(struct desk *, int64_t theme);

#endif
