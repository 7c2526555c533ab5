/* What the room says about itself: privacy, accessibility, urgent help. */
#ifndef WEB_NOTICES_H
#define WEB_NOTICES_H

#include "web/page.h"

struct notice_page {
	enum text title;
	const char *field;	/* of the room's words */
};

/* Part: a text of the room as paragraphs, one a line; a line that begins
 * with "# " is a heading. */
void page_paragraphs(struct page *, int64_t owner, const char *field);

#endif
