/*
 * Her booking as it stands: when, where, its number, what can be done with
 * it.  By a link alone it shows the time; the words show the rest.
 */
#include <string.h>

#include "calendar/ics.h"
#include "pages.h"
#include "room/door.h"
#include "room/offer.h"
#include "room/outbox.h"
#include "web/lang.h"
#include "web/manage.h"

#define EARLIER_MOST 6

struct revealing {
	const char *code, *words, *peer;
	enum door door;
	struct booking booking;
};

/* What she adds to a visit that stays as it is. */
struct adding {
	int64_t id;
	const char *note;
	int sent; /* of outbox_once_more() */
};

static const struct field note_field = { "note", NOTE_MAX_CHARS, true, NULL };

static void show(struct web *, struct request *, const struct guest *,
    struct visit_page, int status);
static void refuse(struct web *, struct request *, const struct guest *,
    const struct revealing *, enum text wrong);
static enum text news_of(const struct form *query);
static int show_earlier(struct page *, const struct booking *,
    struct visit_page *);
static web_run reveal_run, note_run, letter_run;
static web_done reveal_done, note_done, letter_done;

void
visit_show(struct web *web, struct request *request)
{
	struct guest guest;

	if (!guest_find(web, request, &guest))
		return;
	if (guest.stage <= STAGE_LAPSED)
		guest_go_home(request, &guest);
	else
		show(web, request, &guest, (struct visit_page) { 0 }, 200);
}

void
visit_reveal(struct web *web, struct request *request)
{
	struct guest guest;
	struct form *form = guest_post(web, request, &guest);
	struct revealing *r;

	if (form == NULL)
		return;
	if (guest.stage <= STAGE_LAPSED || guest.visit.level == VISIT_FULL) {
		guest_go_home(request, &guest);
		return;
	}
	r = arena_get(request->arena, sizeof(*r));
	r->code = guest.booking.code;
	r->words = form_get(form, "words");
	r->peer = request->peer.name;
	if (lang_turned(request))
		refuse(web, request, &guest, r, manage_heard(form));
	else
		web_write(web, request, reveal_run, reveal_done, r);
}

/* A note thought of later: its advisor reads it with the rest. */
void
visit_note(struct web *web, struct request *request)
{
	struct guest guest;
	struct form *form = guest_post(web, request, &guest);
	struct adding *adding;
	struct visit_page p = { 0 };

	if (form == NULL)
		return;
	if (guest.stage != STAGE_AHEAD || guest.visit.level != VISIT_FULL) {
		guest_go_home(request, &guest);
		return;
	}
	if (form_check(request, form, &note_field, 1, &p.note) > 0 ||
	    lang_turned(request)) {
		show(web, request, &guest, p,
		    p.note.error == TEXT_NONE ? 200 : 422);
		return;
	}
	adding = arena_get(request->arena, sizeof(*adding));
	adding->id = guest.booking.id;
	adding->note = p.note.value;
	web_write(web, request, note_run, note_done, adding);
}

/* The letter that says how it stands, once more to the same address. */
void
visit_letter(struct web *web, struct request *request)
{
	struct guest guest;
	struct adding *adding;

	if (guest_post(web, request, &guest) == NULL)
		return;
	if (guest.stage != STAGE_AHEAD) {
		guest_go_home(request, &guest);
		return;
	}
	adding = arena_get(request->arena, sizeof(*adding));
	adding->id = guest.booking.id;
	web_write(web, request, letter_run, letter_done, adding);
}

void
visit_calendar(struct web *web, struct request *request)
{
	struct guest guest;
	struct reply reply = {
		.status = 200,
		.type = "text/calendar; charset=utf-8",
		.headers = "Content-Disposition: attachment; "
			   "filename=\"yotei.ics\"\r\n"
			   "Cache-Control: no-store\r\n"
			   "Referrer-Policy: no-referrer\r\n"
			   "X-Content-Type-Options: nosniff\r\n",
	};
	const char *ics;

	if (!guest_find(web, request, &guest))
		return;
	if (guest.stage <= STAGE_LAPSED) {
		guest_go_home(request, &guest);
		return;
	}
	ics = ics_booking(&guest.desk, &guest.booking,
	    lang_by_code(guest_lang(web, request)), ICAL_NONE, NULL, NULL);
	if (ics == NULL) {
		page_status(web, request, 500, NULL);
		return;
	}
	reply.body = (struct bytes) { ics, strlen(ics) };
	http_answer(request, &reply);
}

static void
show(struct web *web, struct request *request, const struct guest *guest,
    struct visit_page typed, int status)
{
	const struct booking *b = &guest->booking;
	struct desk desk = guest->desk;
	struct page o;
	struct form *query = form_query(request);
	struct visit_page p = {
		.stage = guest->stage,
		.frame = frame_of_booking(b),
		.code = booking_code_print(request->arena, b->code),
		.all = guest->visit.level == VISIT_FULL,
		.theme = b->theme,
		.advisor = b->advisor,
		.words = typed.words,
		.wrong = typed.wrong,
		.note = typed.note,
		.forget_after = b->forget_after,
		.news = news_of(query),
		.moved = query != NULL && form_nth(query, "moved", 0) != NULL,
		.booked = query != NULL && form_nth(query, "booked", 0) != NULL,
	};

	if (booking_contact(&desk, b, &p.contact) < 0) {
		page_status(web, request, 500, NULL);
		return;
	}
	page_open(&o, web, request, PAGE_VISIT,
	    p.stage == STAGE_CANCELLED ? T_cancelled_title : T_visit_title);
	o.error = p.wrong != TEXT_NONE || p.note.error != TEXT_NONE;
	o.here = o.error ? request->path : "/visit";
	o.typed = o.error ? "told" : NULL;
	if (p.note.value == NULL)
		p.note.value = p.contact.note;
	p.reachable = p.contact.mail[0] != '\0';
	if (p.stage == STAGE_AHEAD && show_earlier(&o, b, &p) < 0) {
		page_fail(&o);
		return;
	}
	if (p.stage == STAGE_CANCELLED)
		page_cancelled(&o, &p);
	else
		page_visit(&o, &p);
	page_send(&o, status, NULL);
}

static void
refuse(struct web *web, struct request *request, const struct guest *guest,
    const struct revealing *r, enum text wrong)
{
	struct visit_page p = { .words = r->words, .wrong = wrong };

	show(web, request, guest, p, manage_status(wrong));
}

/* Her wish for an earlier time, and which are free: nobody says their
 * theme, since she may have come by a link. */
static int
show_earlier(struct page *o, const struct booking *b, struct visit_page *p)
{
	static const struct slots_use use = { .action = "/visit/move",
		.quiet = true };
	struct wish wish;
	struct slot *slots;
	int count = waitlist_of_booking(&o->desk, b->id, &wish);

	p->waits = count == 1;
	if (count != 1)
		return count;
	p->unanswered = wish.unanswered >= OFFER_UNANSWERED;
	count = waitlist_matches(&o->desk, &wish, EARLIER_MOST, &slots);
	if (count > 0)
		slots_by_day(o, &use, slots, (size_t)count, &p->earlier);
	return count < 0 ? -1 : 0;
}

static enum text
news_of(const struct form *query)
{
	static const struct {
		const char *name;
		enum text text;
	} news[] = {
		{ "noted", T_visit_noted },
		{ "sent", T_visit_sent },
		{ "sent_before", T_visit_sent_before },
	};

	for (size_t i = 0; query && i < sizeof(news) / sizeof(news[0]); i++)
		if (form_nth(query, news[i].name, 0) != NULL)
			return news[i].text;
	return TEXT_NONE;
}

static int
note_run(struct desk *d, void *arg)
{
	struct adding *adding = arg;

	return guest_kept(booking_note(d, adding->id, adding->note));
}

static void
note_done(struct web *web, struct request *request, void *arg)
{
	(void)web;
	(void)arg;
	page_go(request, "/visit?noted", NULL);
}

/* One time too many is undone. */
static int
letter_run(struct desk *d, void *arg)
{
	struct adding *adding = arg;
	struct booking b;

	adding->sent = booking_by_id(d, adding->id, &b);
	if (adding->sent == 1)
		adding->sent = outbox_once_more(d, &b);
	return adding->sent < 0 ? -1 : adding->sent == 0;
}

static void
letter_done(struct web *web, struct request *request, void *arg)
{
	struct adding *adding = arg;

	(void)web;
	page_go(request, adding->sent ? "/visit?sent" : "/visit?sent_before",
	    NULL);
}

static int
reveal_run(struct desk *d, void *arg)
{
	struct revealing *r = arg;

	r->door = door_knock(d, r->peer, r->code, r->words, &r->booking, NULL);
	return r->door == DOOR_FAULT ? -1 : 0;
}

static void
reveal_done(struct web *web, struct request *request, void *arg)
{
	struct revealing *r = arg;
	struct guest guest;
	struct visit visit = { .booking = r->booking.id,
		.generation = r->booking.generation,
		.level = VISIT_FULL };

	if (r->door == DOOR_OPEN)
		page_go(request, "/visit",
		    visit_line(web, request->arena, visit));
	else if (guest_find(web, request, &guest))
		refuse(web, request, &guest, r,
		    r->door == DOOR_LOCKED ? T_manage_locked : T_visit_wrong);
}
