/*
 * The table of rights.  Advisors see their own visitors, staff schedules
 * and figures, managers accounts and the audit besides.  Nobody but the
 * advisor reads a note: her page promises that.
 */
#include "room/right.h"

#include <string.h>

#define STAFF 1
#define MANAGER 2
#define ADVISOR 4

static const int granted[RIGHTS] = {
	[RIGHT_DAY] = STAFF | MANAGER | ADVISOR,
	[RIGHT_OUTCOME] = STAFF | MANAGER | ADVISOR,
	[RIGHT_CONTACT] = STAFF | MANAGER | ADVISOR,
	[RIGHT_NOTE] = ADVISOR,
	[RIGHT_FORGET] = STAFF | MANAGER,
	[RIGHT_BOOK] = STAFF | MANAGER,
	[RIGHT_CLOSE] = STAFF | MANAGER,
	[RIGHT_LETTERS] = STAFF | MANAGER,
	[RIGHT_FEEDS] = STAFF | MANAGER | ADVISOR,
	[RIGHT_TIDINGS] = MANAGER | ADVISOR,
	[RIGHT_WAITLIST] = STAFF | MANAGER,
	[RIGHT_USAGE] = STAFF | MANAGER,
	[RIGHT_OUTLETS] = STAFF | MANAGER,
	[RIGHT_ROOM] = MANAGER,
	[RIGHT_ACCOUNTS] = MANAGER,
	[RIGHT_AUDIT] = MANAGER,
};

static int
role_bit(const char *role)
{
	if (strcmp(role, "staff") == 0)
		return STAFF;
	if (strcmp(role, "manager") == 0)
		return MANAGER;
	return strcmp(role, "advisor") == 0 ? ADVISOR : 0;
}

bool
may(const struct account *account, enum right right)
{
	if (account->disabled || account->one_time)
		return false;
	return (granted[right] & role_bit(account->role)) != 0;
}

bool
may_about(const struct account *account, enum right right, int64_t advisor)
{
	if (!may(account, right))
		return false;
	return role_bit(account->role) != ADVISOR ||
	    (account->advisor != 0 && account->advisor == advisor);
}
