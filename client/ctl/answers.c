/* hokenctl answers: what people have told, in sums. */
#include "ctl.h"

static void rows_of(struct ctl *, struct table *, const char *question,
    const json_t *sums);

int
answers_run(struct ctl *ctl)
{
	json_t *answer, *sums;
	const char *question;
	int status = call_json(ctl, "GET", "/answers", NULL, &answer);

	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	struct table *table = table_new(ctl->arena, 4, 3U << 2);
	table_row(table,
	    (const char *[]) { "QUESTION", "CHOICE", "COUNT", "SHARE" });
	json_object_foreach (json_object_get(answer, "questions"), question,
	    sums) {
		rows_of(ctl, table, question, sums);
	}
	table_print(table, false);
	json_decref(answer);
	return DONE;
}

/* Choices that nobody made are left out. */
static void
rows_of(struct ctl *ctl, struct table *table, const char *question,
    const json_t *sums)
{
	long long people = json_integer_value(json_object_get(sums, "people"));
	const char *choice;
	json_t *value;

	table_row(table,
	    (const char *[]) { question, "",
		arena_print(ctl->arena, "%lld", people), "" });
	json_object_foreach (json_object_get(sums, "choices"), choice, value) {
		long long count = json_integer_value(value);

		if (count > 0)
			table_row(table,
			    (const char *[]) { "", choice,
				arena_print(ctl->arena, "%lld", count),
				arena_print(ctl->arena, "%.1f %%",
				    100 * (double)count / (double)people) });
	}
}
