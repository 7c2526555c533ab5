/*
 * Booking for somebody on the phone: free times, then a nickname and an
 * address if she likes, then number and words to read aloud.  The frame is
 * held from the moment it is chosen, as for everybody.  The words are shown
 * when the booking is made and, should the page be loaded again, a little
 * while after; no page shows those of other bookings.
 */
#include "office/phone.h"

#include <inttypes.h>
#include <string.h>

#include "pages.h" /* generated */
#include "room/audit.h"
#include "room/mail_address.h"
#include "room/passphrase.h"
#include "web/handlers.h"
#include "web/sign_in.h"

#define TOLD_AGAIN_S 900

struct call {
	struct account account;
	int64_t id;
	const char *slot;
	struct phone_page page;
	struct contact contact;
	struct booking booking;
	enum booked result;
};

static const struct slots_use use = {
	.path = "/staff/book",
	.action = "/staff/book",
};

static struct call *call_of(struct web *, struct request *, struct form **);
static web_run hold_run, book_run, release_run;
static web_done hold_done, book_done, release_done;
static void form_send(struct web *, struct request *, const struct account *,
    const struct booking *, struct phone_page *);
static bool told_before(const struct desk *, const struct booking *);
static void told_send(struct web *, struct request *, const struct call *);
static void refuse(struct web *, struct request *, enum booked);
static void office_open(struct page *, struct web *, struct request *,
    const struct account *, enum text title);

/* GET /staff/book */
void
phone_slots(struct web *web, struct request *request)
{
	struct form *query = form_query(request);
	struct slots_page p = { 0 };
	struct account account;
	struct page o;

	if (!sign_in_required(web, request, RIGHT_BOOK, &account))
		return;
	if (query == NULL) {
		page_status(web, request, 400, NULL);
		return;
	}
	office_open(&o, web, request, &account, T_phone_title);
	o.slim = false;
	if (slots_choose(&o, &use, query, &p) < 0) {
		page_fail(&o);
		return;
	}
	page_phone_slots(&o, &p);
	page_send(&o, 200, NULL);
}

/* POST /staff/book */
void
phone_hold(struct web *web, struct request *request)
{
	struct form *form;
	struct call *call = call_of(web, request, &form);

	if (call == NULL)
		return;
	call->slot = form_get(form, "slot");
	web_write(web, request, hold_run, hold_done, call);
}

/* GET /staff/book/:id */
void
phone_ask(struct web *web, struct request *request)
{
	struct desk desk = web_desk(web, request);
	struct phone_page p = { 0 };
	struct account account;
	struct booking b;
	int found;

	if (!sign_in_required(web, request, RIGHT_BOOK, &account))
		return;
	found = booking_by_id(&desk, seal_id_read(web_parameter(request)), &b);
	if (found != 1 || strcmp(b.state, "held") != 0) {
		refuse(web, request, found < 0 ? BOOKED_FAULT : BOOKED_LAPSED);
		return;
	}
	for (size_t i = 0; i < CONTACT_FIELDS; i++)
		p.entries[i].value = "";
	p.entries[CONTACT_LANG].value = "ja";
	form_send(web, request, &account, &b, &p);
}

/* POST /staff/book/:id */
void
phone_book(struct web *web, struct request *request)
{
	struct form *form;
	struct call *call = call_of(web, request, &form);
	struct phone_page *p;

	if (call == NULL)
		return;
	p = &call->page;
	contact_read(request, form, p->entries, &p->errors);
	p->access = contact_read_access(form);
	call->contact = (struct contact) {
		.name = p->entries[CONTACT_NAME].value,
		.mail = mail_address_clean(request->arena,
		    p->entries[CONTACT_MAIL].value),
		.note = "",
		.access = p->access,
		.lang = p->entries[CONTACT_LANG].value,
		.entry = "phone",
	};
	web_write(web, request, book_run, book_done, call);
}

/* POST /staff/book/:id/release */
void
phone_release(struct web *web, struct request *request)
{
	struct form *form;
	struct call *call = call_of(web, request, &form);

	if (call != NULL)
		web_write(web, request, release_run, release_done, call);
}

/* NULL: answered. */
static struct call *
call_of(struct web *web, struct request *request, struct form **form)
{
	struct call *call = arena_get(request->arena, sizeof(*call));

	if (!sign_in_required(web, request, RIGHT_BOOK, &call->account))
		return NULL;
	call->id = seal_id_read(web_parameter(request));
	*form = guest_form(web, request);
	return *form == NULL ? NULL : call;
}

static int
hold_run(struct desk *d, void *arg)
{
	struct call *c = arg;

	c->result = booking_hold(d, c->slot, 0, "ja", &c->booking);
	return guest_kept(c->result);
}

static void
hold_done(struct web *web, struct request *request, void *arg)
{
	struct call *c = arg;

	if (c->result == BOOKED)
		page_go(request,
		    arena_print(request->arena, "/staff/book/%" PRId64,
			c->booking.id),
		    NULL);
	else
		refuse(web, request, c->result);
}

/* With a mistake in the form only the hold is looked up, to show it again. */
static int
book_run(struct desk *d, void *arg)
{
	struct call *c = arg;
	int found = booking_by_id(d, c->id, &c->booking);

	c->result = found < 0 ? BOOKED_FAULT
	    : found == 0      ? BOOKED_LAPSED
			      : BOOKED;
	if (found != 1 || told_before(d, &c->booking))
		return guest_kept(c->result);
	if (strcmp(c->booking.state, "held") != 0)
		c->result = BOOKED_STATE;
	else if (c->page.errors == 0)
		c->result = booking_write(d, c->id, &c->contact);
	if (c->result == BOOKED && c->page.errors == 0)
		c->result = booking_confirm(d, c->id, &c->booking);
	if (c->result == BOOKED && c->page.errors == 0 &&
	    audit_write(d, "book", c->id) < 0)
		return -1;
	return guest_kept(c->result);
}

static void
book_done(struct web *web, struct request *request, void *arg)
{
	struct call *c = arg;

	if (c->result != BOOKED)
		refuse(web, request, c->result);
	else if (strcmp(c->booking.state, "held") == 0)
		form_send(web, request, &c->account, &c->booking, &c->page);
	else
		told_send(web, request, c);
}

static int
release_run(struct desk *d, void *arg)
{
	struct call *c = arg;

	return guest_kept(booking_let_go(d, c->id));
}

static void
release_done(struct web *web, struct request *request, void *arg)
{
	(void)web;
	(void)arg;
	page_go(request, "/staff/book", NULL);
}

static void
form_send(struct web *web, struct request *request,
    const struct account *account, const struct booking *b,
    struct phone_page *p)
{
	struct page o;
	int minute = when_minute(b->held_until);

	p->id = b->id;
	p->frame = frame_of_booking(b);
	p->theme = b->theme;
	p->advisor = b->advisor;
	p->until = arena_print(request->arena, "%d:%02d", minute / 60,
	    minute % 60);
	office_open(&o, web, request, account, T_phone_title);
	o.error = p->errors > 0;
	page_phone(&o, p);
	page_send(&o, p->errors > 0 ? 422 : 200, NULL);
}

/* The second click, or a page that was loaded again. */
static bool
told_before(const struct desk *d, const struct booking *b)
{
	return strcmp(b->state, "confirmed") == 0 &&
	    strcmp(b->entry, "phone") == 0 &&
	    d->now < b->confirmed_at + TOLD_AGAIN_S;
}

static void
told_send(struct web *web, struct request *request, const struct call *c)
{
	struct phone_done_page p = { 0 };
	struct page o;

	office_open(&o, web, request, &c->account, T_phone_done_title);
	o.here = "/staff/book";
	done_ticket(&o, &c->booking, &p.ticket);
	p.ticket.mailed = c->contact.mail[0] != '\0';
	p.day = when_print_day(request->arena, when_day(c->booking.starts_at));
	p.code = c->booking.code;
	page_phone_done(&o, &p);
	page_send(&o, 200, NULL);
}

static void
refuse(struct web *web, struct request *request, enum booked why)
{
	switch (why) {
	case BOOKED_TAKEN:
	case BOOKED_LAPSED:
		page_error(web, request, 409, T_phone_taken_title,
		    T_phone_again);
		return;
	case BOOKED_PAST:
	case BOOKED_EARLY:
	case BOOKED_CLOSED:
	case BOOKED_UNKNOWN:
		page_error(web, request, 409, T_phone_gone_title,
		    T_phone_again);
		return;
	case BOOKED_STATE:
	case BOOKED_SAME:
	case BOOKED_MANY:
		page_status(web, request, 404, NULL);
		return;
	case BOOKED:
	case BOOKED_FAULT:
		break;
	}
	page_status(web, request, 500, NULL);
}

static void
office_open(struct page *o, struct web *web, struct request *request,
    const struct account *account, enum text title)
{
	page_open(o, web, request, PAGE_STAFF, title);
	sign_in_menu(o, account, "day");
	o->slim = true;
}
