/*
 * Addresses at which nobody can be reached: a letter was refused there or
 * came back for good, because the mailbox is not there or takes no mail.  No
 * further letter is tried at such an address, until
 *
 * - she types it once more herself, or asks for her letter once more: then
 *   it may be in order again.  She is not told what is known of it, here or
 *   on any page, since whoever types somebody else's address must not learn
 *   that she is known here;
 * - staff lift it, or send such a letter again;
 * - it is as old as the room remembers visits (forget_days), or nothing
 *   knows the address any more.
 *
 * An address is known by its blind index alone (contact.h).
 */
#ifndef ROOM_UNREACHABLE_H
#define ROOM_UNREACHABLE_H

#include <stdbool.h>

#include "room/desk.h"

struct unreachable {
	int64_t id;
	const char *status;	/* "5.1.1" */
	int64_t since;
	const char *code;	/* of a booking or a wish, "" if none has one */
	int32_t day;		/* of that booking, 0: of a wish */
};

/*
 * Does a status say that (RFC 3463 and the registry of RFC 5248)?
 *	5.1.1	no such mailbox (3.2)		5.1.2	no such domain (3.2)
 *	5.1.3	not an address there (3.2)	5.1.6	has moved away (3.2)
 *	5.1.10	takes no mail at all (RFC 7505 4.2)
 *	5.2.1	mailbox disabled (3.3)
 * A full mailbox (5.2.2), a letter too large (5.2.3), the route (5.4.x), a
 * policy (5.7.x) and what is wrong with the sender (5.1.7, 5.1.8) say
 * nothing about whether she is there, nor does any 4.x.x.
 */
bool unreachable_status(const char *);

/* A letter has failed for good with that status ("" for none): remembers the
 * address, if it is hers and the status says so (writer).  0 or -1. */
int unreachable_note(struct desk *, int64_t letter, const char *status);
/* Does a letter go to such an address?  1 and why, 0, -1. */
int unreachable_letter(struct desk *, int64_t letter, const char **status);

/* Whoever waits for a letter there is tried again (writer): by the id of
 * what is listed, by a letter, by a booking, by an index.  1, 0 it was not so,
 * -1. */
int unreachable_lift(struct desk *, int64_t id);
int unreachable_lift_letter(struct desk *, int64_t letter);
int unreachable_lift_booking(struct desk *, int64_t booking);
int unreachable_lift_index(struct desk *, struct bytes mail_index);

/* Up to a hundred, the latest first; how many or -1. */
int unreachable_list(struct desk *, struct unreachable **);
int unreachable_count(struct desk *, int64_t *count); /* 0 or -1 */
/* Forgets what need not be known any more (writer).  How many or -1. */
int unreachable_purge(struct desk *);

#endif
