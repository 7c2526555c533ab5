/* What may stand in a room file. */
#ifndef ROOM_DRAFT_FORM_H
#define ROOM_DRAFT_FORM_H

#include "base/conf.h"

enum {
	FIELD_NEEDED = 1,	/* in Japanese */
	FIELD_LINES = 2		/* several, one a line */
};

/* Words that a kind of thing carries; a table ends with a NULL name. */
struct draft_field {
	const char *name;
	size_t most_chars;
	unsigned flags;	/* or-ed */
};

extern const struct draft_field draft_room_fields[];
extern const struct draft_field draft_theme_fields[];
extern const struct draft_field draft_place_fields[];
extern const struct draft_field draft_advisor_fields[];

extern const char *const draft_langs[];	/* Japanese first */
#define DRAFT_LANG_READ "easy"	/* with readings, which count as text: it may
				 * be three times as long */
extern const size_t draft_lang_count;

extern const struct conf_section draft_form;

#endif
