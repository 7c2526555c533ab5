/*
 * A room file that has been read and checked, before anything of it is
 * written: between roomfile.c and its reader.  All texts live in the desk's
 * arena.
 */
#ifndef ROOM_DRAFT_H
#define ROOM_DRAFT_H

#include <stdbool.h>

#include "room/closure.h"
#include "room/opening.h"
#include "room/policy.h"

/* One text; body is NULL where the file does not name it. */
struct draft_word {
	const char *field, *lang, *body;
};

struct draft_words {
	struct draft_word *list;
	size_t count;
};

struct draft_theme {
	const char *code;
	struct draft_words words;
};

struct draft_place {
	const char *code, *channel;
	int booths;
	struct draft_words words;
};

struct draft_advisor {
	const char *code, *face;
	bool has_anything, anything;	/* named in the file; its value */
	const char *const *themes;	/* codes */
	size_t theme_count;
	struct draft_words words;
};

/* `rule` holds all but the ids. */
struct draft_opening {
	const char *advisor, *theme, *place;	/* codes */
	struct opening rule;
};

/* `span` holds all but the owner. */
struct draft_closure {
	const char *owner;	/* code, NULL for the room */
	struct closure span;
};

struct draft_holiday {
	int32_t day;
	bool closed;
	const char *name;
};

struct draft {
	bool has_room;
	struct policy policy;
	struct draft_words words;
	struct draft_theme *themes;
	struct draft_place *places;
	struct draft_advisor *advisors;
	struct draft_opening *openings;
	struct draft_closure *closures;
	struct draft_holiday *holidays;
	int theme_count, place_count, advisor_count;
	int opening_count, closure_count, holiday_count;
};

/* Reads and checks a whole text.  `whole`: what it does not name will be
 * withdrawn, so that it may not refer to it.  0; 1 and *error set
 * ("line 12: unknown theme 'carer'"); -1 fault. */
int draft_read(struct desk *, const char *text, bool whole, struct draft *,
    const char **error);

#endif
