/* hokenctl themes, slots: what the room offers. */
#include "ctl.h"

static const char *advisors_of(struct ctl *, const json_t *theme);

int
themes_run(struct ctl *ctl)
{
	json_t *answer, *theme;
	size_t i;
	int status = call_json(ctl, "GET", "/themes", NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	struct table *table = table_new(ctl->arena, 3, 0);
	table_row(table, (const char *[]) { "CODE", "TITLE", "ADVISORS" });
	json_array_foreach (json_object_get(answer, "themes"), i, theme) {
		table_row(table,
		    (const char *[]) { member(theme, "code"),
			member(theme, "title"), advisors_of(ctl, theme) });
	}
	table_print(table, false);
	json_decref(answer);
	return DONE;
}

int
slots_run(struct ctl *ctl)
{
	static const enum option_name names[] = { OPTION_THEME, OPTION_PLACE,
		OPTION_CHANNEL, OPTION_FROM, OPTION_TO };
	const char *path = path_query(ctl, "/slots", names, 5);
	json_t *answer;
	int status = call_json(ctl, "GET", path, NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	show_slots(ctl, json_object_get(answer, "slots"), false);
	json_decref(answer);
	return DONE;
}

void
show_slots(struct ctl *ctl, const json_t *slots, bool to_stderr)
{
	struct table *table = table_new(ctl->arena, 6, 0);
	const json_t *slot;
	size_t i;

	if (to_stderr && json_array_size(slots) == 0)
		return;
	table_row(table,
	    (const char *[]) { "SLOT", "WHEN", "THEME", "ADVISOR", "PLACE",
		"CHANNEL" });
	json_array_foreach (slots, i, slot) {
		table_row(table,
		    (const char *[]) { member(slot, "id"), moment(ctl, slot),
			member(slot, "theme"), member(slot, "advisor"),
			member(slot, "place"), member(slot, "channel") });
	}
	table_print(table, to_stderr);
}

/* "health", "career, money" */
static const char *
advisors_of(struct ctl *ctl, const json_t *theme)
{
	const char *list = "";
	const json_t *advisor;
	size_t i;

	json_array_foreach (json_object_get(theme, "advisors"), i, advisor) {
		list = arena_print(ctl->arena, "%s%s%s", list,
		    i == 0 ? "" : ", ", member(advisor, "code"));
	}
	return list;
}
