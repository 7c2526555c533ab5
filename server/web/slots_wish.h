/*
 * What she wishes of a free time, as it stands in the address of the list:
 * read from there, written back there.
 */
#ifndef WEB_SLOTS_WISH_H
#define WEB_SLOTS_WISH_H

#include "web/slots.h"

#define VIEW_DAYS 14
#define SOON_DAYS 2

/* Conditions of a wish that can be left out, in the order in which they
 * are. */
enum {
	WISH_LONGER = 1,
	WISH_TIMES = 2,
	WISH_PLACE = 4,
	WISH_CHANNEL = 8,
	WISH_ANYTHING = 16,
	WISH_THEME = 32
};

/* What a search stands on. */
struct search {
	struct page *page;
	const struct slots_use *use;
	struct policy policy;
	int32_t today, end_day;	/* end exclusive */
};

/* Fills all but page and use; 0 or -1. */
int wish_begin(struct search *);
/* Fills wish, notice, filtered and open_filters; 0 or -1. */
int wish_read(struct search *, const struct form *, struct slots_page *);
/* The conditions it sets, WISH_* or-ed. */
unsigned wish_conditions(const struct slots_wish *);
/* The list with this wish from an instant on. */
const char *wish_address(struct search *, const struct slots_wish *,
    int64_t from_at);
/* The beginning of what she wishes. */
int64_t wish_from(const struct slots_wish *);
/* Where to tell that no time suits it: POST /demand (missed.c). */
const char *wish_missed(struct search *, const struct slots_wish *);
/* Names of the parts of the day, as in addresses; NULL behind the last. */
const char *wish_times_name(size_t i, unsigned *bit);

#endif
