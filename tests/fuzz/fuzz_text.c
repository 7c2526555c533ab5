/* Percent-encoding, base64, and texts made comparable. */
#include "base/text.h"
#include "fuzz.h"

static void
compare(struct arena *arena, const char *text)
{
	const char *digits = text_digits(arena, text);
	const char *nfkc = text_nfkc(arena, text);

	MUST(text_valid(nfkc, strlen(nfkc)));
	MUST(strcmp(text_nfkc(arena, nfkc), nfkc) == 0);
	MUST(strspn(digits, "0123456789") == strlen(digits));
	MUST(text_length(text) <= strlen(text));
	text_has_control(text, true);
	const char *trimmed = text_trim(arena, text);
	MUST(strcmp(text_trim(arena, trimmed), trimmed) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new();
	struct bytes all = { data, len };
	const char *text = fuzz_text(arena, data, len);

	if (text_valid(text, strlen(text)))
		compare(arena, text);
	for (int plus = 0; plus < 2; plus++) {
		const char *plain = text_unpercent(arena, text, strlen(text),
		    plus);
		if (plain == NULL)
			continue;
		const char *again = text_percent(arena, plain);
		MUST(strcmp(text_unpercent(arena, again, strlen(again), plus),
			 plain) == 0);
	}
	struct bytes plain = text_unbase64url(arena, text);
	if (plain.data != NULL)
		MUST(strcmp(text_base64url(arena, plain), text) == 0);
	plain = text_unbase64url(arena, text_base64url(arena, all));
	MUST(plain.len == len && memcmp(plain.data, data, len) == 0);
	text_base64(arena, all);
	arena_free(arena);
	return 0;
}
