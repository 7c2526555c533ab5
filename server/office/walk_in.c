/* POST /staff/walk-in: somebody has come without a booking. */
#include "room/walk_in.h"

#include "web/guest.h"
#include "web/handlers.h"
#include "web/sign_in.h"

struct arrival {
	struct account account;
	int64_t session;
	enum booked result;
	struct booking booking;
};

static web_run arrival_run;
static web_done arrival_done;

void
walk_in_add(struct web *web, struct request *request)
{
	struct arrival *a = arena_get(request->arena, sizeof(*a));
	struct form *form;

	if (!sign_in_required(web, request, RIGHT_BOOK, &a->account))
		return;
	form = guest_form(web, request);
	if (form == NULL)
		return;
	a->session = seal_id_read(form_get(form, "session"));
	web_write(web, request, arrival_run, arrival_done, a);
}

static int
arrival_run(struct desk *d, void *arg)
{
	struct arrival *a = arg;

	a->result = walk_in_make(d, a->session, &a->booking);
	return guest_kept(a->result);
}

static void
arrival_done(struct web *web, struct request *request, void *arg)
{
	struct arrival *a = arg;

	if (a->result == BOOKED)
		page_go(request,
		    arena_print(request->arena, "/staff/day?date=%s#b-%s",
			when_print_day(request->arena,
			    when_day(a->booking.starts_at)),
			a->booking.code),
		    NULL);
	else if (a->result == BOOKED_FAULT)
		page_status(web, request, 500, NULL);
	else
		page_error(web, request, 409, T_walk_in_none_title,
		    T_walk_in_none);
}
