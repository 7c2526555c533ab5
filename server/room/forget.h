/*
 * Forgetting whose a booking was: what she told, her letters, her links and
 * words, the answers kept for her.  The line stays for the figures, without
 * a name.  All of it runs on the writer; what was erased leaves the database
 * with the commit and its log soon after (db_scrub()).
 */
#ifndef ROOM_FORGET_H
#define ROOM_FORGET_H

#include "room/booking.h"

enum forgot {
	FORGOT,		/* she is, for good; also at the second click */
	FORGOT_LATER,	/* she will be, see below; can be taken back */
	FORGOT_UNKNOWN,	/* no such booking, or a hold, which goes by itself */
	FORGOT_FAULT
};

/*
 * At once when the visit is over or cancelled, else once it is.  by "guest"
 * or "room", as in booking_cancel().
 *
 * Letters that have not left: by her wish none leaves any more, for the page
 * in front of her says how her booking stands, and a letter may be what she
 * fears.  When the room asks for it, a letter that tells her of the room's
 * own cancellation goes first, since else she might come in vain: LATER.
 *
 * What was forgotten stands in the ledger of `var` before it is committed.
 */
enum forgot forget_visit(struct desk *, const char *var, int64_t id,
    const char *by, struct booking *);
/* Takes a wish for later back. */
enum forgot forget_not(struct desk *, int64_t id, struct booking *);

/* What is due: wishes whose visit is over, and visits that ended so many
 * days ago as the room's policy says.  A batch of them, soonest first; how
 * many or -1.  One that cannot be erased is logged and tried again; wishes
 * wait while the ledger cannot be written. */
int forget_due(struct desk *, const char *var);
/* What the ledger of `var` names and a restored database still knows, wishes
 * of the waiting list among it.  A booking to come among them had been
 * cancelled.  How many or -1. */
int forget_again(struct desk *, const char *var);

#endif
