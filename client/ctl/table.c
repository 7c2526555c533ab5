/* Tables for people: columns aligned by what a terminal shows. */
#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "ctl.h"

#define COLUMNS_MAX 16

struct row {
	const char *cells[COLUMNS_MAX];
	struct row *next;
};

struct table {
	struct arena *arena;
	size_t columns;
	unsigned right;
	int widths[COLUMNS_MAX];
	struct row *first, **last;
};

static int width_of(const char *text);
static const char *shown(struct arena *, const char *text);

struct table *
table_new(struct arena *arena, size_t columns, unsigned right)
{
	struct table *table = arena_get(arena, sizeof(*table));

	assert(columns <= COLUMNS_MAX);
	table->arena = arena;
	table->columns = columns;
	table->right = right;
	table->last = &table->first;
	return table;
}

void
table_row(struct table *table, const char *const *cells)
{
	struct row *row = arena_get(table->arena, sizeof(*row));

	for (size_t i = 0; i < table->columns; i++) {
		row->cells[i] = shown(table->arena, cells[i]);
		int width = width_of(row->cells[i]);
		if (width > table->widths[i])
			table->widths[i] = width;
	}
	*table->last = row;
	table->last = &row->next;
}

void
table_print(const struct table *table, bool to_stderr)
{
	FILE *to = to_stderr ? stderr : stdout;

	for (const struct row *row = table->first; row; row = row->next) {
		int owed = 0; /* blanks that only a next cell needs */

		for (size_t i = 0; i < table->columns; i++) {
			const char *cell = row->cells[i];
			int blank = table->widths[i] - width_of(cell);
			bool right = (table->right >> i & 1) != 0;

			if (*cell != '\0') {
				fprintf(to, "%*s%s", owed + (right ? blank : 0),
				    "", cell);
				owed = right ? 0 : blank;
			} else {
				owed += blank;
			}
			owed += 2;
		}
		putc('\n', to);
	}
}

static int
width_of(const char *text)
{
	mbstate_t state = { 0 };
	int width = 0;
	wchar_t c;

	for (size_t len; (len = mbrtowc(&c, text, MB_LEN_MAX, &state)) > 0;
	     text += len) {
		assert(len < (size_t)-2);
		width += wcwidth(c);
	}
	return width;
}

/* The text with '?' for what is no character, or would move the cursor. */
static const char *
shown(struct arena *arena, const char *text)
{
	char *out = arena_get(arena, strlen(text) + 1), *end = out;
	mbstate_t state = { 0 };
	wchar_t c;

	while (*text != '\0') {
		size_t len = mbrtowc(&c, text, strlen(text), &state);
		bool fine = len < (size_t)-2 && wcwidth(c) >= 0;

		if (fine) {
			memcpy(end, text, len);
			end += len;
		} else {
			*end++ = '?';
		}
		if (len >= (size_t)-2) {
			len = 1;
			state = (mbstate_t) { 0 };
		}
		text += len;
	}
	return out;
}
