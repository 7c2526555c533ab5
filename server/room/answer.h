/*
 * What people tell when nobody asks who they are: two questions on the page
 * that says a booking is made, and a card of two after the visit.
 *
 * No path leads from an answer back to a booking:
 *
 * - A row is one answer to one question with the quarter of the year.  Not
 *   even the two answers of one woman stand together.
 * - Its key is random and the table has no other order.  What a page of the
 *   disk betrays is the order of a batch, which is drawn.
 * - Answers wait in a sealed box of constant size until ten people have
 *   answered; then all are written in one transaction, in an order that is
 *   drawn.  Whoever compares copies of the database learns that ten answers
 *   belong to ten people, and no sum is shown of fewer.
 * - Once a person: after booking, a throttle that knows the booking by a
 *   keyed digest, and forgets it, takes one answer.  It does not know which.
 * - The card has one address for everybody.  A link of her own would have to
 *   be made from her visit and would say, by arriving, that she came; so a
 *   card can be answered twice, and only networks and hours are bounded.
 */
#ifndef ROOM_ANSWER_H
#define ROOM_ANSWER_H

#include "room/desk.h"

#define ANSWER_BATCH 10	/* people; also the fewest that a sum is shown of */
#define ANSWER_FEW 4	/* within a sum: set in grey */
#define FACES 5		/* from heavy to light */
#define CHOICES_MAX (FACES * FACES)

enum question {
	ASK_HEARD,	/* how she heard of the room */
	ASK_AGE,
	ASK_FEELING,	/* before and after: "2-4" */
	ASK_AGAIN,	/* would she come again */
	QUESTIONS
};

/* What one person told: 0 nothing, else 1 + the number of the choice. */
struct told {
	uint8_t choice[QUESTIONS];
};

const char *question_name(enum question);	/* "heard" */
/* The n-th choice as a word, "flyer"; NULL behind the last. */
const char *choice_name(enum question, size_t n);
/* For struct told; 0 for a word that is none of its choices. */
uint8_t choice_read(enum question, const char *word);

enum answered {
	ANSWERED,
	ANSWERED_BEFORE,	/* she has already */
	ANSWERED_MANY,		/* beyond the bound of a network or an hour */
	ANSWERED_FAULT
};

/* After booking (writer). */
enum answered answer_booked(struct desk *, int64_t booking,
    const struct told *);
/* After a visit (writer).  peer NULL: the operator, without bounds. */
enum answered answer_visited(struct desk *, const char *peer,
    const struct told *);

/* Quarters are as in when_year_quarter(), inclusive. */
struct answer_sum {
	int from_quarter, until_quarter;
	int64_t people;		/* at least ANSWER_BATCH */
	int64_t counts[CHOICES_MAX];
};

/*
 * What may be shown of one question: quarters follow one another, and one
 * with fewer than ten people waits for the next ones and is shown with them,
 * so that no two sums shown together differ by fewer than ten.  The total is of those that
 * are shown.
 */
struct answers {
	struct answer_sum *sums;
	size_t count;
	struct answer_sum total;	/* people 0: nothing to show yet */
};
int answers_get(struct desk *, struct answers[QUESTIONS]); /* 0 or -1 */

#endif
