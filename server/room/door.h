/*
 * The door to a booking for whoever knows its number and its words.  Five
 * tries per number and peer in an hour, and 120 wrong ones per peer at all
 * numbers: many women share the address of a mobile carrier.  An unknown
 * number and wrong words are answered alike, and take as long.  A wish on the
 * waiting list has a number and words as well.
 */
#ifndef ROOM_DOOR_H
#define ROOM_DOOR_H

#include "room/waitlist.h"

#define DOOR_TRIES 5
#define DOOR_TRIES_PEER 120

enum door {
	DOOR_OPEN,
	DOOR_WAITING,	/* it is a wish on the waiting list */
	DOOR_SHUT,	/* no such number, or other words */
	DOOR_LOCKED,	/* too many tries within the hour */
	DOOR_FAULT
};

/* Runs on the writer, for it counts the try: keep its changes also when it
 * stays shut.  `code` and `words` are as she typed them.  Without a wish
 * (NULL) only bookings are looked for. */
enum door door_knock(struct desk *, const char *peer, const char *code,
    const char *words, struct booking *, struct wish *);

#endif
