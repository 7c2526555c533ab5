/* The day as advisors and staff see it. */
#ifndef OFFICE_DAY_H
#define OFFICE_DAY_H

#include "room/queue.h"
#include "web/page.h"

/* One line of the day: a booking, or a frame that is still free. */
struct day_line {
	int64_t starts_at, ends_at;
	const struct booking *booking;	/* NULL: free */
	int64_t theme, place;
	bool online;
	bool now, over;
	bool markable;		/* has begun and stands */
	enum queue_reached reached;	/* by letters about it */
	bool open;		/* what she told is shown */
	struct contact contact;	/* only when open */
};

struct day_page {
	int64_t at;		/* begin of the day */
	bool today;
	const char *earlier, *later;	/* 2026-06-30, 2026-07-02 */
	const char *date;	/* 2026-07-01 */
	struct day_line *lines;
	size_t count;
	int64_t ahead;		/* bookings not over yet */
	bool may_open;		/* names and addresses, for this account */
	bool may_read;		/* her note too */
	bool may_close;		/* hours */
	bool may_book;
	struct booking *unmarked;	/* today: of the days before */
	int unmarked_count;
	struct booking *attention;	/* today: of any day to come */
	int attention_count;
	int64_t attention_all;	/* also those beyond the list */
	struct slot *walk_ins;	/* today: who could be received now */
	size_t walk_in_count;
};

/* Where a booking stands on the page of its day. */
const char *day_path(struct arena *, const struct booking *);

#endif
