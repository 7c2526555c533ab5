/* What several commands show, and the paths that they call. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "ctl.h"

static const char *with_word(struct ctl *, const char *words, const char *word);

int
show_json(json_t *doc)
{
	json_dumpf(doc, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
	putchar('\n');
	json_decref(doc);
	return DONE;
}

const char *
member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text == NULL ? "" : text;
}

/* Instants carry the room's offset, so their local time stands in them
 * ("2026-07-01T14:00:00+09:00") and the zone of this machine is no matter. */
const char *
moment(struct ctl *ctl, const json_t *frame)
{
	static const char *const weekdays[] = { "", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat", "Sun" };
	const char *from = member(frame, "starts_at");
	const char *until = member(frame, "ends_at");
	int32_t day;

	if (strlen(from) < 16 || strlen(until) < 16)
		return "";
	day = when_parse_day(arena_dup_len(ctl->arena, from, 10));
	return arena_print(ctl->arena, "%s %.10s %.5s-%.5s",
	    day == DAY_NONE ? "" : weekdays[when_weekday(day)], from, from + 11,
	    until + 11);
}

const char *
path_query(struct ctl *ctl, const char *path, const enum option_name *names,
    size_t count)
{
	char before = '?';

	for (size_t i = 0; i < count; i++) {
		const char *value = ctl->options[names[i]];

		if (value == NULL)
			continue;
		path = arena_print(ctl->arena, "%s%c%s=%s", path, before,
		    option_text(names[i]), text_percent(ctl->arena, value));
		before = '&';
	}
	return path;
}

const char *
path_booking(struct ctl *ctl, const char *behind)
{
	return arena_print(ctl->arena, "/bookings/%s%s",
	    text_percent(ctl->arena, ctl->operands[0]), behind);
}

const char *
conditions(struct ctl *ctl, const json_t *asked)
{
	static const char *const codes[] = { "theme", "channel", "place" };
	static const char *const marks[] = { "longer", "soon", "anything",
		"earlier" };
	const char *words = "";
	json_t *name;
	size_t i;

	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		words = with_word(ctl, words, member(asked, codes[i]));
	json_array_foreach (json_object_get(asked, "times"), i, name)
		words = with_word(ctl, words, json_string_value(name));
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (json_is_true(json_object_get(asked, marks[i])))
			words = with_word(ctl, words, marks[i]);
	return words[0] == '\0' ? "any" : words;
}

static const char *
with_word(struct ctl *ctl, const char *words, const char *word)
{
	if (word[0] == '\0')
		return words;
	return arena_print(ctl->arena, "%s%s%s", words,
	    words[0] == '\0' ? "" : " ", word);
}
