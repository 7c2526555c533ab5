/* hokenctl outbox: what waits, what failed; again, lift, pause, resume. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ctl.h"

static void show_addresses(struct ctl *, const json_t *addresses);
static void add_rows(struct table *, struct ctl *, const json_t *letters);
static const char *minute(struct ctl *, const char *instant);
static int press(struct ctl *, const char *path, const char *told);

int
outbox_run(struct ctl *ctl)
{
	const char *paused_at;
	json_t *answer;
	int status = call_json(ctl, "GET", "/outbox", NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	paused_at = member(answer, "paused_at");
	if (paused_at[0] != '\0')
		printf("paused since %s\n", minute(ctl, paused_at));
	struct table *table = table_new(ctl->arena, 7, 1 << 4);
	table_row(table,
	    (const char *[]) { "ID", "STATE", "KIND", "BOOKING", "TRIES",
		"NEXT", "ERROR" });
	add_rows(table, ctl, json_object_get(answer, "failed_letters"));
	add_rows(table, ctl, json_object_get(answer, "waiting_letters"));
	table_print(table, false);
	show_addresses(ctl, json_object_get(answer, "unreachable_addresses"));
	json_decref(answer);
	return DONE;
}

int
outbox_again_run(struct ctl *ctl)
{
	const char *path = arena_print(ctl->arena, "/outbox/%s/again",
	    text_percent(ctl->arena, ctl->operands[0]));

	return press(ctl, path, "again");
}

int
outbox_lift_run(struct ctl *ctl)
{
	const char *path = arena_print(ctl->arena, "/addresses/%s/lift",
	    text_percent(ctl->arena, ctl->operands[0]));

	return press(ctl, path, "lifted");
}

int
outbox_pause_run(struct ctl *ctl)
{
	return press(ctl, "/courier/pause", "paused");
}

int
outbox_resume_run(struct ctl *ctl)
{
	return press(ctl, "/courier/resume", "resumed");
}

static void
show_addresses(struct ctl *ctl, const json_t *addresses)
{
	struct table *table = table_new(ctl->arena, 4, 0);
	const json_t *address;
	size_t i;

	if (json_array_size(addresses) == 0)
		return;
	printf("\naddresses at which nobody can be reached: %zu\n",
	    json_array_size(addresses));
	table_row(table,
	    (const char *[]) { "ID", "BOOKING", "STATUS", "SINCE" });
	json_array_foreach (addresses, i, address)
		table_row(table,
		    (const char *[]) { member(address, "id"),
			member(address, "booking"), member(address, "status"),
			minute(ctl, member(address, "since")) });
	table_print(table, false);
}

static void
add_rows(struct table *table, struct ctl *ctl, const json_t *letters)
{
	const json_t *letter;
	size_t i;

	json_array_foreach (letters, i, letter) {
		const char *state = member(letter, "state");
		bool due = strcmp(state, "due") == 0;

		table_row(table,
		    (const char *[]) { member(letter, "id"), state,
			member(letter, "kind"), member(letter, "booking"),
			arena_print(ctl->arena, "%lld",
			    json_integer_value(
				json_object_get(letter, "attempts"))),
			due ? minute(ctl, member(letter, "next_at")) : "",
			member(letter, "error") });
	}
}

/* "2026-07-01 14:00" */
static const char *
minute(struct ctl *ctl, const char *instant)
{
	if (strlen(instant) < 16)
		return "";
	return arena_print(ctl->arena, "%.10s %.5s", instant, instant + 11);
}

static int
press(struct ctl *ctl, const char *path, const char *told)
{
	json_t *answer;
	int status = call_json(ctl, "POST", path, NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	puts(told);
	json_decref(answer);
	return DONE;
}
