/* hokenctl outlet, flyer: where flyers lie, what is printed for them, and
 * what came of it. */
#include <stdio.h>

#include "base/text.h"
#include "ctl.h"

static int change(struct ctl *, const char *verb, const char *told);
static const char *count(struct ctl *, const json_t *outlet, const char *name);

int
outlet_list_run(struct ctl *ctl)
{
	json_t *answer, *outlet;
	size_t i;
	int status = call_json(ctl, "GET", "/outlets", NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	struct table *table = table_new(ctl->arena, 6, 7U << 2);
	table_row(table,
	    (const char *[]) { "CODE", "NAME", "30 DAYS", "VISITS", "BOOKINGS",
		"STATE" });
	json_array_foreach (json_object_get(answer, "outlets"), i, outlet) {
		bool withdrawn = json_is_true(
		    json_object_get(outlet, "withdrawn"));

		table_row(table,
		    (const char *[]) { member(outlet, "code"),
			member(outlet, "name"),
			count(ctl, outlet, "recent_visits"),
			count(ctl, outlet, "visits"),
			count(ctl, outlet, "bookings"),
			withdrawn ? "withdrawn" : "printed" });
	}
	table_print(table, false);
	json_decref(answer);
	return DONE;
}

int
outlet_add_run(struct ctl *ctl)
{
	json_t *answer;
	int status = call_json(ctl, "POST", "/outlets",
	    json_pack("{s:s, s:s?}", "name", ctl->operands[0], "code",
		ctl->operands[1]),
	    &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	printf("%s  %s\n", member(answer, "code"), member(answer, "url"));
	json_decref(answer);
	return DONE;
}

int
outlet_withdraw_run(struct ctl *ctl)
{
	return change(ctl, "withdraw", "withdrawn");
}

int
outlet_restore_run(struct ctl *ctl)
{
	return change(ctl, "restore", "printed again");
}

int
flyer_run(struct ctl *ctl)
{
	static const enum option_name names[] = { OPTION_SIZE, OPTION_DISCREET,
		OPTION_IN };
	const char *path = arena_print(ctl->arena, "/outlets/%s/flyer",
	    text_percent(ctl->arena, ctl->operands[0]));
	const char *text;
	int status = call_text(ctl, "GET", path_query(ctl, path, names, 3),
	    NULL, NULL, &text);

	if (status == DONE)
		fputs(text, stdout);
	return status;
}

static int
change(struct ctl *ctl, const char *verb, const char *told)
{
	json_t *answer;
	int status = call_json(ctl, "POST",
	    arena_print(ctl->arena, "/outlets/%s/%s",
		text_percent(ctl->arena, ctl->operands[0]), verb),
	    NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	printf("%s  %s\n", told, member(answer, "code"));
	json_decref(answer);
	return DONE;
}

static const char *
count(struct ctl *ctl, const json_t *outlet, const char *name)
{
	return arena_print(ctl->arena, "%lld",
	    (long long)json_integer_value(json_object_get(outlet, name)));
}
