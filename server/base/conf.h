/*
 * Texts that people edit: hokend.conf and room files.  The sole owner of
 * libconfuse.  A text holds options and sections:
 *
 *	notice_minutes = 60			# a comment
 *	theme "career" {
 *		name_ja = "キャリアのこと"
 *		advisors = {"sato", "suzuki"}
 *	}
 *
 * What may stand in it is declared by a table; everything else, a value of
 * the wrong kind and an option given twice are refused with their line.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

enum conf_kind { CONF_TEXT, CONF_NUMBER, CONF_SWITCH, CONF_LIST };

/* One option.  Where it is missing from a section its default stands:
 * `text` (NULL is possible) for TEXT, `number` for NUMBER and SWITCH (true,
 * yes, on), no items for LIST. */
struct conf_option {
	const char *name;
	enum conf_kind kind;
	const char *text;
	int number;
	int least, most;	/* limits of a NUMBER; both 0: any int */
	bool required;
};

/* One kind of section; both tables end with a NULL name and may be NULL.
 * A titled section has a title that no other of its kind and parent has;
 * the untitled may be repeated too. */
struct conf_section {
	const char *name;	/* NULL: the text as a whole */
	const struct conf_option *options;
	const struct conf_section *sections;
	bool titled;
};

struct conf_error {
	int line;	/* counted from 1 */
	const char *reason;	/* in the arena, without the line */
};

/* One section of a text, or the text as a whole. */
struct conf;

/*
 * Reads a whole text; `allowed` declares its outermost options and sections.
 * NULL with `error` filled when the text is wrong; nothing of it counts
 * then.  Comments begin with '#'.  Strings stand in "..." (with \", \\, \n
 * and a backslash before a line break that does not count) or in '...';
 * nothing is taken from the environment.
 */
const struct conf *conf_parse(struct arena *, const char *text,
    const struct conf_section *allowed, struct conf_error *error);

/* The next section of that name inside `in`, in the text's order; the first
 * for `after` == NULL.  NULL: no more. */
const struct conf *conf_next(const struct conf *in, const char *name,
    const struct conf *after);

const char *conf_title(const struct conf *);	/* "" for the untitled */

/* The line of an option of the section; where it is missing, or name is
 * NULL, that of the section's first option. */
int conf_line(const struct conf *, const char *name);

/* Values by name, which must be declared with that kind.  conf_list returns
 * how many items. */
bool conf_has(const struct conf *, const char *name);	/* not by default */
const char *conf_text(const struct conf *, const char *name);
int conf_number(const struct conf *, const char *name);
bool conf_switch(const struct conf *, const char *name);
size_t conf_list(const struct conf *, const char *name,
    const char *const **items);

#endif
