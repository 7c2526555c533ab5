/* hokenctl waitlist: what is waited for and came of it, who waits, and who
 * waits no longer. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ctl.h"

static void show_kinds(struct ctl *, const json_t *answer);
static void show_waiting(struct ctl *, const json_t *wishes);
static const char *number(struct ctl *, const json_t *, const char *name);

int
waitlist_run(struct ctl *ctl)
{
	static const enum option_name names[] = { OPTION_FROM, OPTION_TO };
	json_t *answer;
	int status = call_json(ctl, "GET",
	    path_query(ctl, "/waitlist", names, 2), NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	show_kinds(ctl, answer);
	show_waiting(ctl, json_object_get(answer, "wishes"));
	json_decref(answer);
	return DONE;
}

int
waitlist_withdraw_run(struct ctl *ctl)
{
	json_t *answer;
	int status = call_json(ctl, "POST",
	    arena_print(ctl->arena, "/waitlist/%s/withdraw",
		text_percent(ctl->arena, ctl->operands[0])),
	    NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	printf("withdrawn  %s\n", member(answer, "code"));
	json_decref(answer);
	return DONE;
}

static void
show_kinds(struct ctl *ctl, const json_t *answer)
{
	struct table *table = table_new(ctl->arena, 5, 0xf);
	const json_t *kind;
	size_t i;

	table_row(table,
	    (const char *[]) { "JOINED", "OFFERED", "BOOKED", "WAITING",
		"FOR" });
	json_array_foreach (json_object_get(answer, "kinds"), i, kind) {
		table_row(table,
		    (const char *[]) { number(ctl, kind, "joined"),
			number(ctl, kind, "offered"),
			number(ctl, kind, "booked"),
			number(ctl, kind, "waiting"), conditions(ctl, kind) });
	}
	table_row(table,
	    (const char *[]) { number(ctl, answer, "joined"),
		number(ctl, answer, "offered"), number(ctl, answer, "booked"),
		"", "in all" });
	table_print(table, false);
}

static void
show_waiting(struct ctl *ctl, const json_t *wishes)
{
	struct table *table = table_new(ctl->arena, 5, 0);
	const json_t *wish;
	size_t i;
	bool any = false;

	table_row(table,
	    (const char *[]) { "CODE", "FROM", "UNTIL", "LETTER", "FOR" });
	json_array_foreach (wishes, i, wish) {
		bool reachable = json_is_true(
		    json_object_get(wish, "reachable"));

		if (strcmp(member(wish, "state"), "waiting") != 0)
			continue;
		any = true;
		table_row(table,
		    (const char *[]) { member(wish, "code"),
			member(wish, "from"), member(wish, "until"),
			reachable ? "yes" : "no", conditions(ctl, wish) });
	}
	if (!any)
		return;
	putchar('\n');
	table_print(table, false);
}

static const char *
number(struct ctl *ctl, const json_t *of, const char *name)
{
	return arena_print(ctl->arena, "%lld",
	    json_integer_value(json_object_get(of, name)));
}
