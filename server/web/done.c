/* The booking stands: number, words, what to do on the day. */
#include "web/check.h"

#include <string.h>

#include "base/text.h"
#include "pages.h"
#include "room/passphrase.h"

static void split_words(char *romaji, const char **words);

void
done_show(struct web *web, struct request *request)
{
	struct guest guest;
	struct page o;
	struct contact contact;
	struct form *query = form_query(request);
	struct done_page p = { 0 };
	const struct booking *b = &guest.booking;

	if (!guest_find(web, request, &guest))
		return;
	if (guest.stage != STAGE_AHEAD || guest.visit.level != VISIT_FULL) {
		guest_go_home(request, &guest);
		return;
	}
	if (booking_contact(&guest.desk, b, &contact) < 0) {
		page_status(web, request, 500, NULL);
		return;
	}
	page_open(&o, web, request, PAGE_VISIT, T_done_title);
	done_ticket(&o, b, &p);
	p.mailed = contact.mail[0] != '\0';
	p.tel = text_digits(request->arena, o.phone);
	p.asking = guest.visit.asking;
	p.thanked = query != NULL && form_nth(query, "thanks", 0) != NULL;
	if (query != NULL && form_nth(query, "print", 0) != NULL)
		page_done_print(&o, &p);
	else
		page_done(&o, &p);
	page_send(&o, 200, NULL);
}

void
done_ticket(struct page *o, const struct booking *b, struct done_page *p)
{
	const struct keys *keys = o->desk.keys;

	p->frame = frame_of_booking(b);
	p->code = booking_code_print(o->desk.arena, b->code);
	p->tail = b->code + 4;
	passphrase_words(keys, b->id, b->generation, p->words);
	split_words(
	    passphrase_print(keys, o->desk.arena, b->id, b->generation, true),
	    p->romaji);
}

static void
split_words(char *romaji, const char **words)
{
	char *rest = romaji;

	for (size_t i = 0; i < PASSPHRASE_WORDS; i++)
		words[i] = strsep(&rest, " ");
}
