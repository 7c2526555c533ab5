/* hokenctl room load, room dump: setting the room up. */
#include <stdio.h>
#include <string.h>

#include "ctl.h"

/* The server takes no more than 64 KiB of a body. */
#define FILE_MAX ((size_t)64 << 10)

static const char *read_file(struct ctl *, const char *path);

int
room_load_run(struct ctl *ctl)
{
	const char *text = read_file(ctl, ctl->operands[0]);
	const char *path = ctl->options[OPTION_PRUNE] != NULL ? "/room?prune=1"
							      : "/room";
	json_t *answer, *count;
	const char *name;
	int status;

	if (text == NULL)
		return REFUSED;
	status = call_text(ctl, "PUT", path, text, &answer, NULL);
	if (status != DONE)
		return status;
	if (ctl->json)
		return show_json(answer);
	struct table *table = table_new(ctl->arena, 2, 1U << 1);
	json_object_foreach (answer, name, count) {
		table_row(table,
		    (const char *[]) { name,
			arena_print(ctl->arena, "%lld",
			    (long long)json_integer_value(count)) });
	}
	table_print(table, false);
	json_decref(answer);
	return DONE;
}

int
room_dump_run(struct ctl *ctl)
{
	const char *text;
	int status = call_text(ctl, "GET", "/room", NULL, NULL, &text);

	if (status == DONE)
		fputs(text, stdout);
	return status;
}

/* A whole file, or standard input for "-"; NULL has been told. */
static const char *
read_file(struct ctl *ctl, const char *path)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	char *text = arena_get(ctl->arena, FILE_MAX + 2);
	size_t len = 0;
	bool failed = file == NULL;

	if (!failed) {
		len = fread(text, 1, FILE_MAX + 1, file);
		failed = ferror(file) != 0;
	}
	if (failed)
		perror(arena_print(ctl->arena, "hokenctl: %s", path));
	if (file != NULL && file != stdin)
		fclose(file);
	if (!failed && (len > FILE_MAX || strlen(text) != len)) {
		fprintf(stderr, "hokenctl: %s: no text, or over 64 KiB\n",
		    path);
		return NULL;
	}
	return failed ? NULL : text;
}
