/*
 * What the pages about her visit share: finding her booking by the sealed
 * cookie, checking her forms, sending her where she belongs, and offering
 * near times in place of one that she cannot have.
 *
 *	POST /holds -> /contact -> /check -> /done
 *	/manage, /manage/TOKEN -> /visit -> /visit/move, /visit/cancel
 *
 * Whoever waits for a time is remembered in the same way, by her wish, and
 * led to its page.
 */
#ifndef WEB_GUEST_H
#define WEB_GUEST_H

#include "room/share.h"
#include "room/stage.h"
#include "web/cookie.h"
#include "web/form.h"
#include "web/handlers.h"
#include "web/page.h"
#include "web/slots.h"

#define SLOT_ID_MAX 64 /* two numbers; what is longer is not sent back */

struct guest {
	struct desk desk;
	struct visit visit;
	struct booking booking;
	enum stage stage;
};

/* Finds her booking.  False: there is none, and a page has been sent that
 * says so and leads on. */
bool guest_find(struct web *, struct request *, struct guest *);
/* A form of ours whose guard is right.  NULL: answered with 400 or 403. */
struct form *guest_form(struct web *, struct request *);
/* Both, for a POST from one of her pages.  NULL: answered. */
struct form *guest_post(struct web *, struct request *, struct guest *);

/* 303 to the page on which her booking stands now. */
void guest_go_home(struct request *, const struct guest *);
/* The language of her pages: "ja", "easy", "en". */
const char *guest_lang(struct web *, struct request *);

/* What her network and her address may take. */
struct share guest_share(struct web *, const struct request *);

/* What a change returns to the writer: keep it, undo it, fault. */
int guest_kept(enum booked);

/*
 * The page in place of a frame that she cannot have: what happened, and
 * near times as buttons that post to use->action.  `here` is where its
 * language links lead.
 */
void guest_offer(struct web *, struct request *, enum booked why,
    const char *slot, const struct slots_use *use, const char *here);

/* The near times alone, as days to press; 0 or -1. */
int guest_near(struct page *, const char *slot, const struct slots_use *,
    struct slot_days *);

/* How a browser remembers a wish on the waiting list: as the booking that it
 * will be. */
struct visit visit_of_wish(int64_t wish);

/* When and where, at the top of her pages. */
struct frame {
	int64_t starts_at, ends_at;
	const char *channel;
	int64_t place;
};
struct frame frame_of_booking(const struct booking *);
struct frame frame_of_slot(const struct slot *);

/* A frame held for her: drawn as ten berries. */
struct hold {
	struct frame frame;
	const char *until;	/* 9:50 */
	int64_t left_s;
	int minutes;		/* left, begun ones count */
	int whole;		/* minutes of a hold */
	bool lapsed, extendable;
};
struct hold hold_of(const struct guest *);

/* Pages of several files. */
struct offer_page {
	enum text title;
	struct slot_days days;
	bool moving;		/* her booking stands as it was */
	const char *all;	/* where every free time is */
	const char *waiting;	/* where a wish for that day is made, or NULL */
};

#endif
