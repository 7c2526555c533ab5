/* Accept-Language. */
#include "fuzz.h"
#include "web/lang.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new();
	enum lang lang = lang_accepted(fuzz_text(arena, data, len));

	MUST(lang >= 0 && lang <= LANGS);
	arena_free(arena);
	return 0;
}
