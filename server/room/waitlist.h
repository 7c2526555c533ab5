/*
 * The waiting list: wishes for a time that was not free.  A wish has a
 * number and three words like a booking and keeps both when it becomes one.
 * A wish for an earlier time belongs to a booking and is found through it.
 * What it asks for is what the list of free times can be asked for.
 */
#ifndef ROOM_WAITLIST_H
#define ROOM_WAITLIST_H

#include "room/booking.h"

struct wish {
	int64_t id;
	const char *code;	/* NULL: of its booking */
	int64_t booking;	/* that is to be earlier, 0: none yet */
	int64_t theme, place;	/* 0: any */
	int anything;		/* of advisors who take any talk */
	const char *channel;	/* NULL: any */
	unsigned times;		/* enum slot_times or-ed, 0: any */
	int longer;
	int64_t from_at, until_at;	/* starts; until exclusive */
	const char *lang;
	struct bytes contact;	/* sealed: waitlist_contact() opens */
	const char *state;	/* waiting, booked, withdrawn, ended */
	int64_t joined_at, offered_at, booked_at;	/* 0: not yet */
	int reachable;		/* a letter can be sent to her */
	int unanswered;		/* offers in a row: offer.h */
};

/* Her words are those of the booking that it becomes, which begins with this
 * generation. */
#define WISH_GENERATION 1

/* Wishes of one network in an hour, and of one address at a time. */
#define WAITLIST_SHARE 16
#define WAITLIST_OF_MAIL 4

enum joined {
	JOINED,
	JOINED_FREE,	/* nothing to wait for: such a time is free now */
	JOINED_PAST,	/* no such time can come any more */
	JOINED_OFTEN,	/* beyond her network's or the address's share */
	JOINED_STATE,	/* that booking cannot be moved */
	JOINED_FAULT
};

/* Puts a wish on the list (writer): conditions and language of `asked`, name
 * and mail of the contact.  `peer` as in share.h. */
enum joined waitlist_join(struct desk *, const char *peer,
    const struct wish *asked, const struct contact *, struct wish *);
/* An earlier time for a booking: same theme, same place (writer).  Asking
 * twice is one wish. */
enum joined waitlist_join_earlier(struct desk *, const char *peer,
    int64_t booking, struct wish *);

/* 1, 0 none, -1. */
int waitlist_get(struct desk *, int64_t id, struct wish *);
int waitlist_by_code(struct desk *, const char *code, struct wish *);
int waitlist_of_booking(struct desk *, int64_t booking, struct wish *);

/* Does anybody wait?  1, 0 or -1. */
int waitlist_any(struct desk *);
/* Those that wait and can be written to, the longest waiting first. */
int waitlist_reachable(struct desk *, struct wish **);
/* What a wish asks for. */
struct slot_filter waitlist_filter(const struct wish *);
/* Free frames that fit now, by start, at most `most`.  How many or -1. */
int waitlist_matches(struct desk *, const struct wish *, size_t most,
    struct slot **);
/* What she told, also with a booking; 0 or -1. */
int waitlist_contact(struct desk *, const struct wish *, struct contact *);

/* The wish comes true with this slot, by the normal path of a booking or a
 * move (writer).  Its other offers end.  No share is asked (share.h): the wish
 * was counted when it joined, and what was waited for must be takeable. */
enum booked waitlist_fulfil(struct desk *, const struct wish *,
    const char *slot, struct booking *);
/* The same with a free slot that she chose: BOOKED_UNKNOWN when it is none
 * that she waited for, so that a wish is no way round the shares. */
enum booked waitlist_take(struct desk *, const struct wish *,
    const char *slot, struct booking *);
/* She waits no longer (writer): 1, 0 she did not, -1.  It stands in the ledger
 * of `var` before it is committed, so that no restored copy asks her again. */
int waitlist_withdraw(struct desk *, const char *var, int64_t id);
/* By the room, when she asks for it, by the number that she says: the wish's
 * or that of her booking which was to be earlier (audited).  As above. */
int waitlist_withdraw_code(struct desk *, const char *var, const char *code);
/* The same without the ledger: it tells already, or needs not. */
int waitlist_drop(struct desk *, int64_t id);
/* Ends wishes whose days are past or that came true otherwise (writer).  0
 * or -1. */
int waitlist_tidy(struct desk *, const struct policy *);

#endif
