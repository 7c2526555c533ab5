/* Letters on the page of a first run. */
#include "fuzz.h"
#include "mail/reading.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new();
	struct reading reading = reading_of(arena, fuzz_text(arena, data, len));

	MUST(reading.from != NULL && reading.to != NULL);
	MUST(reading.subject != NULL && reading.date != NULL);
	MUST(reading.text != NULL);
	arena_free(arena);
	return 0;
}
