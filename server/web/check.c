/*
 * The check: what she chose and typed, once more, and the one button that
 * books.  A second click finds the booking made and leads to the same page.
 */
#include "web/check.h"

#include "pages.h"
#include "room/mail_address.h"

struct booked_check {
	int64_t id;
	const char *slot; /* for near times when it is gone */
	struct share share;
	int64_t outlet; /* whose flyer she came by, or 0 */
	enum booked result;
	bool first; /* no second click */
	struct booking booking;
};

static void show(struct web *, struct request *, struct guest *,
    struct check_page *, int status);
static enum text hint_of(const char *mail);
static void go_done(struct web *, struct request *,
    const struct booked_check *);
static web_run book_run;
static web_done book_done;

void
check_show(struct web *web, struct request *request)
{
	struct guest guest;
	struct check_page p = { 0 };

	if (!guest_find(web, request, &guest))
		return;
	if (guest.stage > STAGE_LAPSED)
		guest_go_home(request, &guest);
	else
		show(web, request, &guest, &p, 200);
}

void
check_book(struct web *web, struct request *request)
{
	struct guest guest;
	struct booked_check *check;
	struct slot slot;

	if (guest_post(web, request, &guest) == NULL)
		return;
	if (guest.stage > STAGE_LAPSED) {
		guest_go_home(request, &guest);
		return;
	}
	slot = (struct slot) { .session.id = guest.booking.session,
		.starts_at = guest.booking.starts_at };
	check = arena_get(request->arena, sizeof(*check));
	check->id = guest.booking.id;
	check->share = guest_share(web, request);
	check->outlet = guest.visit.outlet;
	check->slot = slot_id(request->arena, &slot);
	web_write(web, request, book_run, book_done, check);
}

static void
show(struct web *web, struct request *request, struct guest *guest,
    struct check_page *p, int status)
{
	struct page o;

	if (booking_contact(&guest->desk, &guest->booking, &p->contact) < 0) {
		page_status(web, request, 500, NULL);
		return;
	}
	p->hold = hold_of(guest);
	p->lang = lang_by_code(guest->booking.lang);
	p->hint = hint_of(p->contact.mail);
	page_open(&o, web, request, PAGE_VISIT, T_check_title);
	o.error = p->refused;
	page_check(&o, p);
	page_send(&o, status, NULL);
}

static int
book_run(struct desk *d, void *arg)
{
	struct booked_check *c = arg;
	struct booking before;
	int found = booking_by_id(d, c->id, &before);

	c->result = booking_confirm(d, c->id, &c->booking);
	c->first = c->result == BOOKED && found == 1 &&
	    booking_stage(&before, d->now) <= STAGE_LAPSED;
	if (c->first && share_return(d, &c->share, &before) < 0)
		return -1;
	if (c->first)
		c->result = share_book(d, &c->share, &c->booking);
	return guest_kept(c->result);
}

static void
book_done(struct web *web, struct request *request, void *arg)
{
	static const struct slots_use use = { .path = "/slots",
		.action = "/holds" };
	struct booked_check *c = arg;
	struct check_page p = { .refused = true };
	struct guest guest;

	switch (c->result) {
	case BOOKED_MANY:
		if (guest_find(web, request, &guest))
			show(web, request, &guest, &p, 429);
		return;
	case BOOKED:
	case BOOKED_STATE: /* /done knows where it stands */
		go_done(web, request, c);
		return;
	case BOOKED_TAKEN:
	case BOOKED_UNKNOWN:
	case BOOKED_PAST:
	case BOOKED_EARLY:
	case BOOKED_CLOSED:
	case BOOKED_LAPSED:
	case BOOKED_SAME:
		guest_offer(web, request, c->result, c->slot, &use, "/slots");
		return;
	case BOOKED_FAULT:
		page_status(web, request, 500, NULL);
		return;
	}
}

/* Her flyer has had its count and is forgotten; two questions are open. */
static void
go_done(struct web *web, struct request *request, const struct booked_check *c)
{
	struct visit visit = { .booking = c->booking.id,
		.generation = c->booking.generation,
		.level = VISIT_FULL,
		.asking = true };
	const struct tally_row row = { .outlet = c->outlet,
		.day = when_day(clock_now(web->clock)),
		.bookings = 1 };

	if (c->first && c->outlet != 0)
		tally_add(&web->tally, &row);
	page_go(request, "/done",
	    c->first ? visit_line(web, request->arena, visit) : NULL);
}

static enum text
hint_of(const char *mail)
{
	if (mail[0] == '\0')
		return TEXT_NONE;
	switch (mail_address_hint(mail)) {
	case MAIL_HINT_NONE:
		break;
	case MAIL_HINT_CARRIER:
		return T_check_hint_carrier;
	case MAIL_HINT_WORK:
		return T_check_hint_work;
	}
	return TEXT_NONE;
}
