/* hokenctl usage: utilisation as a table. */
#include "ctl.h"

#define COLUMNS 11
#define FIGURES_RIGHT (((1U << COLUMNS) - 1) & ~1U)

static void rows_of(struct ctl *, struct table *, const json_t *answer,
    const char *side);
static void unmet(struct ctl *, const json_t *list);
static void row(struct ctl *, struct table *, const char *name,
    const json_t *figures);
static const char *count(struct ctl *, const json_t *figures, const char *name);
static const char *rate(struct ctl *, const json_t *figures, const char *name);

int
usage_run(struct ctl *ctl)
{
	static const enum option_name names[] = { OPTION_FROM, OPTION_TO };
	const char *path = path_query(ctl, "/usage", names, 2);
	json_t *answer;
	int status = call_json(ctl, "GET", path, NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	struct table *table = table_new(ctl->arena, COLUMNS, FIGURES_RIGHT);
	table_row(table,
	    (const char *[]) { arena_print(ctl->arena, "%s..%s",
				   member(answer, "from"),
				   member(answer, "to")),
		"OFFERED", "BOOKED", "RATE", "USED", "RATE", "ATTENDED",
		"NO-SHOW", "RATE", "CANCELLED", "RATE" });
	row(ctl, table, "total", json_object_get(answer, "total"));
	rows_of(ctl, table, answer, "channel");
	rows_of(ctl, table, answer, "theme");
	rows_of(ctl, table, answer, "weekday");
	table_print(table, false);
	unmet(ctl, json_object_get(answer, "unmet"));
	json_decref(answer);
	return DONE;
}

static void
rows_of(struct ctl *ctl, struct table *table, const json_t *answer,
    const char *side)
{
	json_t *rows = json_object_get(answer, side), *figures;
	const char *name;

	json_object_foreach (rows, name, figures) {
		row(ctl, table, name, figures);
	}
}

/* "12  health online evening weekend": a line each. */
static void
unmet(struct ctl *ctl, const json_t *list)
{
	struct table *table = table_new(ctl->arena, 2, 1);
	json_t *one;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	table_row(table, (const char *[]) { "TOLD", "NO TIME SUITED" });
	json_array_foreach (list, i, one) {
		table_row(table,
		    (const char *[]) { count(ctl, one, "told"),
			conditions(ctl, one) });
	}
	putchar('\n');
	table_print(table, false);
}

static void
row(struct ctl *ctl, struct table *table, const char *name,
    const json_t *figures)
{
	table_row(table,
	    (const char *[]) { name, count(ctl, figures, "offered"),
		count(ctl, figures, "booked"),
		rate(ctl, figures, "booked_rate"), count(ctl, figures, "used"),
		rate(ctl, figures, "use_rate"), count(ctl, figures, "attended"),
		count(ctl, figures, "no_show"),
		rate(ctl, figures, "no_show_rate"),
		count(ctl, figures, "cancelled"),
		rate(ctl, figures, "cancellation_rate") });
}

static const char *
count(struct ctl *ctl, const json_t *figures, const char *name)
{
	return arena_print(ctl->arena, "%lld",
	    (long long)json_integer_value(json_object_get(figures, name)));
}

/* "53.3 %", or "-" where there is nothing to divide by. */
static const char *
rate(struct ctl *ctl, const json_t *figures, const char *name)
{
	const json_t *value = json_object_get(figures, name);

	if (!json_is_number(value))
		return "-";
	return arena_print(ctl->arena, "%.1f %%",
	    100 * json_number_value(value));
}
