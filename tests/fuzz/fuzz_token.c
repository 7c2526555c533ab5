/* Tokens of links, and addresses that a proxy names. */
#include "fuzz.h"
#include "http/peer.h"

#define TOKEN_LENGTH 38

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const struct keys *keys = fuzz_keys();
	struct arena *arena = arena_new();
	const char *text = fuzz_text(arena, data, len);
	struct address proxy = { { [15] = 1 } };

	int64_t id = seal_token_id(text);
	MUST(id >= 0 && (id == 0 || strlen(text) == TOKEN_LENGTH));
	MUST(!seal_token_is(keys, SEAL_MANAGE, text, 1));
	if (id > 0)
		MUST(seal_token_id(seal_token(keys, arena, SEAL_FEED, id, 1)) ==
		    id);
	struct address address = address_forwarded(text, &proxy);
	const char *printed = address_print(arena, &address);
	MUST(printed[0] != '\0' && strlen(printed) < 50);
	seal_unwrap(keys, arena, SEAL_COOKIE, (struct bytes) { 0 }, text);
	arena_free(arena);
	return 0;
}
