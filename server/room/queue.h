/* The outbox as people see it: what waits, what failed, what they can do. */
#ifndef ROOM_QUEUE_H
#define ROOM_QUEUE_H

#include "room/booking.h"

/* A letter without a word of what it says or to whom. */
struct queued {
	int64_t id;
	const char *kind;	/* confirmation, reminder, ... */
	const char *state;	/* due, sending, dead, bounced */
	int64_t due_at, not_after, next_at;
	int attempts;
	const char *error;	/* of the last try: "reply 550", or "" */
	const char *code;	/* of its booking, "" if it is about none */
	int32_t day;		/* of its booking */
};

struct queue_figures {
	int64_t paused_at;	/* no letter leaves since; 0: they do */
	int64_t waiting;	/* to be sent some day */
	int64_t overdue;	/* should have been sent by now */
	int64_t sending;	/* in a worker's hand */
	int64_t failed;		/* given up, and still of use */
};

/* What staff should know wherever they are; cheap. */
struct queue_trouble {
	int64_t paused_at;
	int64_t failed;
	int64_t late;		/* should have left an hour ago */
};

/* Has a letter about a booking, as it stands now, reached her? */
enum queue_reached { QUEUE_REACHED, QUEUE_NOT_YET, QUEUE_UNREACHED };

enum queue_result {
	QUEUE_DONE,
	QUEUE_UNKNOWN,	/* no such letter */
	QUEUE_OVER,	/* its time is over, or what it says is no more true */
	QUEUE_STATE,	/* sent, or not yet due, or under way */
	QUEUE_FAULT
};

int queue_figures(struct desk *, struct queue_figures *); /* 0 or -1 */
int queue_trouble(struct desk *, struct queue_trouble *); /* 0 or -1 */

/* Up to a hundred given up in the last week or still of use, by when they
 * end; and up to a hundred that wait, by their next try.  How many or -1. */
int queue_failed(struct desk *, struct queued **);
int queue_waiting(struct desk *, struct queued **);

/* An enum queue_reached, or -1. */
int queue_of_booking(struct desk *, const struct booking *);

/* Tries a letter at once that failed or waits for another try, also to an
 * address at which nobody was reached (writer). */
enum queue_result queue_again(struct desk *, int64_t id);
/* No letter leaves until queue_resume(), also over restarts (writer).  A
 * worker finishes what it has in hand.  Twice is once.  0 or -1. */
int queue_pause(struct desk *);
int queue_resume(struct desk *);

#endif
