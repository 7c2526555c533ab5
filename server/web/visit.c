/*
 * Her booking as it stands: when, where, its number, what can be done with
 * it.  By a link alone it shows the time; the words show the rest.
 */
#include <string.h>

#include "calendar/ics.h"
#include "pages.h"
#include "room/door.h"
#include "web/manage.h"

#define EARLIER_MOST 6

struct revealing {
	const char *code, *words, *peer;
	enum door door;
	struct booking booking;
};

static void show(struct web *, struct request *, const struct guest *,
    enum text wrong, int status);
static int show_earlier(struct page *, const struct booking *,
    struct visit_page *);
static web_run reveal_run;
static web_done reveal_done;

void
visit_show(struct web *web, struct request *request)
{
	struct guest guest;

	if (!guest_find(web, request, &guest))
		return;
	if (guest.stage <= STAGE_LAPSED)
		guest_go_home(request, &guest);
	else
		show(web, request, &guest, TEXT_NONE, 200);
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
	web_write(web, request, reveal_run, reveal_done, r);
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
    enum text wrong, int status)
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
		.wrong = wrong,
		.forget_after = b->forget_after,
		.moved = query != NULL && form_nth(query, "moved", 0) != NULL,
		.booked = query != NULL && form_nth(query, "booked", 0) != NULL,
	};

	if (booking_contact(&desk, b, &p.contact) < 0) {
		page_status(web, request, 500, NULL);
		return;
	}
	page_open(&o, web, request, PAGE_VISIT,
	    p.stage == STAGE_CANCELLED ? T_cancelled_title : T_visit_title);
	o.here = "/visit";
	o.error = wrong != TEXT_NONE;
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
	count = waitlist_matches(&o->desk, &wish, EARLIER_MOST, &slots);
	if (count > 0)
		slots_by_day(o, &use, slots, (size_t)count, &p->earlier);
	return count < 0 ? -1 : 0;
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
		show(web, request, &guest,
		    r->door == DOOR_LOCKED ? T_manage_locked : T_visit_wrong,
		    r->door == DOOR_LOCKED ? 429 : 422);
}
