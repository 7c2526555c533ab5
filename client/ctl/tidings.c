/* hokenctl tidings: what advisors are told by mail. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ctl.h"

static json_t *letters(struct ctl *);
static const char *listed(struct ctl *, const json_t *tidings);

int
tidings_list_run(struct ctl *ctl)
{
	json_t *answer, *tidings;
	size_t i;
	int status = call_json(ctl, "GET", "/tidings", NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	struct table *table = table_new(ctl->arena, 3, 0);
	table_row(table, (const char *[]) { "ADVISOR", "LETTERS", "LANGUAGE" });
	json_array_foreach (json_object_get(answer, "tidings"), i, tidings) {
		table_row(table,
		    (const char *[]) { member(tidings, "advisor"),
			listed(ctl, tidings), member(tidings, "language") });
	}
	table_print(table, false);
	json_decref(answer);
	return DONE;
}

int
tidings_set_run(struct ctl *ctl)
{
	const char *path = arena_print(ctl->arena, "/tidings/%s",
	    text_percent(ctl->arena, ctl->operands[0]));
	json_t *answer;
	int status = call_json(ctl, "POST", path,
	    json_pack("{s:s?, s:o, s:s?}", "email", ctl->options[OPTION_EMAIL],
		"letters", letters(ctl), "language",
		ctl->options[OPTION_LANGUAGE]),
	    &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	printf("advisor  %s\nletters  %s\n", member(answer, "advisor"),
	    listed(ctl, answer));
	json_decref(answer);
	return DONE;
}

/* Both when none are named. */
static json_t *
letters(struct ctl *ctl)
{
	const char *names = ctl->options[OPTION_LETTERS];
	json_t *list = json_array();
	char *rest;

	if (names == NULL)
		names = "notices,digest";
	if (strcmp(names, "none") == 0)
		return list;
	rest = arena_dup(ctl->arena, names);
	for (char *name; (name = strsep(&rest, ",")) != NULL;)
		json_array_append_new(list, json_string(name));
	return list;
}

static const char *
listed(struct ctl *ctl, const json_t *tidings)
{
	const char *list = "";
	json_t *name;
	size_t i;

	json_array_foreach (json_object_get(tidings, "letters"), i, name) {
		list = arena_print(ctl->arena, "%s%s%s", list,
		    i == 0 ? "" : ",", json_string_value(name));
	}
	return list[0] == '\0' ? "none" : list;
}
