/*
 * The door to a booking for whoever knows its number and its words.  Five
 * tries per number and peer in an hour; an unknown number and wrong words
 * are answered alike, and take as long.
 */
#ifndef ROOM_DOOR_H
#define ROOM_DOOR_H

#include "room/booking.h"

#define DOOR_TRIES 5

enum door {
	DOOR_OPEN,
	DOOR_SHUT,	/* no such number, or other words */
	DOOR_LOCKED,	/* too many tries within the hour */
	DOOR_FAULT
};

/* Runs on the writer, for it counts the try: keep its changes also when it
 * stays shut.  `code` and `words` are as she typed them. */
enum door door_knock(struct desk *, const char *peer, const char *code,
    const char *words, struct booking *);

#endif
