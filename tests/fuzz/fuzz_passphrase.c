/* Three words as somebody types them. */
#include "base/text.h"
#include "fuzz.h"
#include "room/passphrase.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const struct keys *keys = fuzz_keys();
	struct arena *arena = arena_new();
	char *typed = fuzz_text(arena, data, len);

	if (text_valid(typed, strlen(typed))) {
		const char *folded = passphrase_fold(arena, typed);

		MUST(strspn(folded, "abcdefghijklmnopqrstuvwxyz?") ==
		    strlen(folded));
		MUST(!passphrase_is(keys, arena, 1, 1, typed));
		/* What is appended makes the right words wrong, unless it is
		 * nothing when all is forgiven. */
		const char *right = passphrase_print(keys, arena, 1, 1,
		    (len & 1) != 0);
		MUST(passphrase_is(keys, arena, 1, 1, right));
		const char *more = arena_print(arena, "%s %s", right, typed);
		MUST(!passphrase_is(keys, arena, 1, 1, more) ||
		    strcmp(passphrase_fold(arena, more),
			passphrase_fold(arena, right)) == 0);
	}
	arena_free(arena);
	return 0;
}
