/* The letters of a first run. */
#ifndef WEB_MAIL_H
#define WEB_MAIL_H

#include "mail/reading.h"
#include "web/page.h"

struct mail_row {
	const char *name;
	struct reading letter;
};

struct mail_page {
	struct mail_row *rows;
	size_t count;
};

/* A part: plain text whose lines that are an address can be followed. */
void page_linked(struct page *, const char *text);

#endif
