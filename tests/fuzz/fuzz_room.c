/* Room files: what is taken holds together, what is not has a line. */
#include "fuzz.h"
#include "room/draft.h"

static struct db *
empty_room(void)
{
	static struct db *db;

	if (db == NULL) {
		db = db_open(":memory:", DB_WRITE);
		MUST(db != NULL && db_migrate(db) == 0);
	}
	return db;
}

static void
holds_together(const struct draft *draft)
{
	for (int i = 0; i < draft->opening_count; i++) {
		const struct draft_opening *o = &draft->openings[i];

		MUST(o->advisor != NULL && o->theme != NULL);
		MUST(o->rule.minutes > 0 && o->rule.slot_minutes > 0);
		MUST(o->rule.start_minute % 15 == 0);
	}
	for (int i = 0; i < draft->closure_count; i++)
		MUST(draft->closures[i].span.starts_at <
		    draft->closures[i].span.ends_at);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct desk desk = {
		.keys = fuzz_keys(),
		.db = empty_room(),
		.arena = arena_new(),
		.now = INT64_C(1782882000),
	};
	const char *text = fuzz_text(desk.arena, data, len);

	for (int whole = 0; whole < 2; whole++) {
		struct draft draft = { 0 };
		const char *error = NULL;
		int read = draft_read(&desk, text, whole, &draft, &error);

		MUST(read == 0 || read == 1);
		MUST(read == 0 || strncmp(error, "line ", 5) == 0);
		if (read == 0)
			holds_together(&draft);
	}
	arena_free(desk.arena);
	return 0;
}
