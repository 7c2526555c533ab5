/* Coming back to a booking: by number and words, or by a link. */
#ifndef WEB_MANAGE_H
#define WEB_MANAGE_H

#include "web/guest.h"

struct manage_page {
	const char *code, *words;	/* as typed */
	enum text wrong;	/* what is wrong, or TEXT_NONE */
	bool dead;		/* she came by a link that opens nothing */
};

struct manage_link_page {
	const char *token;
};

struct visit_page {
	enum stage stage;
	struct frame frame;
	const char *code;	/* 4827-1935 */
	bool all;		/* theme, advisor and note may be shown */
	int64_t theme, advisor;
	struct contact contact;
	const char *words;	/* as typed, to show the rest */
	enum text wrong;	/* with them, or TEXT_NONE */
	bool moved;		/* she has just moved it */
	enum text news;		/* what else she has just done */
	struct entry note;	/* as typed, if it is wrong */
	bool forget_after;	/* her wish */
	int forget_days;	/* without a wish */
	int copy_days;		/* that sealed copies know it longer */
	bool booked;		/* or taken a time she was waiting for */
	bool waits;		/* for an earlier time */
	bool reachable;		/* by a letter */
	bool unanswered;	/* nothing is kept for her (offer.h) */
	struct slot_days earlier;	/* free now, when she waits */
};

/* What a form of words says of its last try, so that it is said again in
 * another language: a name, and back. */
const char *manage_said(enum text wrong);
enum text manage_heard(const struct form *);
int manage_status(enum text wrong);

#endif
