/*
 * Holding a frame: choosing one on any list of free times, and giving it
 * back.  What she had typed for an earlier hold follows her to the new one.
 */
#include "web/guest.h"

struct choice {
	const char *slot, *lang;
	int64_t old; /* hold of this browser, or 0 */
	enum booked result;
	struct booking booking;
};

static web_run hold_run, release_run;
static web_done hold_done, release_done;
static const struct slots_use use = { .path = "/slots", .action = "/holds" };

void
holds_make(struct web *web, struct request *request)
{
	struct form *form = guest_form(web, request);
	struct choice *choice;

	if (form == NULL)
		return;
	choice = arena_get(request->arena, sizeof(*choice));
	choice->slot = form_get(form, "slot");
	choice->lang = guest_lang(web, request);
	choice->old = visit_get(web, request).booking;
	web_write(web, request, hold_run, hold_done, choice);
}

void
holds_release(struct web *web, struct request *request)
{
	struct form *form = guest_form(web, request);
	int64_t *id;

	if (form == NULL)
		return;
	id = arena_get(request->arena, sizeof(*id));
	*id = visit_get(web, request).booking;
	web_write(web, request, release_run, release_done, id);
}

static int
hold_run(struct desk *d, void *arg)
{
	struct choice *c = arg;
	struct booking before;
	struct contact contact;
	int typed = c->old == 0 ? 0 : booking_by_id(d, c->old, &before);

	if (typed == 1)
		typed = booking_stage(&before, d->now) <= STAGE_LAPSED &&
		    booking_contact(d, &before, &contact) == 0;
	c->result = booking_hold(d, c->slot, c->old, c->lang, &c->booking);
	if (c->result == BOOKED && typed == 1) {
		contact.lang = c->lang;
		c->result = booking_write(d, c->booking.id, &contact);
	}
	return guest_kept(c->result);
}

static void
hold_done(struct web *web, struct request *request, void *arg)
{
	struct choice *c = arg;
	struct visit visit = { c->booking.id, c->booking.generation,
		VISIT_FULL };

	if (c->result == BOOKED)
		page_go(request, "/contact",
		    visit_line(web, request->arena, visit));
	else
		guest_offer(web, request, c->result, c->slot, &use, "/slots");
}

static int
release_run(struct desk *d, void *arg)
{
	return guest_kept(booking_let_go(d, *(int64_t *)arg));
}

static void
release_done(struct web *web, struct request *request, void *arg)
{
	(void)arg;
	page_go(request, "/slots", visit_gone(web, request->arena));
}
