/* Reading our own letters: headers with B words, parts in base64. */
#include "mail/reading.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

static const char *header(struct arena *, const char *message,
    const char *name);
static const char *unfold(struct arena *, const char *value);
static const char *decode_words(struct arena *, const char *value);
static const char *part(struct arena *, const char *message, const char *type);
static const char *decode_body(struct arena *, const char *body);

struct reading
reading_of(struct arena *arena, const char *message)
{
	const char *text = part(arena, message, "text/plain");

	return (struct reading) {
		.from = header(arena, message, "From"),
		.to = header(arena, message, "To"),
		.subject = header(arena, message, "Subject"),
		.date = header(arena, message, "Date"),
		.text = text == NULL ? "" : text,
		.calendar = part(arena, message, "text/calendar"),
	};
}

static const char *
header(struct arena *arena, const char *message, const char *name)
{
	size_t len = strlen(name);

	for (const char *line = message; line != NULL && *line != '\r';) {
		if (strncasecmp(line, name, len) == 0 && line[len] == ':')
			return decode_words(arena,
			    unfold(arena, line + len + 1));
		line = strstr(line, "\r\n");
		line = line == NULL ? NULL : line + 2;
	}
	return "";
}

/* The value up to the line break that no space follows. */
static const char *
unfold(struct arena *arena, const char *value)
{
	struct buf out;
	char *kept;

	buf_init(&out, 16384);
	value += *value == ' ';
	for (; *value != '\0'; value++) {
		if (strncmp(value, "\r\n", 2) != 0)
			buf_putc(&out, *value);
		else if (value[2] == ' ')
			value += 1; /* the space itself comes next */
		else
			break;
	}
	kept = buf_keep(&out, arena);
	buf_free(&out);
	return kept;
}

/* Adjacent B words are one text (RFC 2047 6.2). */
static const char *
decode_words(struct arena *arena, const char *value)
{
	static const char begin[] = "=?UTF-8?B?";
	struct buf out;
	bool after_word = false;
	char *kept;

	buf_init(&out, 16384);
	while (*value != '\0') {
		const char *end = strncmp(value, begin, strlen(begin)) == 0
		    ? strstr(value + strlen(begin), "?=")
		    : NULL;

		if (end != NULL) {
			value += strlen(begin);
			buf_puts(&out,
			    decode_body(arena,
				arena_dup_len(arena, value,
				    (size_t)(end - value))));
			value = end + 2;
			after_word = true;
		} else if (after_word && strncmp(value, " =?", 3) == 0) {
			value++;
		} else {
			buf_putc(&out, *value++);
			after_word = false;
		}
	}
	kept = buf_keep(&out, arena);
	buf_free(&out);
	return kept;
}

static const char *
part(struct arena *arena, const char *message, const char *type)
{
	char *begin = arena_print(arena, "Content-Type: %s", type);
	const char *at = strstr(message, begin);
	const char *body = at == NULL ? NULL : strstr(at, "\r\n\r\n");
	const char *end;

	if (body == NULL)
		return NULL;
	body += 4;
	end = strstr(body, "\r\n--");
	return decode_body(arena,
	    arena_dup_len(arena, body,
		end == NULL ? strlen(body) : (size_t)(end - body)));
}

/* base64 over lines; "" when it is none. */
static const char *
decode_body(struct arena *arena, const char *body)
{
	char *joined = arena_dup(arena, body);
	char *to = joined;

	for (const char *from = body; *from != '\0' && *from != '='; from++)
		if (*from != '\r' && *from != '\n')
			*to++ = *from == '+' ? '-' : *from == '/' ? '_' : *from;
	*to = '\0';
	struct bytes plain = text_unbase64url(arena, joined);
	return plain.data == NULL ? ""
				  : arena_dup_len(arena, plain.data, plain.len);
}
