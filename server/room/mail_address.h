/*
 * Mail addresses as people type them: the pragmatic part of RFC 5321 4.1.2
 * (a dot-atom, a host name with at least two labels; no quoted strings, no
 * address literals, ASCII only).  Japanese carriers once gave out addresses
 * with dots in a row or before the @, against the RFC: at their domains
 * those are fine, though mail may not arrive.
 */
#ifndef ROOM_MAIL_ADDRESS_H
#define ROOM_MAIL_ADDRESS_H

#include "base/mem.h"

enum mail_fault {
	MAIL_FINE,
	MAIL_AT,	/* not exactly one @ */
	MAIL_LOCAL,	/* nothing, or misplaced dots, before it */
	MAIL_DOMAIN,	/* no whole host name behind it */
	MAIL_CHARACTER,	/* a character that no address holds */
	MAIL_LONG	/* 64 octets before the @, 254 in all */
};

enum mail_hint {
	MAIL_HINT_NONE,
	MAIL_HINT_CARRIER,	/* old carrier address: mail may not arrive */
	MAIL_HINT_WORK		/* looks like an employer's: others may read */
};

/* What an input method makes of an address, undone: NFKC (full width to
 * ASCII) and no white space around it. */
char *mail_address_clean(struct arena *, const char *typed);

/* Of a cleaned address; "" is MAIL_AT. */
enum mail_fault mail_address_check(const char *address);
/* Of an address that passed the check. */
enum mail_hint mail_address_hint(const char *address);

#endif
