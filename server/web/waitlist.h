/*
 * The waiting list for her who waits: asking, her wish as it stands, and the
 * answer to an offer.
 *
 *	/slots -> /waitlist -> /waitlist/wish -> /waitlist/take
 *	letter -> /offers/TOKEN -> /visit
 *	its header -> /stop/TOKEN (stop.h)
 *	/visit -> /visit/earlier
 */
#ifndef WEB_WAITLIST_H
#define WEB_WAITLIST_H

#include "room/offer.h"
#include "web/check.h"
#include "web/contact.h"
#include "web/slots_wish.h"

/* Asking for exactly what the list of free times was asked for. */
struct waitlist_page {
	const char *address;	/* of this page, with the conditions */
	const char *free_times;	/* the list with the same */
	struct wish wish;	/* the same for the domain */
	struct entry entries[CONTACT_FIELDS];
	int errors;
	bool past;		/* such a time cannot come any more */
};

/* Her wish: number, words, what is offered, what fits now. */
struct wish_page {
	struct wish wish;
	struct done_page ticket;	/* number and words */
	struct offer_line *offers;
	int offer_count;
	struct slot_days matches;
};

/* An open offer on it. */
struct offer_line {
	const char *token;
	int64_t starts_at, ends_at, until_at;
	bool shared;
};

/* One of the frames that fit, before she takes it. */
struct waitlist_take_page {
	const char *slot;
	struct frame frame;
};

/* What a letter's link opens. */
struct offered_page {
	const char *token;
	struct frame frame;
	int64_t until_at;
	bool shared;
	struct frame now;	/* her booking; starts_at 0: none yet */
	/* Of an offer that cannot be taken: */
	bool waits;		/* she does still */
	enum text title;
	struct slot_days near;
};

/* Where a wish can be made of what the list was asked for: the days from
 * wish->from_day to until_day (exclusive). */
const char *waitlist_address(struct search *, const struct slots_wish *,
    int32_t until_day);

#endif
