/*
 * What every call of the domain stands on.  Whoever asks, a page, the API,
 * a feed or a timer, brings one: the domain does not know the difference.
 * Changes happen on the writer's connection inside its transaction; reads
 * on any.  Rows and texts are copied into `arena`.
 */
#ifndef ROOM_DESK_H
#define ROOM_DESK_H

#include "base/mem.h"
#include "base/seal.h"
#include "base/when.h"
#include "store/db.h"

/* Who acts, for the audit. */
struct actor {
	int64_t account;	/* 0: nobody signed in */
	int64_t uid;		/* user id on the operator's socket, else -1 */
};

struct desk {
	struct db *db;
	struct arena *arena;
	const struct keys *keys;
	int64_t now;
	struct actor actor;
	/* Of the loop's desks: what it remembers of free frames, and the
	 * writer's generation from before anything was read here. */
	struct board *board;
	uint64_t generation;
	/* What it remembers of the room's words, used where policy.generation
	 * has been read into `room`. */
	struct wordbook *wordbook;
	int64_t room;
};

#endif
