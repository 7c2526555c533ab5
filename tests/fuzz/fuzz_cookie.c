/*
 * Cookies and guards.  With a first byte of 's' the rest is sealed by our
 * own key, as if it were a cookie of ours.
 */
#include <stdio.h>

#include "base/text.h"
#include "fuzz.h"
#include "http/parts.h"
#include "web/cookie.h"

static struct config config = { .public_url = "http://127.0.0.1:8080" };
static const struct route route = { .guard = GUARD_VISIT };

static const char *
header_of(struct arena *arena, const uint8_t *data, size_t len)
{
	static const char context[] = "visit";
	const char *text = fuzz_text(arena, data, len);

	if (text[0] != 's')
		return text;
	return arena_print(arena, "visit=%s",
	    seal_wrap(fuzz_keys(), arena, SEAL_COOKIE,
		(struct bytes) { context, sizeof(context) - 1 }, text + 1));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct web web = { .config = &config, .keys = fuzz_keys() };
	struct arena *arena = arena_new();
	struct incoming *in = arena_get(arena, sizeof(*in));
	struct request *request = &in->request;

	*request = (struct request) {
		.arena = arena,
		.path = "/",
		.query = "",
		.route = &route,
	};
	in->headers[in->count++] = (struct header) { "cookie",
		header_of(arena, data, len) };
	cookie_get(&web, request, "lang");
	struct visit visit = visit_get(&web, request);
	MUST(data == NULL || data[0] == 's' || visit.level == VISIT_NONE);
	MUST(guard_ok(&web, request, guard_make(&web, request)));
	MUST(!guard_ok(&web, request, in->headers[0].value));
	arena_free(arena);
	return 0;
}
