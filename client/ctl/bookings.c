/* hokenctl book, walk-in, show, move, cancel, today, outcome, forget. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ctl.h"

static void show_bookings(struct ctl *, const json_t *bookings);
static void show_first(struct ctl *, const char *what, const json_t *list);
static int change(struct ctl *, const char *behind, json_t *body);
static int show_one(struct ctl *, json_t *booking);
static json_t *words(struct ctl *, const char *text);

int
book_run(struct ctl *ctl)
{
	static const enum option_name names[] = { OPTION_NAME, OPTION_EMAIL,
		OPTION_LANGUAGE, OPTION_NOTE, OPTION_ENTRY };
	json_t *body = json_pack("{s:s, s:s}", "slot", ctl->operands[0],
	    "language", "ja");
	json_t *answer;
	int status;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (ctl->options[names[i]] != NULL)
			json_object_set_new(body, option_text(names[i]),
			    json_string(ctl->options[names[i]]));
	if (ctl->options[OPTION_ACCESS] != NULL)
		json_object_set_new(body, "access",
		    words(ctl, ctl->options[OPTION_ACCESS]));
	status = call_json(ctl, "POST", "/bookings", body, &answer);
	return status == DONE ? show_one(ctl, answer) : status;
}

int
walk_in_run(struct ctl *ctl)
{
	json_t *answer;
	int status = call_json(ctl, "POST", "/walk-ins",
	    json_pack("{s:s?}", "advisor", ctl->options[OPTION_ADVISOR]),
	    &answer);

	return status == DONE ? show_one(ctl, answer) : status;
}

int
show_run(struct ctl *ctl)
{
	bool with_note = ctl->options[OPTION_WITH_NOTE] != NULL;
	const char *path = path_booking(ctl, with_note ? "?note=1" : "");
	json_t *answer;
	int status = call_json(ctl, "GET", path, NULL, &answer);

	return status == DONE ? show_one(ctl, answer) : status;
}

int
move_run(struct ctl *ctl)
{
	return change(ctl, "/move",
	    json_pack("{s:s}", "slot", ctl->operands[1]));
}

int
cancel_run(struct ctl *ctl)
{
	return change(ctl, "/cancel", json_object());
}

int
outcome_run(struct ctl *ctl)
{
	return change(ctl, "/outcome",
	    json_pack("{s:s}", "outcome", ctl->operands[1]));
}

int
forget_run(struct ctl *ctl)
{
	return change(ctl, "/forget", json_object());
}

int
today_run(struct ctl *ctl)
{
	const char *path = "/bookings";
	json_t *answer;
	int status;

	if (ctl->operands[0] != NULL)
		path = arena_print(ctl->arena, "/bookings?date=%s",
		    text_percent(ctl->arena, ctl->operands[0]));
	status = call_json(ctl, "GET", path, NULL, &answer);
	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	show_first(ctl, "bookings outside the present hours",
	    json_object_get(answer, "attention"));
	show_first(ctl, "visits of the days before without an outcome",
	    json_object_get(answer, "unmarked"));
	show_bookings(ctl, json_object_get(answer, "bookings"));
	json_decref(answer);
	return DONE;
}

/* What wants somebody before the day does. */
static void
show_first(struct ctl *ctl, const char *what, const json_t *list)
{
	if (json_array_size(list) == 0)
		return;
	printf("%s: %zu\n", what, json_array_size(list));
	show_bookings(ctl, list);
	putchar('\n');
}

static int
change(struct ctl *ctl, const char *behind, json_t *body)
{
	json_t *answer;
	int status = call_json(ctl, "POST", path_booking(ctl, behind), body,
	    &answer);

	return status == DONE ? show_one(ctl, answer) : status;
}

/* One booking, a member a line; takes it over. */
static int
show_one(struct ctl *ctl, json_t *booking)
{
	static const char *const members[] = { "code", "passphrase", "state",
		"theme", "advisor", "place", "channel", "name", "email",
		"language", "note", "manage_url", "forgotten_at" };
	struct table *table = table_new(ctl->arena, 2, 0);
	const json_t *need;
	size_t at;

	if (ctl->json)
		return show_json(booking);
	table_row(table, (const char *[]) { "when", moment(ctl, booking) });
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (*member(booking, members[i]) != '\0')
			table_row(table,
			    (const char *[]) { members[i],
				member(booking, members[i]) });
	if (json_is_true(json_object_get(booking, "forget_after")))
		table_row(table,
		    (const char *[]) { "forget", "once it is over" });
	json_array_foreach (json_object_get(booking, "access"), at, need) {
		table_row(table,
		    (const char *[]) { "access", json_string_value(need) });
	}
	table_print(table, false);
	json_decref(booking);
	return DONE;
}

/* "sign,child" as an array. */
static json_t *
words(struct ctl *ctl, const char *text)
{
	char *rest = arena_dup(ctl->arena, text);
	json_t *list = json_array();

	for (char *word; (word = strsep(&rest, ",")) != NULL;)
		json_array_append_new(list, json_string(word));
	return list;
}

static void
show_bookings(struct ctl *ctl, const json_t *bookings)
{
	struct table *table = table_new(ctl->arena, 7, 0);
	const json_t *b;
	size_t i;

	table_row(table,
	    (const char *[]) { "CODE", "WHEN", "STATE", "THEME", "ADVISOR",
		"PLACE", "CHANNEL" });
	json_array_foreach (bookings, i, b) {
		table_row(table,
		    (const char *[]) { member(b, "code"), moment(ctl, b),
			member(b, "state"), member(b, "theme"),
			member(b, "advisor"), member(b, "place"),
			member(b, "channel") });
	}
	table_print(table, false);
}
