/* Delivery status notifications, line by line. */
#include "mail/bounce.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define STATUS_CHARS 11 /* "5.123.456" and room */
#define ID_CHARS 32

enum section { OTHER, REPORT, LETTER };

static size_t take_line(const char *text, const char **line);
static enum section section_after(enum section, const char *line, size_t len);
static const char *field(const char *line, size_t len, const char *name);
static bool begins(const char *value, const char *end, const char *word);
static const char *status_of(struct arena *, const char *value,
    const char *end);
static const char *id_of(struct arena *, const char *value, const char *end);

bool
bounce_read(struct arena *arena, const char *text, struct bounce *bounce)
{
	enum section section = OTHER;
	bool failed = false;

	*bounce = (struct bounce) { 0 };
	for (const char *line; *text != '\0';) {
		size_t len = take_line(text, &line);
		const char *end = line + len, *value;

		text = *end == '\0' ? end : end + 1;
		section = section_after(section, line, len);
		if (section == REPORT) {
			if ((value = field(line, len, "Action")) != NULL)
				failed |= begins(value, end, "failed");
			if ((value = field(line, len, "Status")) != NULL &&
			    bounce->status == NULL)
				bounce->status = status_of(arena, value, end);
		} else if (section == LETTER && bounce->message_id == NULL &&
		    (value = field(line, len, "Message-ID")) != NULL) {
			bounce->message_id = id_of(arena, value, end);
		}
	}
	return failed && bounce->status != NULL && bounce->message_id != NULL;
}

/* Up to LF or the end; a CR before it does not count as white space does. */
static size_t
take_line(const char *text, const char **line)
{
	*line = text;
	return strcspn(text, "\n");
}

/* A report comes before the letter it is about. */
static enum section
section_after(enum section section, const char *line, size_t len)
{
	const char *type = field(line, len, "Content-Type");
	const char *end = line + len;

	if (type == NULL)
		return section;
	if (begins(type, end, "message/delivery-status"))
		return REPORT;
	if (section != OTHER &&
	    (begins(type, end, "message/rfc822") ||
		begins(type, end, "text/rfc822-headers")))
		return LETTER;
	return section;
}

/* The value of a field of this name, behind its white space; NULL. */
static const char *
field(const char *line, size_t len, const char *name)
{
	size_t name_len = strlen(name);
	const char *value = line + name_len;

	if (len <= name_len || strncasecmp(line, name, name_len) != 0 ||
	    *value != ':')
		return NULL;
	for (value++; value < line + len && isspace((unsigned char)*value);)
		value++;
	return value;
}

static bool
begins(const char *value, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - value) >= len &&
	    strncasecmp(value, word, len) == 0;
}

/* Of failures: 5 the letter's, 4 those of the way until it was given up,
 * which "failed" says (RFC 3464 2.3.3). */
static const char *
status_of(struct arena *arena, const char *value, const char *end)
{
	size_t len = strspn(value, "0123456789.");

	if (len < 5 || len > STATUS_CHARS || value + len > end ||
	    (value[0] != '4' && value[0] != '5') || value[1] != '.')
		return NULL;
	return arena_dup_len(arena, value, len);
}

/* Ours are 32 digits before the '@'. */
static const char *
id_of(struct arena *arena, const char *value, const char *end)
{
	if (end - value <= ID_CHARS + 1 || value[0] != '<' ||
	    strspn(value + 1, "0123456789abcdef") != ID_CHARS ||
	    value[ID_CHARS + 1] != '@')
		return NULL;
	return arena_dup_len(arena, value + 1, ID_CHARS);
}
