/*
 * Which frames of which sessions are free.  The loop owns one board and
 * looks at it for every list of slots; whoever has none (the writer, tests)
 * opens one for a single list.  Nothing else remembers availability.
 *
 * What makes a stale frame impossible:
 * - The sessions of a day, the booths of their places and what is closed are
 *   those of policy.generation; whoever changes one of them raises it, and a
 *   day of another generation is read again.
 * - What is claimed of a session was read at a generation of the writer, from
 *   a snapshot that began later.  Each claim that is made or released touches
 *   its resource's day (claim.h), so that a session whose advisor or one of
 *   whose booths has been touched since is read again, and no other.
 * - A hold that runs out touches nothing: what was read stands only until
 *   the first of its holds ends, and never before the instant of its reading.
 * - Notice and window move with the clock: they are no part of it.
 */
#ifndef ROOM_BOARD_H
#define ROOM_BOARD_H

#include "room/place.h"
#include "room/policy.h"
#include "room/session.h"

/* A session lasts a day at most and a frame with its gap a quarter hour at
 * least. */
#define BOARD_FRAMES (DAY_S / QUARTER_S)

struct frames {
	struct session session;
	int count;
	bool open[BOARD_FRAMES];	/* neither closure nor closed day */
	bool free[BOARD_FRAMES];	/* open and claimed by nobody */
	/* The board's own: */
	struct booth *booths;
	int booth_count;
	bool known;			/* `free` was read */
	uint64_t generation;		/* of the writer, from before that */
	int64_t read_at, until_at;	/* it stands in between */
};

struct board;

/* `marks` are the writer's, or NULL for a board of one list.  It holds at
 * most BOARD_DAYS days, each a few hundred bytes a session. */
#define BOARD_DAYS 400
struct board *board_open(const struct marks *);
void board_close(struct board *);	/* NULL is fine */

/* The sessions that begin on a local day, in the order of session_list().
 * They are the board's and stand until the room changes. */
int board_day(struct board *, struct desk *, const struct policy *,
    int32_t day, struct frames **);	/* how many or -1 */

/* Brings `free` of one of them up to date; 0 or -1.  With a holder (a booking
 * that is being moved) its own claims count as free, this once. */
int board_look(struct board *, struct desk *, struct frames *,
    int64_t holder);

#endif
