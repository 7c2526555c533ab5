/*
 * A reader of HTML as our templates write it: tags with quoted attributes,
 * no comments, no scripts.
 */
#include "gen/markup.h"

#include <ctype.h>
#include <string.h>

static void name_next(struct markup *, char c);
static void tag_end(struct markup *);

void
markup_pass(struct markup *m, const char *html, size_t len)
{
	for (const char *c = html; c < html + len; c++) {
		if (m->at == MARKUP_TEXT && *c == '<') {
			m->at = MARKUP_NAME;
			m->name_len = 0;
		} else if (m->at == MARKUP_NAME)
			name_next(m, *c);
		else if (m->at == MARKUP_TAG && m->quote)
			m->quote = *c == m->quote ? 0 : m->quote;
		else if (m->at == MARKUP_TAG && (*c == '"' || *c == '\''))
			m->quote = *c;
		else if (m->at == MARKUP_TAG && *c == '>')
			tag_end(m);
	}
}

bool
markup_bare(const struct markup *m)
{
	return m->at != MARKUP_TEXT || m->plain;
}

static void
name_next(struct markup *m, char c)
{
	if (c == '>')
		tag_end(m);
	else if (isspace((unsigned char)c))
		m->at = MARKUP_TAG;
	else if (m->name_len < sizeof(m->name) - 1)
		m->name[m->name_len++] = c;
}

/* Ruby ends a drawing at once, so SVG's <text> takes no markup either. */
static void
tag_end(struct markup *m)
{
	static const char *const plain[] = { "title", "option", "textarea",
		"text" };
	bool closes = m->name[0] == '/';

	m->name[m->name_len] = '\0';
	m->at = MARKUP_TEXT;
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		if (strcmp(m->name + closes, plain[i]) == 0)
			m->plain = !closes;
}
