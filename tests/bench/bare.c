/*
 * The baseline for bookings: the domain's own booking_make() in a bare loop,
 * grouped by a number of bookings a commit, without threads and HTTP.
 *
 *	bare VAR GROUP NOW SLOTS	SLOTS: ids of frames, one a line
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "room/booking.h"
#include "store/db.h"

static const struct contact guest = {
	.name = "ゆき",
	.mail = "",
	.note = "",
	.lang = "ja",
	.entry = "web",
};

static double
seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* Lines of a file; NULL ends them. */
static char **
read_lines(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "re");
	char line[64], **lines;
	size_t count = 0;

	if (file == NULL)
		exit(1);
	while (fgets(line, sizeof(line), file) != NULL)
		count++;
	lines = arena_array(arena, char *, count + 1);
	rewind(file);
	for (size_t i = 0; i < count; i++)
		if (fgets(line, sizeof(line), file) != NULL)
			lines[i] = arena_dup_len(arena, line,
			    strcspn(line, "\n"));
	fclose(file);
	return lines;
}

static int
book(struct desk *d, const char *id)
{
	struct booking booking;
	struct arena *kept = d->arena;
	int result;

	d->arena = arena_new();
	if (db_save(d->db) < 0)
		exit(1);
	result = booking_make(d, id, &guest, &booking) == BOOKED;
	if (result)
		db_release(d->db);
	else
		db_undo(d->db);
	arena_free(d->arena);
	d->arena = kept;
	return result;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct desk d = { .arena = arena, .actor = { .uid = -1 } };
	struct keys *keys;
	int group, booked = 0;
	double start;
	char **ids;

	if (argc != 5 || seal_init() < 0 || when_zone("Asia/Tokyo") < 0)
		return 2;
	d.db = db_open(arena_print(arena, "%s/hokend.db", argv[1]), DB_WRITE);
	d.keys = keys = keys_open(arena_print(arena, "%s/keys", argv[1]));
	group = atoi(argv[2]);
	d.now = when_parse(argv[3]);
	if (d.db == NULL || d.keys == NULL || d.now == AT_NONE || group < 1)
		return 1;
	ids = read_lines(arena, argv[4]);
	start = seconds();
	while (*ids != NULL) {
		if (db_begin(d.db) < 0)
			return 1;
		for (int n = 0; n < group && *ids != NULL; n++)
			booked += book(&d, *ids++);
		if (db_commit(d.db) < 0)
			return 1;
		db_tend(d.db, false);
	}
	printf("{\"booked\": %d, \"per_second\": %.0f}\n", booked,
	    booked / (seconds() - start));
	db_close(d.db);
	keys_close(keys);
	arena_free(arena);
	return 0;
}
