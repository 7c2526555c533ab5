/*
 * Tidings: what an advisor wishes to be told by mail, at once or each
 * morning (notice.h writes the letters).  Her address is kept, sealed, as
 * long as she wishes for one of them and no longer.
 */
#ifndef ROOM_TIDINGS_H
#define ROOM_TIDINGS_H

#include <stdbool.h>

#include "room/desk.h"

struct tidings {
	int64_t id;		/* of this address; 0: she wishes for nothing */
	int64_t advisor;
	const char *advisor_code;
	struct bytes address;	/* sealed: tidings_address() opens */
	const char *lang;	/* of her letters: "ja", "en" */
	int notices;		/* 1: at once */
	int digest;		/* 1: each morning */
};

/* Of every advisor in service, by rank.  How many or -1. */
int tidings_list(struct desk *, struct tidings **);
/* 1, 0 she wishes for nothing or is not in service, -1. */
int tidings_of(struct desk *, int64_t advisor, struct tidings *);
int tidings_by_id(struct desk *, int64_t id, struct tidings *);
/* "" where there is none.  0 or -1. */
int tidings_address(struct desk *, const struct tidings *, const char **);

/* What she chooses; address is clean and checked (mail_address.h), "" keeps
 * the one that is there. */
struct tidings_wish {
	const char *address;
	const char *lang;
	bool notices, digest;
};

enum tidings_result {
	TIDINGS_DONE,
	TIDINGS_NO_ADDRESS,	/* none is given and none is there */
	TIDINGS_FAULT
};

/* Sets that for an advisor (writer), with its line in the audit.  Neither of
 * both forgets her address.  What waits to leave goes to the new address;
 * links in letters to the old one are dead.  Today's digest is written where
 * it is still of use. */
enum tidings_result tidings_set(struct desk *, int64_t advisor,
    const struct tidings_wish *);
/* Ends one of both by the id of an address, as her mail program asks
 * (writer).  1, 0 there was nothing to end, -1. */
int tidings_stop(struct desk *, int64_t id, bool digest);
/* She is in service no more (writer).  0 or -1. */
int tidings_forget(struct desk *, int64_t advisor);

#endif
