/*
 * Where flyers lie.  Staff give an outlet a name, "市立病院の待合室"; its
 * code is what stands on paper, so it never changes and never ends: an
 * outlet can be withdrawn, not deleted, and its address goes on landing.
 */
#ifndef ROOM_OUTLET_H
#define ROOM_OUTLET_H

#include <stdbool.h>

#include "room/desk.h"

#define OUTLET_NAME_MAX_CHARS 40
#define OUTLET_CODE_MAX 16
#define OUTLETS_MAX 200		/* a city has not more, a program might */
#define OUTLET_RECENT_DAYS 30

struct outlet {
	int64_t id;
	const char *code, *name;
	int withdrawn;
	int64_t created_at;
	/* In a list, else 0: */
	int64_t visits, recent;	/* ever, of the last 30 days */
	int64_t bookings;	/* made after a visit */
};

enum outlet_result {
	OUTLET_DONE,
	OUTLET_UNKNOWN,
	OUTLET_TAKEN,		/* another one has this code */
	OUTLET_MANY,		/* OUTLETS_MAX are there */
	OUTLET_FAULT
};

/* A code as it was typed off a flyer: NFKC, lower case, without blanks. */
char *outlet_code_read(struct arena *, const char *typed);
/* a-z, 0-9 and - inside; 2 to 16. */
bool outlet_code_ok(const char *);

/* Adds one (writer).  Code "" draws one of four characters that cannot be
 * mistaken for each other. */
enum outlet_result outlet_add(struct desk *, const char *name,
    const char *code, struct outlet *);
/* Takes it off the list of what is printed, or puts it back (writer). */
enum outlet_result outlet_withdraw(struct desk *, const char *code,
    bool withdrawn);

/* 1, 0 none, -1. */
int outlet_by_code(struct desk *, const char *code, struct outlet *);
/* The same by a code or a name as people write them. */
int outlet_find(struct desk *, const char *words, struct outlet *);
/* With their counts, the oldest first, withdrawn ones last; how many, -1. */
int outlet_list(struct desk *, struct outlet **);

#endif
