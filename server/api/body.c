/*
 * What callers of the JSON API send: bodies by tables of members, days in
 * queries.  Every fault is told at once, field by field.
 */
#include <string.h>
#include <strings.h>

#include "api/api.h"
#include "base/text.h"
#include "base/value.h"
#include "web/form.h"

#define STRANGERS_TOLD 16

#define LIST_MAX 16 /* words */

static json_t *api_error(enum lang, const char *field, enum text, int number);
static json_t *body_parse(struct request *, enum lang);
static enum text member_list(struct request *, const struct member *,
    const json_t *value, const char **out);
static bool is_json(const char *type);
static enum text member_text(struct request *, const struct member *,
    const json_t *value, const char **out);
static enum text member_fault(struct arena *, const struct member *,
    const char **value);
static json_t *body_strangers(json_t *body, const struct member *, size_t count,
    enum lang);
static bool errors_sent(struct request *, enum lang, json_t *errors);
static int32_t span_day(const struct form *, const char *name, int32_t other,
    json_t *errors, enum lang);

bool
api_body(struct request *r, const struct member *members, size_t count,
    const char **values, enum lang lang)
{
	json_t *body = body_parse(r, lang), *errors;

	if (body == NULL)
		return false;
	errors = body_strangers(body, members, count, lang);
	for (size_t i = 0; i < count; i++) {
		const struct member *m = &members[i];
		enum text fault = member_text(r, m,
		    json_object_get(body, m->name), &values[i]);

		if (fault != TEXT_NONE)
			json_array_append_new(errors,
			    api_error(lang, m->name, fault, m->most_chars));
	}
	json_decref(body);
	return !errors_sent(r, lang, errors);
}

/* A text with one number in it, such as a limit, as {1}. */
static json_t *
api_error(enum lang lang, const char *field, enum text text, int number)
{
	struct value values[] = { VALUE(number) };
	struct buf detail;
	json_t *error;

	buf_init(&detail, 1024);
	value_fill(&detail, text_of(lang, text), values, 1, AS_PLAIN);
	error = json_pack("{s:s, s:s}", "field", field, "detail", detail.data);
	buf_free(&detail);
	return error;
}

void
api_refuse(struct request *r, enum lang lang, const char *field, enum text text)
{
	json_t *errors = json_array();

	json_array_append_new(errors, api_error(lang, field, text, 0));
	errors_sent(r, lang, errors);
}

bool
api_span(struct request *r, enum lang lang, const struct form *query,
    int32_t from_day, int days, struct span *span)
{
	json_t *errors = json_array();

	span->from_day = span_day(query, "from", from_day, errors, lang);
	span->until_day = span_day(query, "to", span->from_day + days, errors,
	    lang);
	if (json_array_size(errors) == 0 && span->until_day < span->from_day)
		json_array_append_new(errors,
		    api_error(lang, "to", T_api_field_order, 0));
	return !errors_sent(r, lang, errors);
}

/* The body as an object, or NULL when the request has been answered. */
static json_t *
body_parse(struct request *r, enum lang lang)
{
	json_t *body;

	if (r->body.len == 0) {
		api_problem(r, lang, PROBLEM_NO_BODY, NULL);
		return NULL;
	}
	if (!is_json(http_header(r, "content-type"))) {
		api_problem(r, lang, PROBLEM_MEDIA_TYPE, NULL);
		return NULL;
	}
	/* NULs pass here, so that they are told as control characters. */
	body = json_loadb(r->body.data, r->body.len,
	    JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	if (!json_is_object(body)) {
		json_decref(body);
		api_problem(r, lang, PROBLEM_MALFORMED, NULL);
		return NULL;
	}
	return body;
}

/* "application/json", with or without parameters (RFC 9110 8.3.1). */
static bool
is_json(const char *type)
{
	static const char json[] = "application/json";
	size_t len = sizeof(json) - 1;

	return type != NULL && strncasecmp(type, json, len) == 0 &&
	    strchr("; \t", type[len]) != NULL;
}

/* *out is the member's text, "" when it is not there or wrong. */
static enum text
member_text(struct request *r, const struct member *m, const json_t *value,
    const char **out)
{
	const char *text;

	*out = "";
	if (value == NULL || json_is_null(value))
		return m->required ? T_api_field_missing : TEXT_NONE;
	if (m->list)
		return member_list(r, m, value, out);
	text = json_string_value(value);
	if (text == NULL)
		return T_api_field_string;
	if (strlen(text) != json_string_length(value))
		return T_api_field_control;
	*out = text_trim(r->arena, text);
	return member_fault(r->arena, m, out);
}

/* Words without commas, as one text with commas between. */
static enum text
member_list(struct request *r, const struct member *m, const json_t *value,
    const char **out)
{
	const json_t *item;
	size_t i;

	if (!json_is_array(value) || json_array_size(value) > LIST_MAX)
		return T_api_field_list;
	json_array_foreach (value, i, item) {
		const char *word = json_string_value(item);

		if (word == NULL || strchr(word, ',') != NULL ||
		    strlen(word) != json_string_length(item))
			return T_api_field_list;
		*out = arena_print(r->arena, "%s%s%s", *out, i == 0 ? "" : ",",
		    word);
	}
	return member_fault(r->arena, m, out);
}

static enum text
member_fault(struct arena *arena, const struct member *m, const char **value)
{
	if (**value == '\0')
		return m->required ? T_api_field_missing : TEXT_NONE;
	if (text_length(*value) > (size_t)m->most_chars)
		return T_api_field_long;
	if (text_has_control(*value, m->lines))
		return T_api_field_control;
	return m->check == NULL ? TEXT_NONE : m->check(arena, value);
}

/* Errors for members that are in no table; of very many the first tell
 * enough. */
static json_t *
body_strangers(json_t *body, const struct member *members, size_t count,
    enum lang lang)
{
	json_t *errors = json_array(), *value;
	const char *name;

	json_object_foreach (body, name, value) {
		size_t i = 0;

		while (i < count && strcmp(members[i].name, name) != 0)
			i++;
		if (i == count && json_array_size(errors) < STRANGERS_TOLD)
			json_array_append_new(errors,
			    api_error(lang, name, T_api_field_unknown, 0));
	}
	return errors;
}

/* Answers with the errors, if there are any; takes them over. */
static bool
errors_sent(struct request *r, enum lang lang, json_t *errors)
{
	if (json_array_size(errors) == 0) {
		json_decref(errors);
		return false;
	}
	api_problem(r, lang, PROBLEM_FIELDS,
	    json_pack("{s:o}", "errors", errors));
	return true;
}

static int32_t
span_day(const struct form *query, const char *name, int32_t other,
    json_t *errors, enum lang lang)
{
	const char *typed = form_get(query, name);
	int32_t day = *typed == '\0' ? other : when_parse_day(typed);

	if (day == DAY_NONE)
		json_array_append_new(errors,
		    api_error(lang, name, T_api_field_day, 0));
	return day == DAY_NONE ? other : day;
}
