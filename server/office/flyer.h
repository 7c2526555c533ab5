/* A flyer to be printed: an A4 sheet, or four A6 cards on one. */
#ifndef OFFICE_FLYER_H
#define OFFICE_FLYER_H

#include "base/qr.h"
#include "room/outlet.h"
#include "web/form.h"
#include "web/page.h"

#define FLYER_THEMES 10	/* more do not fit */
#define FLYER_CARDS 4

struct flyer_theme {
	int64_t id;
	int weekday;		/* ISO 8601, 0: no single one */
	const char *look;	/* drawing and colours */
};

/* What can be chosen, as a link of the bar above the sheet. */
struct flyer_choice {
	enum text name;
	const char *href;
	bool chosen;
};

struct flyer_page {
	struct outlet outlet;
	struct qr qr;
	enum lang paper;	/* which is not that of the office */
	const char *host;	/* "example.jp", without https:// */
	struct flyer_theme themes[FLYER_THEMES];
	size_t count;
	bool small;		/* four A6 */
	bool discreet;		/* says nothing of what it is about */
	bool home;		/* the address leads to this machine only */
	bool long_address;	/* set smaller */
	struct flyer_choice choices[6];
	size_t choice_count;
	struct raw style;	/* of a file that stands alone, else "" */
};

/* The first part of the query that names no flyer of ours, or NULL. */
const char *flyer_unknown(const struct form *query);

/* Answers with the flyer.  `size` (a4, a6), `discreet` and `in` (a language)
 * come from the query; `alone`: a file that brings its style along and has
 * no bar. */
void flyer_send(struct web *, struct request *, const struct outlet *,
    const struct form *query, bool alone);

#endif
