/*
 * Values in pages and letters.  Escaping covers text and attribute values
 * in either quote, so that one form serves both places.
 */
#include "base/value.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

static void print_html(struct buf *, const char *);

struct value
value_text(const char *text)
{
	return (struct value) { .kind = VALUE_TEXT, .text = text };
}

struct value
value_number(int64_t number)
{
	return (struct value) { .kind = VALUE_NUMBER, .number = number };
}

struct value
value_raw(struct raw raw)
{
	return (struct value) { .kind = VALUE_RAW, .text = raw.html };
}

void
value_print(struct buf *out, struct value value, bool html)
{
	switch (value.kind) {
	case VALUE_NUMBER:
		buf_number(out, value.number);
		return;
	case VALUE_TEXT:
		if (value.text && html)
			print_html(out, value.text);
		else if (value.text)
			buf_puts(out, value.text);
		return;
	case VALUE_RAW:
		assert(html);
		if (value.text)
			buf_puts(out, value.text);
		return;
	}
}

/* A brace that does not hold the number of a value stays as it is. */
void
value_fill(struct buf *out, const char *text, const struct value *values,
    size_t count, bool html)
{
	const char *brace;

	while ((brace = strchr(text, '{'))) {
		size_t n = 0;
		const char *p = brace + 1;

		while (*p >= '0' && *p <= '9' && n < 100)
			n = n * 10 + (size_t)(*p++ - '0');
		buf_put(out, text, (size_t)(brace - text));
		if (*p == '}' && n >= 1 && n <= count) {
			value_print(out, values[n - 1], html);
			text = p + 1;
		} else {
			buf_putc(out, '{');
			text = brace + 1;
		}
	}
	buf_puts(out, text);
}

static void
print_html(struct buf *out, const char *text)
{
	for (;;) {
		size_t plain = strcspn(text, "&<>\"'");

		buf_put(out, text, plain);
		text += plain;
		switch (*text++) {
		case '\0':
			return;
		case '&':
			buf_puts(out, "&amp;");
			break;
		case '<':
			buf_puts(out, "&lt;");
			break;
		case '>':
			buf_puts(out, "&gt;");
			break;
		case '"':
			buf_puts(out, "&quot;");
			break;
		default:
			buf_puts(out, "&#39;");
			break;
		}
	}
}
