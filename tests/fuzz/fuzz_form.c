/* Bodies of forms and queries. */
#include "base/text.h"
#include "fuzz.h"
#include "web/form.h"

static const struct field fields[] = {
	{ "name", 40, false, NULL },
	{ "note", 400, true, NULL },
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct request request = { .arena = arena_new() };
	struct form *form = form_read(&request, (struct bytes) { data, len });
	struct entry entry[2];
	const char *value;

	if (form != NULL) {
		form_check(&request, form, fields, 2, entry);
		for (size_t i = 0; i < 2; i++) {
			MUST(
			    text_valid(entry[i].value, strlen(entry[i].value)));
			MUST(entry[i].error != TEXT_NONE ||
			    !text_has_control(entry[i].value, fields[i].lines));
		}
		for (size_t n = 0; n < 70; n++)
			if ((value = form_nth(form, "name", n)) != NULL)
				MUST(text_valid(value, strlen(value)));
	}
	arena_free(request.arena);
	return 0;
}
