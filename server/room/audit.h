/* Every reading and changing of personal data by an account. */
#ifndef ROOM_AUDIT_H
#define ROOM_AUDIT_H

#include "room/desk.h"

/* One row by desk->actor (writer).  Readings ("open_contact", "open_note")
 * are written once per actor, booking and ten minutes.  0 or -1. */
int audit_write(struct desk *, const char *action, int64_t booking);

#endif
