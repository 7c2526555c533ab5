/*
 * libconfuse 3.3 counts a comment as three lines, begins the next text inside
 * a string that was not closed, takes an open section for a whole one and
 * puts environment variables for "${NAME}".  So comments are dropped here,
 * the dollar is escaped, and what it would misread is refused.
 */
#include "base/conf_tidy.h"

#include <stdarg.h>
#include <string.h>

struct tidying {
	struct conf_error *error;
	const char *from;
	char *to;
	int line;
	int depth, opened; /* braces, and the line of the outermost */
};

static bool tidy_string(struct tidying *);
static bool tidy_plain(struct tidying *);
static bool refuse(struct tidying *, int line, const char *reason);

char *
conf_tidy(struct arena *arena, const char *text, struct conf_error *error)
{
	char *tidied = arena_get(arena, 2 * strlen(text) + 1);
	struct tidying t = { error, text, tidied, .line = 1 };
	bool good = true;

	while (good && *t.from) {
		switch (*t.from) {
		case '#':
			t.from += strcspn(t.from, "\n");
			break;
		case '"':
		case '\'':
			good = tidy_string(&t);
			break;
		default:
			good = tidy_plain(&t);
			break;
		}
	}
	if (good && t.depth > 0)
		good = refuse(&t, t.opened,
		    "the brace opened here is not closed");
	return good ? tidied : NULL;
}

static bool
tidy_string(struct tidying *t)
{
	char quote = *t->from;
	int line = t->line;

	for (*t->to++ = *t->from++; *t->from && *t->from != quote;
	     *t->to++ = *t->from++) {
		bool escape = *t->from == '\\' && t->from[1];

		if (escape && quote == '"' && strchr("0123456789x", t->from[1]))
			return refuse(t, t->line,
			    "bytes by number are not allowed");
		if (escape)
			*t->to++ = *t->from++;
		else if (*t->from == '$' && quote == '"')
			*t->to++ = '\\';
		t->line += *t->from == '\n';
	}
	if (!*t->from)
		return refuse(t, line, "the quote opened here is not closed");
	*t->to++ = *t->from++;
	return true;
}

static bool
tidy_plain(struct tidying *t)
{
	char c = *t->from, after = t->from[1];

	if (c == '$' || (c == '/' && (after == '/' || after == '*')))
		return refuse(t, t->line, "'$', '//' and '/*' need quotes");
	if (c == '{' && t->depth++ == 0)
		t->opened = t->line;
	if (c == '}' && t->depth-- == 0)
		return refuse(t, t->line, "no brace is open here");
	t->line += c == '\n';
	*t->to++ = *t->from++;
	return true;
}

/* Always false. */
static bool
refuse(struct tidying *t, int line, const char *reason)
{
	*t->error = (struct conf_error) { line, reason };
	return false;
}
