/*
 * Ids of frames: there is no session, so that nothing but UNKNOWN may come
 * of them.
 */
#include "fuzz.h"
#include "room/slot.h"

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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct desk desk = {
		.keys = fuzz_keys(),
		.db = empty_room(),
		.arena = arena_new(),
		.now = INT64_C(1782882000),
	};
	struct policy policy = { .window_days = 28, .notice_minutes = 60 };
	struct slot slot;

	MUST(slot_get(&desk, &policy, fuzz_text(desk.arena, data, len), 0,
		 &slot) == SLOT_UNKNOWN);
	arena_free(desk.arena);
	return 0;
}
