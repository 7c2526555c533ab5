/*
 * What the link in the letter of an offer opens: the frame, until when, and
 * three answers.  Opening it changes nothing, for mail scanners do it too.
 */
#include <string.h>

#include "pages.h"
#include "web/waitlist.h"

struct answering {
	struct offer offer;
	const char *var;
	bool taken; /* she takes it; else: */
	bool stop; /* she waits no longer */
	enum booked result;
	struct booking booking;
};

static bool find(struct web *, struct request *, struct offer *);
static void show(struct web *, struct request *, const struct offer *,
    int status);
static int show_open(struct page *, const struct offer *, const struct wish *,
    struct offered_page *);
static int show_over(struct page *, const struct offer *, const struct wish *,
    struct offered_page *);
static enum text over_text(const struct offer *, int64_t now);
static web_run answer_run;
static web_done answer_done;
static void go_on(struct web *, struct request *, const struct answering *);

void
offer_show(struct web *web, struct request *request)
{
	struct offer offer;

	if (find(web, request, &offer))
		show(web, request, &offer, 200);
}

void
offer_answer(struct web *web, struct request *request)
{
	struct form *form = guest_form(web, request);
	struct answering *a;
	const char *answer;

	if (form == NULL)
		return;
	a = arena_get(request->arena, sizeof(*a));
	if (!find(web, request, &a->offer))
		return;
	answer = form_get(form, "answer");
	a->taken = strcmp(answer, "take") == 0;
	a->stop = strcmp(answer, "stop") == 0;
	a->var = web->config->var;
	if (!a->taken && !a->stop && strcmp(answer, "decline") != 0)
		page_status(web, request, 400, NULL);
	else
		web_write(web, request, answer_run, answer_done, a);
}

static bool
find(struct web *web, struct request *request, struct offer *offer)
{
	struct desk desk = web_desk(web, request);
	int found = offer_by_token(&desk, web_parameter(request), offer);

	if (found != 1)
		page_status(web, request, found < 0 ? 500 : 404, NULL);
	return found == 1;
}

static void
show(struct web *web, struct request *request, const struct offer *offer,
    int status)
{
	struct offered_page p = { .token = web_parameter(request) };
	struct wish wish;
	struct page o;
	int shown;

	page_open(&o, web, request, PAGE_VISIT, T_offered_title);
	o.here = arena_print(request->arena, "/offers/%s", p.token);
	shown = waitlist_get(&o.desk, offer->waitlist, &wish) == 1 ? 0 : -1;
	p.waits = shown == 0 && strcmp(wish.state, "waiting") == 0;
	if (shown == 0)
		shown = offer_stands(&o.desk, offer);
	if (shown == 1)
		shown = show_open(&o, offer, &wish, &p);
	else if (shown == 0)
		shown = show_over(&o, offer, &wish, &p);
	if (shown < 0)
		page_fail(&o);
	else
		page_send(&o, status, NULL);
}

static int
show_open(struct page *o, const struct offer *offer, const struct wish *wish,
    struct offered_page *p)
{
	struct session session;
	struct booking b;

	if (session_get(&o->desk, offer->session, &session) != 1)
		return show_over(o, offer, wish, p);
	p->frame = (struct frame) { offer->starts_at, offer->ends_at,
		session.channel, session.place };
	p->until_at = offer->expires_at;
	p->shared = offer->shared;
	if (wish->booking != 0) {
		if (booking_by_id(&o->desk, wish->booking, &b) != 1)
			return -1;
		p->now = frame_of_booking(&b);
	}
	page_offered(o, p);
	return 0;
}

/* With near times, unless it is hers or she has a booking to move, whose
 * page shows them. */
static int
show_over(struct page *o, const struct offer *offer, const struct wish *wish,
    struct offered_page *p)
{
	static const struct slots_use use = { .path = "/slots",
		.action = "/holds" };
	const struct slot slot = { .session.id = offer->session,
		.starts_at = offer->starts_at };

	p->title = strcmp(wish->state, "withdrawn") == 0
	    ? T_offered_stopped
	    : over_text(offer, o->desk.now);
	o->title = p->title;
	if (wish->booking == 0 && p->title != T_offered_taken &&
	    guest_near(o, slot_id(o->desk.arena, &slot), &use, &p->near) < 0)
		return -1;
	page_offer_over(o, p);
	return 0;
}

static enum text
over_text(const struct offer *offer, int64_t now)
{
	if (strcmp(offer->state, "accepted") == 0)
		return T_offered_taken;
	if (strcmp(offer->state, "declined") == 0)
		return T_offered_declined;
	if (strcmp(offer->state, "lapsed") == 0 || offer->expires_at <= now)
		return T_offered_lapsed;
	return T_offered_gone;
}

static int
answer_run(struct desk *d, void *arg)
{
	struct answering *a = arg;

	/* As it stands now: somebody may have been before. */
	if (offer_get(d, a->offer.id, &a->offer) != 1)
		return -1;
	if (a->taken) {
		bool over = offer_is_over(d, &a->offer);

		a->result = offer_accept(d, &a->offer, &a->booking);
		return over && a->result != BOOKED_FAULT
		    ? 0
		    : guest_kept(a->result);
	}
	if (a->stop)
		return waitlist_withdraw(d, a->var, a->offer.waitlist) < 0 ? -1
									   : 0;
	return offer_decline(d, &a->offer);
}

static void
answer_done(struct web *web, struct request *request, void *arg)
{
	struct answering *a = arg;
	struct desk desk = web_desk(web, request);

	if (a->taken && a->result == BOOKED)
		go_on(web, request, a);
	else if (offer_get(&desk, a->offer.id, &a->offer) != 1)
		page_status(web, request, 500, NULL);
	else if (a->taken)
		show(web, request, &a->offer, 409);
	else
		page_go(request, request->path, NULL);
}

/* By a link she sees the time; whoever has shown her words keeps seeing
 * all. */
static void
go_on(struct web *web, struct request *request, const struct answering *a)
{
	struct visit visit = visit_get(web, request);
	const struct booking *b = &a->booking;

	if (visit.booking != b->id || visit.generation != b->generation)
		visit = (struct visit) {
			.booking = b->id,
			.generation = b->generation,
			.level = VISIT_LINK,
		};
	page_go(request, b->sequence > 0 ? "/visit?moved" : "/visit?booked",
	    visit_line(web, request->arena, visit));
}
