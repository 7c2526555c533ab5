/*
 * What an account may do: the one place that says so.  Whatever is not
 * granted here is denied.
 */
#ifndef ROOM_RIGHT_H
#define ROOM_RIGHT_H

#include "room/account.h"

enum right {
	RIGHT_DAY,	/* bookings of a day: code, time, channel */
	RIGHT_OUTCOME,	/* marking who came */
	RIGHT_CONTACT,	/* opening how she is called and reached; audited */
	RIGHT_NOTE,	/* opening her note: her advisor alone; audited */
	RIGHT_FORGET,	/* erasing whose a booking was; audited */
	RIGHT_BOOK,	/* booking on behalf, walk-ins */
	RIGHT_CLOSE,	/* closing hours and opening them again */
	RIGHT_LETTERS,	/* what waits and failed; trying again, pausing */
	RIGHT_FEEDS,	/* addresses of calendars */
	RIGHT_TIDINGS,	/* what an advisor is told by mail, and where */
	RIGHT_WAITLIST,	/* who waits for what, by code; withdrawing, audited */
	RIGHT_USAGE,	/* figures */
	RIGHT_OUTLETS,	/* flyers, where they lie, how many came */
	RIGHT_ROOM,	/* themes, places, openings, texts */
	RIGHT_ACCOUNTS,
	RIGHT_AUDIT,
	RIGHTS
};

/* False for an account that is disabled, has a one-time password, or has an
 * unknown role. */
bool may(const struct account *, enum right);

/* The same about something of one advisor: an advisor's account reaches
 * her own things only. */
bool may_about(const struct account *, enum right, int64_t advisor);

#endif
