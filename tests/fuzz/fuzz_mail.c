/* Mail addresses as typed, and what becomes of them in a letter's head. */
#include "base/text.h"
#include "fuzz.h"
#include "mail/mime.h"
#include "room/mail_address.h"

#define SUBJECT_MOST 900 /* ours come from the catalogue */

/* No line of a head but folded ones, none too long (RFC 5322 2.1.1). */
static void
one_header(const struct buf *head)
{
	for (size_t i = 0, begin = 0; i < head->len; i++) {
		MUST(head->data[i] != '\r' || head->data[i + 1] == '\n');
		if (head->data[i] != '\n')
			continue;
		MUST(i > begin && head->data[i - 1] == '\r');
		MUST(i - begin <= 998);
		begin = i + 1;
		MUST(begin == head->len || head->data[begin] == ' ' ||
		    head->data[begin] == '\t');
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new();
	char *typed = fuzz_text(arena, data, len);

	if (text_valid(typed, strlen(typed))) {
		char *address = mail_address_clean(arena, typed);
		struct buf head;

		buf_init(&head, 1 << 20);
		if (mail_address_check(address) == MAIL_FINE) {
			MUST(strlen(address) <= 254);
			MUST(!text_has_control(address, false));
			MUST(strpbrk(address, " <>,;\"") == NULL);
			mail_address_hint(address);
			mime_mailbox(&head, arena, "To", "", address);
			one_header(&head);
		}
		if (len <= SUBJECT_MOST && !text_has_control(typed, false)) {
			head.len = 0;
			mime_header(&head, arena, "Subject", typed);
			one_header(&head);
		}
		buf_free(&head);
	}
	arena_free(arena);
	return 0;
}
