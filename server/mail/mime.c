/* Headers and parts of a message. */
#include "mail/mime.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

/* A word is "=?UTF-8?B?", base64, "?=", and a line with one is no longer than
 * 76 octets (RFC 2047 2). */
#define WORD_CHARS 12
#define LINE_CHARS 76

static struct bytes canonical(struct arena *, const char *body);
static bool plain(const char *);
static size_t word_len(const char *, size_t used);
static void words(struct buf *, struct arena *, const char *, size_t used);
static bool dot_atom(const char *local, size_t len);

void
mime_header(struct buf *out, struct arena *arena, const char *name,
    const char *value)
{
	buf_printf(out, "%s: ", name);
	if (plain(value))
		buf_puts(out, value);
	else
		words(out, arena, value, strlen(name) + 2);
	buf_puts(out, "\r\n");
}

void
mime_mailbox(struct buf *out, struct arena *arena, const char *name,
    const char *display, const char *address)
{
	buf_printf(out, "%s: ", name);
	if (display[0] != '\0') {
		words(out, arena, display, strlen(name) + 2);
		buf_puts(out, "\r\n ");
	}
	buf_printf(out, "%s\r\n", mime_path(arena, address));
}

char *
mime_path(struct arena *arena, const char *address)
{
	const char *at = strrchr(address, '@');
	size_t local = at == NULL ? strlen(address) : (size_t)(at - address);
	const char *quote = dot_atom(address, local) || address[0] == '"'
	    ? ""
	    : "\"";

	return arena_print(arena, "<%s%.*s%s%s>", quote, (int)local, address,
	    quote, at == NULL ? "" : at);
}

void
mime_date(struct buf *out, int64_t at)
{
	time_t time = at;
	struct tm tm;
	char line[64];

	localtime_r(&time, &tm);
	strftime(line, sizeof(line), "%a, %d %b %Y %H:%M:%S %z", &tm);
	buf_printf(out, "Date: %s\r\n", line);
}

void
mime_part(struct buf *out, struct arena *arena, const char *type,
    const char *disposition, const char *body)
{
	char *coded = text_base64(arena, canonical(arena, body));

	buf_printf(out, "Content-Type: %s\r\n", type);
	if (disposition != NULL)
		buf_printf(out, "Content-Disposition: %s\r\n", disposition);
	buf_puts(out, "Content-Transfer-Encoding: base64\r\n\r\n");
	for (size_t len; (len = strnlen(coded, LINE_CHARS)) > 0; coded += len) {
		buf_put(out, coded, len);
		buf_puts(out, "\r\n");
	}
}

/* Line breaks of text are CR LF before they are coded (RFC 2045 6.8). */
static struct bytes
canonical(struct arena *arena, const char *body)
{
	char *text = arena_get(arena, 2 * strlen(body) + 1);
	char *to = text;

	for (const char *from = body; *from != '\0'; from++) {
		if (*from == '\n' && (from == body || from[-1] != '\r'))
			*to++ = '\r';
		*to++ = *from;
	}
	return (struct bytes) { text, (size_t)(to - text) };
}

static bool
plain(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s < ' ' || *s > '~')
			return false;
	return true;
}

/* How many bytes of s fit into one word, on a line that is used so far,
 * without splitting a character. */
static size_t
word_len(const char *s, size_t used)
{
	size_t most = (LINE_CHARS - used - WORD_CHARS) / 4 * 3;
	size_t len = strnlen(s, most + 1);

	if (len <= most)
		return len;
	len = most;
	while (((unsigned char)s[len] & 0xC0) == 0x80)
		len--;
	return len;
}

static void
words(struct buf *out, struct arena *arena, const char *s, size_t used)
{
	for (size_t len; (len = word_len(s, used)) > 0; s += len, used = 1) {
		buf_printf(out, "=?UTF-8?B?%s?=",
		    text_base64(arena, (struct bytes) { s, len }));
		if (s[len] != '\0')
			buf_puts(out, "\r\n ");
	}
}

/* RFC 5321 4.1.2; old carriers allow dots where it does not. */
static bool
dot_atom(const char *local, size_t len)
{
	bool dot = true;

	for (size_t i = 0; i < len; i++) {
		bool is_dot = local[i] == '.';

		if (is_dot && dot)
			return false;
		if (!is_dot && !isalnum((unsigned char)local[i]) &&
		    strchr("!#$%&'*+-/=?^_`{|}~", local[i]) == NULL)
			return false;
		dot = is_dot;
	}
	return !dot;
}
