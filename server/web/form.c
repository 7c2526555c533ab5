/*
 * Forms and queries: cutting them into pairs, then holding each value
 * against its field.  What is wrong gets a text; what was typed is kept, so
 * that it can be shown again.
 */
#include "web/form.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

#define PAIRS_MAX 64

struct pair {
	const char *name, *value;
};

struct form {
	struct pair pair[PAIRS_MAX];
	size_t count;
};

static bool pair_read(struct arena *, const char *, size_t, struct pair *);
static const char *part_read(struct arena *, const char *, size_t);
static enum text field_check(const struct field *, const char *value);
static const char *with_plain_lines(struct arena *, const char *);

struct form *
form_read(struct request *request, struct bytes encoded)
{
	struct form *form = arena_get(request->arena, sizeof(*form));
	const char *at = encoded.data;
	const char *end = encoded.len == 0 ? at : at + encoded.len;

	while (at < end) {
		const char *mark = memchr(at, '&', (size_t)(end - at));
		size_t len = (size_t)((mark == NULL ? end : mark) - at);
		if (len > 0 && form->count == PAIRS_MAX)
			return NULL;
		if (len > 0 &&
		    !pair_read(request->arena, at, len,
			&form->pair[form->count++]))
			return NULL;
		at += len + (mark != NULL);
	}
	return form;
}

struct form *
form_body(struct request *request)
{
	static const char form_type[] = "application/x-www-form-urlencoded";
	const char *type = http_header(request, "content-type");
	size_t len = type == NULL ? 0 : strcspn(type, "; \t");

	if (len != sizeof(form_type) - 1 ||
	    strncasecmp(type, form_type, len) != 0)
		return NULL;
	return form_read(request, request->body);
}

struct form *
form_query(struct request *request)
{
	return form_read(request,
	    (struct bytes) { request->query, strlen(request->query) });
}

const char *
form_get(const struct form *form, const char *name)
{
	const char *value = form_nth(form, name, 0);

	return value == NULL ? "" : value;
}

const char *
form_nth(const struct form *form, const char *name, size_t n)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->pair[i].name, name) == 0 && n-- == 0)
			return form->pair[i].value;
	return NULL;
}

int
form_check(struct request *request, const struct form *form,
    const struct field *fields, size_t count, struct entry *entries)
{
	int wrong = 0;

	for (size_t i = 0; i < count; i++) {
		const char *value = form_get(form, fields[i].name);
		if (fields[i].lines)
			value = with_plain_lines(request->arena, value);
		entries[i].value = text_trim(request->arena, value);
		entries[i].error = field_check(&fields[i], entries[i].value);
		wrong += entries[i].error != TEXT_NONE;
	}
	return wrong;
}

static bool
pair_read(struct arena *arena, const char *s, size_t len, struct pair *pair)
{
	const char *mark = memchr(s, '=', len);
	size_t name = mark == NULL ? len : (size_t)(mark - s);

	pair->name = part_read(arena, s, name);
	pair->value = mark == NULL ? ""
				   : part_read(arena, mark + 1, len - name - 1);
	return pair->name != NULL && pair->value != NULL;
}

static const char *
part_read(struct arena *arena, const char *s, size_t len)
{
	char *part;

	/* A NUL that was not even escaped would hide what follows it. */
	if (memchr(s, '\0', len) != NULL)
		return NULL;
	part = text_unpercent(arena, s, len, true);
	if (part == NULL || !text_valid(part, strlen(part)))
		return NULL;
	return part;
}

static enum text
field_check(const struct field *field, const char *value)
{
	if (text_has_control(value, field->lines))
		return T_form_control;
	if (text_length(value) > (size_t)field->most_chars)
		return T_form_too_long;
	if (*value == '\0' || field->check == NULL)
		return TEXT_NONE;
	return field->check(value);
}

/* Browsers send a line break as CR LF but count it as one (HTML 4.10.11). */
static const char *
with_plain_lines(struct arena *arena, const char *value)
{
	char *plain = arena_dup(arena, value), *to = plain;

	for (const char *from = plain; *from != '\0'; from++)
		if (from[0] != '\r' || from[1] != '\n')
			*to++ = *from;
	*to = '\0';
	return plain;
}
