/* What a mail server sends back. */
#include "fuzz.h"
#include "mail/bounce.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new();
	struct bounce bounce;

	if (bounce_read(arena, fuzz_text(arena, data, len), &bounce)) {
		MUST(strlen(bounce.message_id) == 32);
		MUST(strspn(bounce.message_id, "0123456789abcdef") == 32);
		MUST(strchr("45", bounce.status[0]) != NULL);
		MUST(bounce.status[1] == '.');
		MUST(strlen(bounce.status) <= 11);
	}
	arena_free(arena);
	return 0;
}
