/* hokenctl close, closures, reopen: hours that are taken away. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "ctl.h"

static json_t *closing_body(struct ctl *);
static int close_agreed(struct ctl *, const json_t *preview);
static void show_effect(struct ctl *, const json_t *effect, bool done);
static bool agreed(void);
static const char *span(struct ctl *, const json_t *closure);

/* A preview first; only what was seen is done. */
int
close_run(struct ctl *ctl)
{
	bool yes = ctl->options[OPTION_YES] != NULL;
	json_t *body = closing_body(ctl), *preview;
	int status;

	if (body == NULL) {
		fputs("hokenctl: close needs one of --room, --place, "
		      "--advisor\n",
		    stderr);
		return MISUSED;
	}
	status = call_json(ctl, "POST", "/closures?preview=1", body, &preview);
	if (status != DONE)
		return status;
	if (ctl->json && !yes)
		return show_json(preview);
	if (!ctl->json)
		show_effect(ctl, preview, false);
	if (yes || (isatty(STDIN_FILENO) && agreed()))
		status = close_agreed(ctl, preview);
	else
		fputs("hokenctl: nothing was changed; --yes does it\n", stderr);
	json_decref(preview);
	return status;
}

int
closures_run(struct ctl *ctl)
{
	json_t *answer, *closure;
	size_t i;
	int status = call_json(ctl, "GET", "/closures", NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	struct table *table = table_new(ctl->arena, 4, 0);
	table_row(table,
	    (const char *[]) { "ID", "FROM - UNTIL", "SCOPE", "CODE" });
	json_array_foreach (json_object_get(answer, "closures"), i, closure) {
		table_row(table,
		    (const char *[]) { member(closure, "id"),
			span(ctl, closure), member(closure, "scope"),
			member(closure, "code") });
	}
	table_print(table, false);
	json_decref(answer);
	return DONE;
}

int
reopen_run(struct ctl *ctl)
{
	const char *path = arena_print(ctl->arena, "/closures/%s",
	    text_percent(ctl->arena, ctl->operands[0]));
	json_t *answer;
	int status = call_json(ctl, "DELETE", path, NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	printf("open again  %s\n", span(ctl, answer));
	json_decref(answer);
	return DONE;
}

/* NULL unless exactly one thing is to be closed. */
static json_t *
closing_body(struct ctl *ctl)
{
	bool room = ctl->options[OPTION_ROOM] != NULL;
	const char *place = ctl->options[OPTION_PLACE];
	const char *advisor = ctl->options[OPTION_ADVISOR];

	if (room + (place != NULL) + (advisor != NULL) != 1)
		return NULL;
	return json_pack("{s:s, s:s?, s:s, s:s}", "scope",
	    room		? "room"
		: place != NULL ? "place"
				: "advisor",
	    "code", place != NULL ? place : advisor, "from", ctl->operands[0],
	    "until", ctl->operands[1]);
}

static int
close_agreed(struct ctl *ctl, const json_t *preview)
{
	json_t *body = closing_body(ctl), *answer;
	int status;

	json_object_set_new(body, "digest",
	    json_string(member(preview, "digest")));
	status = call_json(ctl, "POST", "/closures", body, &answer);
	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	printf("closed  %s\n", member(answer, "id"));
	if (json_integer_value(json_object_get(answer, "unreachable")) > 0) {
		puts("nobody can reach:");
		show_effect(ctl, answer, true);
	}
	json_decref(answer);
	return DONE;
}

/* Before: all that it hits.  Afterwards: whom nobody can reach. */
static void
show_effect(struct ctl *ctl, const json_t *effect, bool done)
{
	struct table *table = table_new(ctl->arena, 6, 0);
	const json_t *hit;
	size_t i;

	if (!done)
		printf("%s: bookings %zu, a letter to %lld, nobody can reach "
		       "%lld\n",
		    span(ctl, effect),
		    json_array_size(json_object_get(effect, "bookings")),
		    json_integer_value(json_object_get(effect, "reachable")),
		    json_integer_value(json_object_get(effect, "unreachable")));
	table_row(table,
	    (const char *[]) { "CODE", "WHEN", "THEME", "ADVISOR", "PLACE",
		"LETTER" });
	json_array_foreach (json_object_get(effect, "bookings"), i, hit) {
		bool reachable = json_is_true(
		    json_object_get(hit, "reachable"));

		if (done && reachable)
			continue;
		table_row(table,
		    (const char *[]) { member(hit, "code"), moment(ctl, hit),
			member(hit, "theme"), member(hit, "advisor"),
			member(hit, "place"), reachable ? "yes" : "no" });
	}
	if (i > 0)
		table_print(table, false);
}

static bool
agreed(void)
{
	char line[8] = "";

	fputs("Close and cancel these? [y/N] ", stdout);
	fflush(stdout);
	return fgets(line, sizeof(line), stdin) != NULL &&
	    (line[0] == 'y' || line[0] == 'Y');
}

static const char *
span(struct ctl *ctl, const json_t *closure)
{
	const char *from = member(closure, "starts_at");
	const char *until = member(closure, "ends_at");

	if (strlen(from) < 16 || strlen(until) < 16)
		return "";
	return arena_print(ctl->arena, "%.10s %.5s - %.10s %.5s", from,
	    from + 11, until, until + 11);
}
