/* hokenctl account: who may sign in, and the way back in. */
#include <stdio.h>

#include "base/text.h"
#include "ctl.h"

static int change(struct ctl *, const char *verb, json_t **answer);
static const char *path_of(struct ctl *, const char *what);
static const char *known(const char *);
static int change_told(struct ctl *, const char *verb, const char *told);
static int show_password(json_t *);
static const char *state(const json_t *account);

int
account_list_run(struct ctl *ctl)
{
	json_t *answer, *account;
	size_t i;
	int status = call_json(ctl, "GET", "/accounts", NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	struct table *table = table_new(ctl->arena, 5, 0);
	table_row(table,
	    (const char *[]) { "NAME", "ROLE", "ADVISOR", "LAST SIGN-IN",
		"STATE" });
	json_array_foreach (json_object_get(answer, "accounts"), i, account) {
		table_row(table,
		    (const char *[]) { member(account, "name"),
			member(account, "role"), member(account, "advisor"),
			member(account, "last_sign_in"), state(account) });
	}
	table_print(table, false);
	json_decref(answer);
	return DONE;
}

int
account_add_run(struct ctl *ctl)
{
	const char *role = ctl->options[OPTION_ROLE];
	const char *advisor = ctl->options[OPTION_ADVISOR];
	json_t *answer;
	int status;

	if (role == NULL) {
		fputs("hokenctl: account add needs --role\n", stderr);
		return MISUSED;
	}
	status = call_json(ctl, "POST", "/accounts",
	    json_pack("{s:s, s:s, s:s?}", "name", ctl->operands[0], "role",
		role, "advisor", advisor),
	    &answer);
	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	return show_password(answer);
}

int
account_reset_run(struct ctl *ctl)
{
	json_t *answer;
	int status = change(ctl, "password", &answer);

	if (status != DONE)
		return status;
	return ctl->json ? show_json(answer) : show_password(answer);
}

int
account_disable_run(struct ctl *ctl)
{
	return change_told(ctl, "disable", "disabled");
}

int
account_enable_run(struct ctl *ctl)
{
	return change_told(ctl, "enable", "enabled");
}

int
account_sittings_run(struct ctl *ctl)
{
	json_t *answer, *sitting;
	size_t i;
	int status = call_json(ctl, "GET", path_of(ctl, "sittings"), NULL,
	    &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	struct table *table = table_new(ctl->arena, 5, 0);
	table_row(table,
	    (const char *[]) { "SITTING", "SYSTEM", "BROWSER", "SINCE",
		"LAST SEEN" });
	json_array_foreach (json_object_get(answer, "sittings"), i, sitting) {
		table_row(table,
		    (const char *[]) { member(sitting, "id"),
			known(member(sitting, "system")),
			known(member(sitting, "browser")),
			member(sitting, "since"),
			member(sitting, "last_seen") });
	}
	table_print(table, false);
	json_decref(answer);
	return DONE;
}

int
account_end_run(struct ctl *ctl)
{
	json_t *answer;
	int status = call_json(ctl, "POST", path_of(ctl, "sittings/end"),
	    json_pack("{s:s?}", "sitting", ctl->options[OPTION_SITTING]),
	    &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	printf("ended  %d\n",
	    (int)json_integer_value(json_object_get(answer, "ended")));
	json_decref(answer);
	return DONE;
}

static int
change(struct ctl *ctl, const char *verb, json_t **answer)
{
	return call_json(ctl, "POST", path_of(ctl, verb), NULL, answer);
}

static const char *
path_of(struct ctl *ctl, const char *what)
{
	return arena_print(ctl->arena, "/accounts/%s/%s",
	    text_percent(ctl->arena, ctl->operands[0]), what);
}

static const char *
known(const char *name)
{
	return name[0] == '\0' ? "-" : name;
}

static int
change_told(struct ctl *ctl, const char *verb, const char *told)
{
	json_t *answer;
	int status = change(ctl, verb, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	printf("%s  %s\n", told, member(answer, "name"));
	json_decref(answer);
	return DONE;
}

static int
show_password(json_t *answer)
{
	printf("name               %s\none-time password  %s\n",
	    member(answer, "name"), member(answer, "one_time_password"));
	json_decref(answer);
	return DONE;
}

static const char *
state(const json_t *account)
{
	if (json_is_true(json_object_get(account, "disabled")))
		return "disabled";
	return json_is_true(json_object_get(account, "one_time")) ? "one-time"
								  : "open";
}
