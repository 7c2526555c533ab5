/* Cancelling: asked once, without reasons. */
#include "pages.h"
#include "web/guest.h"
#include "web/manage.h"

struct cancelling {
	int64_t id;
	struct booking booking;
};

static bool cancellable(struct web *, struct request *, struct guest *);
static web_run cancel_run;
static web_done cancel_done;

void
cancel_ask(struct web *web, struct request *request)
{
	struct guest guest;
	struct page o;
	struct visit_page p = { 0 };

	if (!cancellable(web, request, &guest))
		return;
	p.frame = frame_of_booking(&guest.booking);
	page_open(&o, web, request, PAGE_VISIT, T_cancel_title);
	page_cancel(&o, &p);
	page_send(&o, 200, NULL);
}

void
cancel_do(struct web *web, struct request *request)
{
	struct guest guest;
	struct cancelling *c;

	if (!cancellable(web, request, &guest) ||
	    guest_form(web, request) == NULL)
		return;
	c = arena_get(request->arena, sizeof(*c));
	c->id = guest.booking.id;
	web_write(web, request, cancel_run, cancel_done, c);
}

/* Finds a booking that can still be cancelled; else shows how it stands. */
static bool
cancellable(struct web *web, struct request *request, struct guest *guest)
{
	if (!guest_find(web, request, guest))
		return false;
	if (guest->stage != STAGE_AHEAD)
		page_go(request, "/visit", NULL);
	return guest->stage == STAGE_AHEAD;
}

/* Whether it was cancelled now, before, or can no longer be: the page of
 * the visit says how it stands. */
static int
cancel_run(struct desk *d, void *arg)
{
	struct cancelling *c = arg;

	return guest_kept(booking_cancel(d, c->id, "guest", &c->booking));
}

static void
cancel_done(struct web *web, struct request *request, void *arg)
{
	(void)web;
	(void)arg;
	page_go(request, "/visit", NULL);
}
