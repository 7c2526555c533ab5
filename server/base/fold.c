/*
 * Content lines of a calendar.  It owns nothing.
 */
#include "base/fold.h"

#include <string.h>

#define OCTETS_MOST 75
#define FOLD "\r\n "

static char *unfold(struct arena *, const char *text);
static size_t character(const char *s);

/* A fold adds three octets to at least 71 of the line. */
char *
fold_lines(struct arena *arena, const char *text)
{
	const char *from = unfold(arena, text);
	size_t len = strlen(from), width = 0;
	char *folded = arena_get(arena, len + len / 20 + 1), *to = folded;

	while (*from) {
		size_t octets = character(from);

		if (*from == '\r')
			width = 0;
		else if (width + octets > OCTETS_MOST) {
			to = stpcpy(to, FOLD);
			width = 1;
		}
		if (*from != '\r' && *from != '\n')
			width += octets;
		to = mempcpy(to, from, octets);
		from += octets;
	}
	return folded;
}

static char *
unfold(struct arena *arena, const char *text)
{
	char *whole = arena_get(arena, strlen(text) + 1), *to = whole;
	const char *fold;

	while ((fold = strstr(text, FOLD))) {
		to = mempcpy(to, text, (size_t)(fold - text));
		text = fold + strlen(FOLD);
	}
	strcpy(to, text);
	return whole;
}

/* How many octets its first character has, at least one. */
static size_t
character(const char *s)
{
	size_t octets = 1;

	while (((unsigned char)s[octets] & 0xc0) == 0x80)
		octets++;
	return octets;
}
