/*
 * Holding a frame: choosing one on any list of free times, and giving it
 * back.  What she had typed for an earlier hold follows her to the new one.
 */
#include "web/guest.h"

struct choice {
	const char *slot, *lang;
	struct share share;
	const char *flyer; /* code, as the form has it; NULL: none */
	int64_t outlet; /* the flyer's, hers of before, or 0 */
	int64_t old; /* hold of this browser, or 0 */
	enum booked result;
	bool beyond; /* the share of her network */
	struct booking booking;
};

struct release {
	int64_t id;
	struct share share;
	bool stands; /* it is booked: she came back to an old page */
};

static web_run hold_run, release_run;
static web_done hold_done, release_done;
static int count_hold(struct desk *, struct choice *);
static bool find_outlet(struct web *, struct request *, struct choice *);

void
holds_make(struct web *web, struct request *request)
{
	struct form *form = guest_form(web, request);
	struct choice *choice;
	struct visit before;

	if (form == NULL)
		return;
	before = visit_get(web, request);
	choice = arena_get(request->arena, sizeof(*choice));
	choice->slot = form_get(form, "slot");
	choice->lang = guest_lang(web, request);
	choice->share = guest_share(web, request);
	choice->old = before.booking;
	choice->outlet = before.outlet;
	choice->flyer = form_get(form, "outlet");
	if (find_outlet(web, request, choice))
		web_write(web, request, hold_run, hold_done, choice);
}

void
holds_release(struct web *web, struct request *request)
{
	struct form *form = guest_form(web, request);
	struct release *r;

	if (form == NULL)
		return;
	r = arena_get(request->arena, sizeof(*r));
	r->id = visit_get(web, request).booking;
	r->share = guest_share(web, request);
	web_write(web, request, release_run, release_done, r);
}

/* The flyer she came by now, else the one of her earlier hold.  False after
 * a fault: answered. */
static bool
find_outlet(struct web *web, struct request *request, struct choice *choice)
{
	struct desk d = web_desk(web, request);
	struct outlet outlet;
	int found = outlet_by_code(&d, choice->flyer, &outlet);

	if (found == 1)
		choice->outlet = outlet.id;
	else
		choice->flyer = NULL;
	if (found < 0)
		page_status(web, request, 500, NULL);
	return found >= 0;
}

static int
hold_run(struct desk *d, void *arg)
{
	struct choice *c = arg;
	struct booking before;
	struct contact contact;
	bool exchanged = c->old != 0 &&
	    booking_by_id(d, c->old, &before) == 1 &&
	    booking_stage(&before, d->now) <= STAGE_LAPSED;
	bool typed = exchanged && booking_contact(d, &before, &contact) == 0;

	c->result = booking_hold(d, c->slot, c->old, c->lang, &c->booking);
	if (c->result == BOOKED && typed) {
		contact.lang = c->lang;
		c->result = booking_write(d, c->booking.id, &contact);
	}
	if (c->result != BOOKED)
		return guest_kept(c->result);
	if (exchanged && share_spare(d, &c->share, &before) < 0)
		return -1;
	return count_hold(d, c);
}

/* Beyond the share all is undone: she keeps the hold that she has. */
static int
count_hold(struct desk *d, struct choice *c)
{
	int within = share_take(d, &c->share, d->now, c->booking.held_until);

	c->beyond = within == 0;
	return within < 0 ? -1 : c->beyond;
}

static void
hold_done(struct web *web, struct request *request, void *arg)
{
	struct choice *c = arg;
	struct visit visit = { .booking = c->booking.id,
		.generation = c->booking.generation,
		.level = VISIT_FULL,
		.outlet = c->outlet };
	const struct slots_use use = { .path = "/slots",
		.action = "/holds",
		.outlet = c->flyer };

	if (c->beyond)
		page_status(web, request, 429, NULL);
	else if (c->result == BOOKED)
		page_go(request, "/contact",
		    visit_line(web, request->arena, visit));
	else
		guest_offer(web, request, c->result, c->slot, &use, "/slots");
}

static int
release_run(struct desk *d, void *arg)
{
	struct release *r = arg;
	struct booking b;
	int found = booking_by_id(d, r->id, &b);

	r->stands = found == 1 && booking_stage(&b, d->now) > STAGE_LAPSED;
	if (found != 1 || r->stands)
		return found < 0 ? -1 : 1;
	if (share_spare(d, &r->share, &b) < 0)
		return -1;
	return guest_kept(booking_let_go(d, r->id));
}

static void
release_done(struct web *web, struct request *request, void *arg)
{
	const struct release *r = arg;

	if (r->stands)
		page_go(request, "/visit", NULL);
	else
		page_go(request, "/slots", visit_gone(web, request->arena));
}
