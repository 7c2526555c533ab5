/* A letter as simple HTML. */
#include "mail/html.h"

#include <stdbool.h>
#include <string.h>

#include "base/value.h"

#define HTML_MAX ((size_t)128 << 10)

static void put_line(struct buf *, struct arena *, const char *line, size_t len,
    bool *inside);
static void put_words(struct buf *, struct arena *, const char *, size_t len);
static bool is_address(const char *line);
static void escape(struct buf *, const char *);

char *
html_letter(struct arena *arena, enum lang lang, const char *title,
    const char *text)
{
	struct buf out;
	bool inside = false; /* a paragraph */
	char *kept;

	buf_init(&out, HTML_MAX);
	buf_printf(&out, "<!DOCTYPE html>\n<html lang=\"%s\">\n",
	    lang_tag(lang));
	buf_puts(&out,
	    "<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	escape(&out, title);
	buf_puts(&out,
	    "</title>\n"
	    "<style>:root{color-scheme:light dark}</style>\n</head>\n"
	    "<body style=\"max-width:36em;margin:0 auto;padding:1.5em;"
	    "font:1em/1.8 sans-serif;overflow-wrap:anywhere\">\n");
	for (size_t len; *text != '\0'; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		put_line(&out, arena, text, len, &inside);
	}
	buf_puts(&out, inside ? "</p>\n" : "");
	buf_puts(&out, "</body>\n</html>\n");
	kept = buf_keep(&out, arena);
	buf_free(&out);
	return kept;
}

static void
put_line(struct buf *out, struct arena *arena, const char *line, size_t len,
    bool *inside)
{
	bool foot = len == 2 && memcmp(line, "--", 2) == 0;

	if (len == 0 || foot) {
		buf_puts(out, *inside ? "</p>\n" : "");
		buf_puts(out, foot ? "<hr>\n" : "");
		*inside = false;
		return;
	}
	buf_puts(out, *inside ? "<br>\n" : "<p>");
	*inside = true;
	put_words(out, arena, line, len);
}

static void
put_words(struct buf *out, struct arena *arena, const char *line, size_t len)
{
	const char *words = arena_dup_len(arena, line, len);

	if (!is_address(words)) {
		escape(out, words);
		return;
	}
	buf_puts(out, "<a href=\"");
	escape(out, words);
	buf_puts(out, "\">");
	escape(out, words);
	buf_puts(out, "</a>");
}

static bool
is_address(const char *line)
{
	return (strncmp(line, "https://", 8) == 0 ||
		   strncmp(line, "http://", 7) == 0) &&
	    strpbrk(line, " \"<>") == NULL;
}

static void
escape(struct buf *out, const char *text)
{
	value_print(out, VALUE(text), AS_HTML);
}
