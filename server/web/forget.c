/*
 * Forgetting her visit: at once when it is over, else afterwards, which can
 * be taken back.  Behind it her browser has nothing to show any more, so the
 * last page is anybody's.
 */
#include "room/forget.h"

#include "pages.h"
#include "room/policy.h"
#include "store/backup.h"
#include "web/guest.h"
#include "web/manage.h"

struct forgetting {
	int64_t id;
	const char *var;
	bool keep; /* she has thought better of it */
	enum forgot result;
	struct booking booking;
};

static bool forgettable(struct web *, struct request *, struct guest *);
static bool done_before(struct web *, struct request *);
static web_run forget_run;
static web_done forget_done;

void
forget_ask(struct web *web, struct request *request)
{
	struct guest guest;
	struct policy policy;
	struct page o;
	struct visit_page p = { .copy_days = BACKUP_DAYS };

	if (!forgettable(web, request, &guest))
		return;
	if (policy_get(&guest.desk, &policy) != 1) {
		page_status(web, request, 500, NULL);
		return;
	}
	p.stage = guest.stage;
	p.frame = frame_of_booking(&guest.booking);
	p.forget_after = guest.booking.forget_after;
	p.forget_days = policy.forget_days;
	page_open(&o, web, request, PAGE_VISIT, T_forget_title);
	o.here = "/visit/forget";
	page_forget(&o, &p);
	page_send(&o, 200, NULL);
}

void
forget_do(struct web *web, struct request *request)
{
	struct guest guest;
	struct forgetting *f;
	struct form *form;

	if (done_before(web, request)) {
		page_go(request, "/forgotten", visit_gone(web, request->arena));
		return;
	}
	if (!forgettable(web, request, &guest))
		return;
	form = guest_form(web, request);
	if (form == NULL)
		return;
	f = arena_get(request->arena, sizeof(*f));
	f->id = guest.booking.id;
	f->var = web->config->var;
	f->keep = form_get(form, "keep")[0] != '\0';
	web_write(web, request, forget_run, forget_done, f);
}

void
forgotten_show(struct web *web, struct request *request)
{
	struct page o;
	struct visit_page p = { .copy_days = BACKUP_DAYS };

	page_open(&o, web, request, PAGE_VISIT, T_forgotten_title);
	o.here = "/forgotten";
	page_forgotten(&o, &p);
	page_send(&o, 200, NULL);
}

/* A hold goes by itself. */
static bool
forgettable(struct web *web, struct request *request, struct guest *guest)
{
	if (!guest_find(web, request, guest))
		return false;
	if (guest->stage <= STAGE_LAPSED)
		guest_go_home(request, guest);
	return guest->stage > STAGE_LAPSED;
}

/* The second click: her cookie, which nobody else can make, still names
 * what is forgotten by now. */
static bool
done_before(struct web *web, struct request *request)
{
	struct desk desk = web_desk(web, request);
	struct visit visit = visit_get(web, request);
	struct booking b;

	return visit.level != VISIT_NONE &&
	    booking_by_id(&desk, visit.booking, &b) == 1 && b.forgotten_at != 0;
}

static int
forget_run(struct desk *d, void *arg)
{
	struct forgetting *f = arg;

	f->result = f->keep
	    ? forget_not(d, f->id, &f->booking)
	    : forget_visit(d, f->var, f->id, "guest", &f->booking);
	return f->result == FORGOT_FAULT ? -1 : 0;
}

static void
forget_done(struct web *web, struct request *request, void *arg)
{
	struct forgetting *f = arg;

	if (f->result == FORGOT)
		page_go(request, "/forgotten", visit_gone(web, request->arena));
	else
		page_go(request, "/visit", NULL);
}
