/*
 * What a database is, for ever: rehearsed or real, in which zone, with
 * which keys.  A rehearsal runs on invented time, so it must never be
 * mistaken for the room's real bookings, and its time never runs backwards.
 */
#ifndef ROOM_MARK_H
#define ROOM_MARK_H

#include <stdbool.h>

#include "room/desk.h"

/* May this database be opened now under this clock, zone and keys?  Writes the
 * marks the first time.  0, or 1 with a reason in *why, or -1. */
int mark_open(struct desk *, bool rehearsal, const char **why);
/* Do the desk's keys open what is in it?  Only looks: 1 or 0, -1. */
int mark_keys(struct desk *);
/* Remembers the last instant of a rehearsal: at its start and now and
 * then.  0 or -1. */
int mark_instant(struct desk *);

#endif
