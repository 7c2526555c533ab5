/* Everything once more before it counts, and the page when it does. */
#ifndef WEB_CHECK_H
#define WEB_CHECK_H

#include "web/guest.h"

struct check_page {
	struct hold hold;
	struct contact contact;
	enum lang lang;		/* of her letters */
	enum text hint;		/* on her address, or TEXT_NONE */
	bool refused;		/* a booking too many: she may phone */
};

struct done_page {
	struct frame frame;
	const char *code;	/* 4827-1935 */
	const char *tail;	/* what she says at the counter: 1935 */
	const char *words[3];	/* in hiragana */
	const char *romaji[3];
	bool mailed;
	const char *tel;	/* digits of the phone number */
	bool asking;		/* the two questions are open */
	bool thanked;		/* for answering them */
};

/* The ticket of a booking; the caller knows who may see it. */
void done_ticket(struct page *, const struct booking *, struct done_page *);

#endif
