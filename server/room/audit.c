/*
 * The audit.  Looking at the same thing again within ten minutes is one
 * reading; every change is a row of its own.
 */
#include "room/audit.h"

#include <string.h>

#define READING_S 600

int
audit_write(struct desk *desk, const char *action, int64_t booking)
{
	const struct actor *actor = &desk->actor;
	int result;

	if (strncmp(action, "open_", 5) == 0)
		result = db_do(desk->db, audit_add_reading, .now = desk->now,
		    .since = desk->now - READING_S, .account = actor->account,
		    .uid = actor->uid, .action = action, .booking = booking);
	else
		result = db_do(desk->db, audit_add, .now = desk->now,
		    .account = actor->account, .uid = actor->uid,
		    .action = action, .booking = booking);
	return result < 0 ? -1 : 0;
}
