/*
 * Room files: themes, places, advisors, openings and the room's policy and
 * words as one text that people edit (etc/rooms, hokenctl room load, dump).
 * Loading touches only what the file names; what is missing from it is kept
 * unless `prune`, which withdraws it.
 */
#ifndef ROOM_ROOMFILE_H
#define ROOM_ROOMFILE_H

#include <stdbool.h>

#include "room/desk.h"

struct roomfile_result {
	int themes, advisors, places, openings, closures, sessions;
	const char *error;	/* "line 12: unknown theme 'carer'", or NULL */
};

/* Parses and checks the whole text before it changes anything, then expands
 * openings (writer).  0, 1 the text is wrong (error is set), -1 fault. */
int roomfile_load(struct desk *, const char *text, bool prune,
    struct roomfile_result *);
/* The room as such a text; NULL on a fault. */
char *roomfile_dump(struct desk *);

#endif
