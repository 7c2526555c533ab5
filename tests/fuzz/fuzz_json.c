/* Bodies of the JSON API. */
#include "api/api.h"
#include "base/text.h"
#include "fuzz.h"
#include "http/parts.h"
#include "room/mail_address.h"

static enum text
check_mail(struct arena *arena, const char **value)
{
	*value = mail_address_clean(arena, *value);
	return mail_address_check(*value) == MAIL_FINE ? TEXT_NONE
						       : T_api_field_order;
}

static const struct member members[] = {
	{ "slot", 41, .required = true },
	{ "name", 40 },
	{ "mail", 254, .check = check_mail },
	{ "note", 400, .lines = true },
	{ "access", 80, .list = true },
};
enum { MEMBERS = sizeof(members) / sizeof(*members) };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new();
	struct incoming *in = arena_get(arena, sizeof(*in));
	const char *values[MEMBERS];

	in->request = (struct request) {
		.arena = arena,
		.method = METHOD_POST,
		.path = "/",
		.query = "",
		.body = arena_bytes(arena, data, len),
	};
	in->headers[in->count++] = (struct header) { "content-type",
		"application/json" };
	/* What is refused has been answered, and its arena is gone. */
	if (!api_body(&in->request, members, MEMBERS, values, LANG_EN))
		return 0;
	MUST(*values[0] != '\0');
	for (size_t i = 0; i < MEMBERS; i++) {
		MUST(text_valid(values[i], strlen(values[i])));
		MUST(text_length(values[i]) <= (size_t)members[i].most_chars);
		MUST(!text_has_control(values[i], members[i].lines));
	}
	arena_free(arena);
	return 0;
}
