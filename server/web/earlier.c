/*
 * "An earlier time, if one comes free": a wish on the waiting list that
 * belongs to her booking.  Until she takes what is offered nothing moves.
 */
#include "room/waitlist.h"
#include "web/manage.h"

struct earlier {
	int64_t booking;
	const char *peer, *var;
	bool stop;
	enum joined result;
	struct wish wish;
};

static web_run earlier_run;
static web_done earlier_done;

void
earlier_do(struct web *web, struct request *request)
{
	struct guest guest;
	struct form *form = guest_post(web, request, &guest);
	struct earlier *e;

	if (form == NULL)
		return;
	if (guest.stage != STAGE_AHEAD) {
		guest_go_home(request, &guest);
		return;
	}
	e = arena_get(request->arena, sizeof(*e));
	e->booking = guest.booking.id;
	e->peer = guest_share(web, request).peer;
	e->var = web->config->var;
	e->stop = form_get(form, "stop")[0] != '\0';
	web_write(web, request, earlier_run, earlier_done, e);
}

static int
earlier_run(struct desk *d, void *arg)
{
	struct earlier *e = arg;
	int found;

	if (!e->stop) {
		e->result = waitlist_join_earlier(d, e->peer, e->booking,
		    &e->wish);
		return e->result == JOINED	? 0
		    : e->result == JOINED_FAULT ? -1
						: 1;
	}
	found = waitlist_of_booking(d, e->booking, &e->wish);
	if (found == 1)
		found = waitlist_withdraw(d, e->var, e->wish.id);
	return found < 0 ? -1 : 0;
}

/* Earlier times that are free already are there to be chosen. */
static void
earlier_done(struct web *web, struct request *request, void *arg)
{
	struct earlier *e = arg;

	switch (e->result) {
	case JOINED_FREE:
		page_go(request, "/visit/move", NULL);
		return;
	case JOINED_OFTEN:
		page_status(web, request, 429, NULL);
		return;
	case JOINED:
	case JOINED_PAST:
	case JOINED_STATE:
		page_go(request, "/visit", NULL);
		return;
	case JOINED_FAULT:
		break;
	}
	page_status(web, request, 500, NULL);
}
