/*
 * Her wish as it stands.  The cookie of a visit remembers it by its id, under
 * which it will be a booking: when it becomes one, her pages go on.
 */
#include <string.h>

#include "base/text.h"
#include "pages.h"
#include "room/policy.h"
#include "web/waitlist.h"

#define MATCHES 6

struct withdrawing {
	int64_t wish;
	const char *var;
};

struct taking {
	struct wish wish;
	const char *slot;
	enum booked result;
	struct booking booking;
};

static bool find(struct web *, struct request *, struct wish *);
static void show(struct web *, struct request *, const struct wish *);
static int add_offers(struct page *, struct wish_page *);
static void show_take(struct web *, struct request *, const char *slot);
static web_run take_run, withdraw_run;
static web_done take_done, withdraw_done;

/* Frames that fit become hers at once; those in place of one that was taken
 * are like all others. */
static const struct slots_use matches = { .path = "/slots",
	.action = "/waitlist/take" };
static const struct slots_use others = { .path = "/slots", .action = "/holds" };

void
wish_show(struct web *web, struct request *request)
{
	struct form *query = form_query(request);
	struct wish wish;

	if (!find(web, request, &wish))
		return;
	if (query != NULL && form_get(query, "slot")[0] != '\0')
		show_take(web, request, form_get(query, "slot"));
	else
		show(web, request, &wish);
}

void
wish_take(struct web *web, struct request *request)
{
	struct wish wish;
	struct form *form;
	struct taking *t;
	const char *slot;

	if (!find(web, request, &wish))
		return;
	form = guest_form(web, request);
	if (form == NULL)
		return;
	slot = form_get(form, "slot");
	if (strlen(slot) > SLOT_ID_MAX) {
		guest_offer(web, request, BOOKED_UNKNOWN, "", &others,
		    "/slots");
		return;
	}
	if (form_get(form, "sure")[0] == '\0') {
		page_go(request,
		    arena_print(request->arena, "/waitlist/wish?slot=%s",
			text_percent(request->arena, slot)),
		    NULL);
		return;
	}
	t = arena_get(request->arena, sizeof(*t));
	t->wish = wish;
	t->slot = slot;
	web_write(web, request, take_run, take_done, t);
}

void
wish_withdraw(struct web *web, struct request *request)
{
	struct withdrawing *w = arena_get(request->arena, sizeof(*w));
	struct wish wish;

	if (!find(web, request, &wish) || guest_form(web, request) == NULL)
		return;
	*w = (struct withdrawing) { wish.id, web->config->var };
	web_write(web, request, withdraw_run, withdraw_done, w);
}

/* False: answered. */
static bool
find(struct web *web, struct request *request, struct wish *wish)
{
	struct desk desk = web_desk(web, request);
	struct visit visit = visit_get(web, request);
	struct guest guest;

	if (visit.level != VISIT_FULL ||
	    waitlist_get(&desk, visit.booking, wish) != 1) {
		/* A page that says so, unless she has a booking. */
		if (guest_find(web, request, &guest))
			guest_go_home(request, &guest);
		return false;
	}
	if (strcmp(wish->state, "booked") != 0)
		return true;
	page_go(request, "/visit", NULL);
	return false;
}

static void
show(struct web *web, struct request *request, const struct wish *wish)
{
	struct page o;
	struct slot *slots;
	struct wish_page p = {
		.wish = *wish,
	};
	bool waits = strcmp(wish->state, "waiting") == 0;
	int count = 0;

	page_open(&o, web, request, PAGE_VISIT, T_waitlist_title);
	o.here = "/waitlist/wish";
	done_ticket(&o,
	    &(struct booking) {
		.id = wish->id,
		.code = wish->code,
		.generation = WISH_GENERATION,
	    },
	    &p.ticket);
	if (waits)
		count = waitlist_matches(&o.desk, wish, MATCHES, &slots);
	if (count < 0 || (waits && add_offers(&o, &p) < 0)) {
		page_fail(&o);
		return;
	}
	if (count > 0)
		slots_by_day(&o, &matches, slots, (size_t)count, &p.matches);
	if (waits)
		page_wish(&o, &p);
	else
		page_wish_over(&o, &p);
	page_send(&o, 200, NULL);
}

static int
add_offers(struct page *o, struct wish_page *p)
{
	struct offer *offers;
	int count = offer_of(&o->desk, p->wish.id, &offers);

	if (count <= 0)
		return count;
	p->offers = arena_array(o->desk.arena, struct offer_line,
	    (size_t)count);
	for (int i = 0; i < count; i++) {
		int stands = offer_stands(&o->desk, &offers[i]);

		if (stands < 0)
			return -1;
		if (stands == 0)
			continue;
		p->offers[p->offer_count++] = (struct offer_line) {
			.token = offer_token(&o->desk, &offers[i]),
			.starts_at = offers[i].starts_at,
			.ends_at = offers[i].ends_at,
			.until_at = offers[i].expires_at,
			.shared = offers[i].shared,
		};
	}
	return 0;
}

/* What is free no more is not on her page either. */
static void
show_take(struct web *web, struct request *request, const char *id)
{
	struct desk desk = web_desk(web, request);
	struct waitlist_take_page p = { .slot = id };
	struct policy policy;
	struct slot slot;
	struct page o;

	if (policy_get(&desk, &policy) != 1 ||
	    slot_get(&desk, &policy, id, 0, &slot) != SLOT_FREE) {
		page_go(request, "/waitlist/wish", NULL);
		return;
	}
	p.frame = frame_of_slot(&slot);
	page_open(&o, web, request, PAGE_VISIT, T_waitlist_take_title);
	page_waitlist_take(&o, &p);
	page_send(&o, 200, NULL);
}

static int
take_run(struct desk *d, void *arg)
{
	struct taking *t = arg;

	/* As it stands now: another click may have been before. */
	if (waitlist_get(d, t->wish.id, &t->wish) != 1)
		return -1;
	t->result = waitlist_take(d, &t->wish, t->slot, &t->booking);
	return guest_kept(t->result);
}

static void
take_done(struct web *web, struct request *request, void *arg)
{
	struct taking *t = arg;
	struct visit visit = visit_of_wish(t->wish.id);

	visit.asking = true; /* as behind every booking */
	if (t->result == BOOKED)
		page_go(request, "/done",
		    visit_line(web, request->arena, visit));
	else if (t->result == BOOKED_STATE) /* the second click */
		page_go(request, "/waitlist/wish", NULL);
	else
		guest_offer(web, request, t->result, t->slot, &others,
		    "/slots");
}

static int
withdraw_run(struct desk *d, void *arg)
{
	const struct withdrawing *w = arg;

	return waitlist_withdraw(d, w->var, w->wish) < 0 ? -1 : 0;
}

static void
withdraw_done(struct web *web, struct request *request, void *arg)
{
	(void)web;
	(void)arg;
	page_go(request, "/waitlist/wish", NULL);
}
