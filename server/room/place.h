/* Where: in person with booths, or online with parallel rooms. */
#ifndef ROOM_PLACE_H
#define ROOM_PLACE_H

#include <stdbool.h>

#include "room/desk.h"

#define CHANNEL_IN_PERSON "in_person"
#define CHANNEL_ONLINE "online"

struct place {
	int64_t id;
	const char *code;
	int rank;
	const char *channel;
};

struct booth {
	int64_t id;
	int64_t place;
	int rank;
};

bool channel_known(const char *);	/* one of the two words */

int place_list(struct desk *, struct place **);
int place_by_code(struct desk *, const char *code, struct place *);
/* Booths in the order in which they are taken. */
int place_booths(struct desk *, int64_t place, struct booth **);

#endif
