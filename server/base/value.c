/*
 * Values in pages and letters.  Escaping covers text and attribute values
 * in either quote, so that one form serves both places.
 */
#include "base/value.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

static const char *group_end(const char *open, const char **bar);
static void print_group(struct buf *, const char *open, const char *bar,
    const char *end, enum writing);
static void print_words(struct buf *, const char *, enum writing);
static void print_ruby(struct buf *, const char *, enum writing);
static void print_text(struct buf *, const char *, size_t len, enum writing);
static const char *escaped(char);

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

struct value
value_ruby(struct ruby ruby)
{
	return (struct value) { .kind = VALUE_RUBY, .text = ruby.text };
}

struct value
value_same(struct value value)
{
	return value;
}

void
value_print(struct buf *out, struct value value, enum writing writing)
{
	switch (value.kind) {
	case VALUE_NUMBER:
		buf_number(out, value.number);
		return;
	case VALUE_TEXT:
		if (value.text)
			print_text(out, value.text, strlen(value.text),
			    writing);
		return;
	case VALUE_RAW:
		assert(writing != AS_PLAIN);
		if (value.text)
			buf_puts(out, value.text);
		return;
	case VALUE_RUBY:
		if (value.text)
			print_words(out, value.text, writing);
		return;
	}
}

/* A brace that does not hold the number of a value stays as it is. */
void
value_fill(struct buf *out, const char *text, const struct value *values,
    size_t count, enum writing writing)
{
	const char *brace;

	while ((brace = strchr(text, '{'))) {
		size_t n = 0;
		const char *p = brace + 1;

		while (*p >= '0' && *p <= '9' && n < 100)
			n = n * 10 + (size_t)(*p++ - '0');
		buf_put(out, text, (size_t)(brace - text));
		if (*p == '}' && n >= 1 && n <= count) {
			value_print(out, values[n - 1], writing);
			text = p + 1;
		} else {
			buf_putc(out, '{');
			text = brace + 1;
		}
	}
	buf_puts(out, text);
}

/* Texts with readings are one box: where boxes stand in a row, each ruby
 * would be one of them. */
static void
print_words(struct buf *out, const char *text, enum writing writing)
{
	bool box = writing == AS_HTML && strchr(text, '|');

	buf_puts(out, box ? "<bdi>" : "");
	print_ruby(out, text, writing);
	buf_puts(out, box ? "</bdi>" : "");
}

/* What is no group stays as it is. */
static void
print_ruby(struct buf *out, const char *text, enum writing writing)
{
	const char *open, *bar, *end;

	for (const char *from = text; (open = strchr(from, '{'));) {
		end = group_end(open, &bar);
		if (!end) {
			from = open + 1;
			continue;
		}
		print_text(out, text, (size_t)(open - text), writing);
		print_group(out, open + 1, bar, end, writing);
		from = text = end + 1;
	}
	print_text(out, text, strlen(text), writing);
}

/* The brace that ends the group {base|reading}, or NULL. */
static const char *
group_end(const char *open, const char **bar)
{
	const char *end;

	*bar = open + 1 + strcspn(open + 1, "{|}");
	if (**bar != '|')
		return NULL;
	end = *bar + 1 + strcspn(*bar + 1, "{|}");
	return *end == '}' ? end : NULL;
}

/* Browsers that know no ruby show the parentheses. */
static void
print_group(struct buf *out, const char *base, const char *bar, const char *end,
    enum writing writing)
{
	static const struct {
		const char *before, *between, *behind;
	} marks[] = {
		[AS_PLAIN] = { "", "（", "）" },
		[AS_HTML] = { "<ruby>", "<rp>（</rp><rt>",
		    "</rt><rp>）</rp></ruby>" },
		[AS_BARE] = { "", "", "" },
	};

	buf_puts(out, marks[writing].before);
	if (writing != AS_BARE)
		print_text(out, base, (size_t)(bar - base), writing);
	buf_puts(out, marks[writing].between);
	print_text(out, bar + 1, (size_t)(end - bar - 1), writing);
	buf_puts(out, marks[writing].behind);
}

static void
print_text(struct buf *out, const char *text, size_t len, enum writing writing)
{
	const char *end = text + len;

	while (writing != AS_PLAIN && text < end) {
		size_t plain = strcspn(text, "&<>\"'");

		if (plain >= (size_t)(end - text))
			break;
		buf_put(out, text, plain);
		buf_puts(out, escaped(text[plain]));
		text += plain + 1;
	}
	buf_put(out, text, (size_t)(end - text));
}

static const char *
escaped(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return "&#39;";
	}
}
