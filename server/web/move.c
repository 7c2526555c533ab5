/*
 * Moving a booking in two steps: choosing a free time, then seeing old and
 * new side by side with the one button that moves.  Until then, and when
 * the new time turns out to be taken, the old one stands.
 */
#include "web/move.h"

#include <string.h>

#include "base/text.h"
#include "pages.h"
#include "room/policy.h"

struct moving {
	int64_t id;
	int64_t theme; /* the only one allowed, 0: any */
	const char *slot;
	enum booked result;
	struct booking booking;
};

static bool movable(struct web *, struct request *, struct guest *);
static struct slots_use use_of(const struct guest *, const struct form *);
static void show_list(struct web *, struct request *, struct guest *,
    const struct form *query);
static void drop_frame(struct slot_days *, const struct booking *);
static void show_check(struct web *, struct request *, struct guest *,
    const char *slot);
static enum booked refusal(enum slot_state);
static void offer(struct web *, struct request *, const struct guest *,
    enum booked why, const char *slot);
static int theme_allowed(struct desk *, const struct moving *);
static web_run move_run;
static web_done move_done;

void
move_show(struct web *web, struct request *request)
{
	struct guest guest;
	struct form *query = form_query(request);

	if (!movable(web, request, &guest))
		return;
	if (query == NULL)
		page_status(web, request, 400, NULL);
	else if (form_get(query, "slot")[0] != '\0')
		show_check(web, request, &guest, form_get(query, "slot"));
	else
		show_list(web, request, &guest, query);
}

void
move_do(struct web *web, struct request *request)
{
	struct guest guest;
	struct form *form;
	struct moving *m;
	const char *slot;

	if (!movable(web, request, &guest))
		return;
	form = guest_form(web, request);
	if (form == NULL)
		return;
	slot = form_get(form, "slot");
	if (strlen(slot) > SLOT_ID_MAX) {
		offer(web, request, &guest, BOOKED_UNKNOWN, "");
		return;
	}
	if (form_get(form, "sure")[0] == '\0') {
		page_go(request,
		    arena_print(request->arena, "/visit/move?slot=%s",
			text_percent(request->arena, slot)),
		    NULL);
		return;
	}
	m = arena_get(request->arena, sizeof(*m));
	m->id = guest.booking.id;
	m->slot = slot;
	if (guest.visit.level != VISIT_FULL)
		m->theme = guest.booking.theme;
	web_write(web, request, move_run, move_done, m);
}

/* Finds a booking that can still be moved; else answers. */
static bool
movable(struct web *web, struct request *request, struct guest *guest)
{
	if (!guest_find(web, request, guest))
		return false;
	if (guest->stage == STAGE_AHEAD)
		return true;
	if (guest->stage <= STAGE_LAPSED)
		guest_go_home(request, guest);
	else
		page_go(request, "/visit", NULL);
	return false;
}

/* Times of her own theme, which nobody names; of any theme when she asks
 * for it and has shown her words. */
static struct slots_use
use_of(const struct guest *guest, const struct form *query)
{
	bool any = guest->visit.level == VISIT_FULL && query != NULL &&
	    form_nth(query, "theme", 0) != NULL;

	return (struct slots_use) {
		.path = "/visit/move",
		.action = "/visit/move",
		.holder = guest->booking.id,
		.theme = any ? 0 : guest->booking.theme,
		.quiet = !any,
	};
}

static void
show_list(struct web *web, struct request *request, struct guest *guest,
    const struct form *query)
{
	struct page o;
	struct slots_use use = use_of(guest, query);
	struct move_page p = {
		.now = frame_of_booking(&guest->booking),
		.widen = guest->visit.level == VISIT_FULL && use.theme != 0,
	};

	page_open(&o, web, request, PAGE_VISIT, T_move_title);
	if (slots_choose(&o, &use, query, &p.list) < 0) {
		page_fail(&o);
		return;
	}
	drop_frame(&p.list.days, &guest->booking);
	if (p.list.days.count == 0 && p.list.empty == TEXT_NONE)
		p.list.empty = T_slots_none;
	page_move(&o, &p);
	page_send(&o, 200, NULL);
}

/* Her own claims count as free here, but her present frame is no news. */
static void
drop_frame(struct slot_days *days, const struct booking *b)
{
	size_t kept_days = 0;

	for (size_t i = 0; i < days->count; i++) {
		struct slot_day day = days->days[i];
		size_t kept = 0;

		for (size_t k = 0; k < day.count; k++)
			if (day.rows[k].session != b->session ||
			    day.rows[k].starts_at != b->starts_at)
				day.rows[kept++] = day.rows[k];
		day.count = kept;
		if (kept > 0)
			days->days[kept_days++] = day;
	}
	days->count = kept_days;
}

static void
show_check(struct web *web, struct request *request, struct guest *guest,
    const char *id)
{
	const struct booking *b = &guest->booking;
	struct policy policy;
	struct slot slot;
	struct page o;
	struct move_check_page p = { .now = frame_of_booking(b), .slot = id };
	enum slot_state state = SLOT_FAULT;

	if (policy_get(&guest->desk, &policy) == 1)
		state = slot_get(&guest->desk, &policy, id, b->id, &slot);
	if (state == SLOT_FAULT) {
		page_status(web, request, 500, NULL);
		return;
	}
	if (state != SLOT_FREE) {
		offer(web, request, guest, refusal(state), id);
		return;
	}
	p.next = frame_of_slot(&slot);
	if (guest->visit.level == VISIT_FULL && slot.session.theme != b->theme)
		p.theme = slot.session.theme;
	page_open(&o, web, request, PAGE_VISIT, T_move_check);
	page_move_check(&o, &p);
	page_send(&o, 200, NULL);
}

static enum booked
refusal(enum slot_state state)
{
	switch (state) {
	case SLOT_TAKEN:
		return BOOKED_TAKEN;
	case SLOT_PAST:
		return BOOKED_PAST;
	case SLOT_EARLY:
		return BOOKED_EARLY;
	case SLOT_CLOSED:
		return BOOKED_CLOSED;
	case SLOT_UNKNOWN:
	case SLOT_FREE:
	case SLOT_FAULT:
		break;
	}
	return BOOKED_UNKNOWN;
}

static void
offer(struct web *web, struct request *request, const struct guest *guest,
    enum booked why, const char *slot)
{
	struct slots_use use = use_of(guest, NULL);

	guest_offer(web, request, why, slot, &use, "/visit/move");
}

/* A link alone changes the time, not what the talk is about. */
static int
theme_allowed(struct desk *d, const struct moving *m)
{
	struct policy policy;
	struct slot slot;

	if (m->theme == 0)
		return 1;
	if (policy_get(d, &policy) != 1)
		return -1;
	switch (slot_get(d, &policy, m->slot, m->id, &slot)) {
	case SLOT_UNKNOWN:
		return 0;
	case SLOT_FAULT:
		return -1;
	case SLOT_FREE:
	case SLOT_PAST:
	case SLOT_EARLY:
	case SLOT_CLOSED:
	case SLOT_TAKEN:
		break;
	}
	return slot.session.theme == m->theme;
}

static int
move_run(struct desk *d, void *arg)
{
	struct moving *m = arg;
	int allowed = theme_allowed(d, m);

	if (allowed < 0)
		return -1;
	m->result = allowed ? booking_move(d, m->id, m->slot, &m->booking)
			    : BOOKED_UNKNOWN;
	return guest_kept(m->result);
}

static void
move_done(struct web *web, struct request *request, void *arg)
{
	struct moving *m = arg;
	struct guest guest;

	switch (m->result) {
	case BOOKED:
		page_go(request, "/visit?moved", NULL);
		return;
	case BOOKED_SAME: /* the second click */
	case BOOKED_STATE:
		page_go(request, "/visit", NULL);
		return;
	case BOOKED_TAKEN:
	case BOOKED_UNKNOWN:
	case BOOKED_PAST:
	case BOOKED_EARLY:
	case BOOKED_CLOSED:
	case BOOKED_LAPSED:
		if (movable(web, request, &guest))
			offer(web, request, &guest, m->result, m->slot);
		return;
	case BOOKED_MANY: /* a move makes no booking */
	case BOOKED_FAULT:
		page_status(web, request, 500, NULL);
		return;
	}
}
