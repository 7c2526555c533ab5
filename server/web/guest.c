/* What the pages about her visit share. */
#include "web/guest.h"

#include <string.h>

#include "base/dates.h"
#include "pages.h"
#include "room/policy.h"
#include "room/waitlist.h"
#include "web/lang.h"

#define NEAR_MOST 6

static void guest_lost(struct web *, struct request *);
static bool guest_known(struct web *, struct request *, struct guest *);
static bool guest_waits(struct guest *);
static enum text offer_text(enum booked);
static int near_slots(struct desk *, const char *id, int64_t theme,
    struct slot **);
static int only_theme(struct slot *, size_t count, int64_t theme);
static const char *wait_for(struct desk *, const char *slot);

bool
guest_find(struct web *web, struct request *request, struct guest *guest)
{
	if (guest_known(web, request, guest))
		return true;
	if (guest_waits(guest))
		page_go(request, "/waitlist/wish", NULL);
	else
		guest_lost(web, request);
	return false;
}

struct form *
guest_form(struct web *web, struct request *request)
{
	struct form *form = form_body(request);

	if (form == NULL) {
		page_status(web, request, 400, NULL);
		return NULL;
	}
	if (!guard_ok(web, request, form_get(form, "guard"))) {
		page_status(web, request, 403, NULL);
		return NULL;
	}
	return form;
}

struct form *
guest_post(struct web *web, struct request *request, struct guest *guest)
{
	if (!guest_find(web, request, guest))
		return NULL;
	return guest_form(web, request);
}

void
guest_go_home(struct request *request, const struct guest *guest)
{
	bool all = guest->visit.level == VISIT_FULL;

	switch (guest->stage) {
	case STAGE_HELD:
	case STAGE_LAPSED:
		page_go(request, "/contact", NULL);
		return;
	case STAGE_AHEAD:
		page_go(request, all ? "/done" : "/visit", NULL);
		return;
	case STAGE_NOW:
	case STAGE_OVER:
	case STAGE_CAME:
	case STAGE_CANCELLED:
		page_go(request, "/visit", NULL);
		return;
	}
}

const char *
guest_lang(struct web *web, struct request *request)
{
	return lang_code(lang_choose(web, request, NULL));
}

struct share
guest_share(struct web *web, const struct request *request)
{
	return (struct share) {
		.peer = request->peer.operator? NULL : request->peer.name,
		.holds = web->config->holds_per_network,
		.bookings = web->config->bookings_per_network,
		.per_mail = web->config->bookings_per_mail,
	};
}

int
guest_kept(enum booked result)
{
	return result == BOOKED ? 0 : result == BOOKED_FAULT ? -1 : 1;
}

void
guest_offer(struct web *web, struct request *request, enum booked why,
    const char *slot, const struct slots_use *use, const char *here)
{
	struct page o;
	struct offer_page p = {
		.title = offer_text(why),
		.moving = use->holder != 0,
		.all = use->path,
	};

	page_open(&o, web, request, PAGE_VISIT, p.title);
	o.here = here;
	o.error = true;
	if (guest_near(&o, slot, use, &p.days) < 0) {
		page_fail(&o);
		return;
	}
	if (use->holder == 0 && why != BOOKED_UNKNOWN)
		p.waiting = wait_for(&o.desk, slot);
	page_offer(&o, &p);
	page_send(&o, why == BOOKED_UNKNOWN ? 404 : 409, NULL);
}

int
guest_near(struct page *o, const char *slot, const struct slots_use *use,
    struct slot_days *days)
{
	struct slot *near;
	int count = near_slots(&o->desk, slot, use->theme, &near);

	days->action = use->action;
	if (count > 0)
		slots_by_day(o, use, near, (size_t)count, days);
	return count < 0 ? -1 : 0;
}

struct visit
visit_of_wish(int64_t wish)
{
	return (struct visit) {
		.booking = wish,
		.generation = WISH_GENERATION,
		.level = VISIT_FULL,
	};
}

struct frame
frame_of_booking(const struct booking *b)
{
	return (
	    struct frame) { b->starts_at, b->ends_at, b->channel, b->place };
}

struct frame
frame_of_slot(const struct slot *slot)
{
	return (struct frame) { slot->starts_at, slot->ends_at,
		slot->session.channel, slot->session.place };
}

struct hold
hold_of(const struct guest *guest)
{
	const struct booking *b = &guest->booking;
	int64_t left = b->held_until - guest->desk.now;
	struct desk desk = guest->desk;
	struct policy policy = { 0 };

	policy_get(&desk, &policy); /* a fault was logged */
	return (struct hold) {
		.frame = frame_of_booking(b),
		.until = dates_clock(guest->desk.arena, b->held_until),
		.left_s = left,
		.minutes = left > 0 ? (int)((left + 59) / 60) : 0,
		.whole = policy.hold_minutes,
		.lapsed = guest->stage == STAGE_LAPSED,
		.extendable = guest->stage == STAGE_HELD && !b->extended,
	};
}

/* Her booking is not to be found any more: says so and leads on. */
static void
guest_lost(struct web *web, struct request *request)
{
	struct page o;

	page_open(&o, web, request, PAGE_VISIT, T_guest_lost);
	o.here = "/manage";
	page_lost(&o);
	page_send(&o, 404, NULL);
}

/* A cookie remembers a booking until it cannot be opened any more: a hold
 * that was swept away, revoked links, the day after the visit. */
static bool
guest_known(struct web *web, struct request *request, struct guest *guest)
{
	guest->desk = web_desk(web, request);
	guest->visit = visit_get(web, request);
	if (guest->visit.level == VISIT_NONE ||
	    booking_by_id(&guest->desk, guest->visit.booking,
		&guest->booking) != 1)
		return false;
	guest->stage = booking_stage(&guest->booking, guest->desk.now);
	return guest->booking.generation == guest->visit.generation &&
	    booking_reachable(&guest->booking, guest->desk.now);
}

/* What she has is a wish and no booking yet. */
static bool
guest_waits(struct guest *guest)
{
	struct wish wish;

	return guest->visit.level == VISIT_FULL &&
	    waitlist_get(&guest->desk, guest->visit.booking, &wish) == 1 &&
	    strcmp(wish.state, "booked") != 0;
}

static enum text
offer_text(enum booked why)
{
	switch (why) {
	case BOOKED_TAKEN:
		return T_offer_taken;
	case BOOKED_LAPSED:
		return T_offer_lapsed;
	case BOOKED_PAST:
		return T_offer_past;
	case BOOKED_EARLY:
		return T_offer_early;
	case BOOKED_CLOSED:
		return T_offer_closed;
	case BOOKED_UNKNOWN:
	case BOOKED:
	case BOOKED_STATE:
	case BOOKED_SAME:
	case BOOKED_MANY:
	case BOOKED_FAULT:
		break;
	}
	return T_offer_unknown;
}

/* Near what she wanted, or from now on when that is no frame of ours.  With
 * a theme, only frames of that theme. */
static int
near_slots(struct desk *d, const char *id, int64_t theme, struct slot **near)
{
	struct policy policy;
	struct slot wanted = { .starts_at = d->now };
	enum slot_state state;
	int count;

	if (policy_get(d, &policy) != 1)
		return -1;
	state = slot_get(d, &policy, id, 0, &wanted);
	if (state == SLOT_FAULT)
		return -1;
	if (state == SLOT_UNKNOWN)
		wanted = (struct slot) { .starts_at = d->now };
	if (theme != 0)
		wanted.session.theme = theme;
	count = slot_near(d, &policy, &wanted, NEAR_MOST, near);
	if (count > 0 && theme != 0)
		count = only_theme(*near, (size_t)count, theme);
	return count;
}

static int
only_theme(struct slot *slots, size_t count, int64_t theme)
{
	int kept = 0;

	for (size_t i = 0; i < count; i++)
		if (slots[i].session.theme == theme)
			slots[kept++] = slots[i];
	return kept;
}

/* Another time of that theme on that day, should one come free. */
static const char *
wait_for(struct desk *d, const char *id)
{
	struct policy policy;
	struct slot slot;
	const char *day;

	if (policy_get(d, &policy) != 1 ||
	    slot_get(d, &policy, id, 0, &slot) <= SLOT_PAST)
		return NULL;
	day = when_print_day(d->arena, when_day(slot.starts_at));
	return arena_print(d->arena, "/waitlist?theme=%s&from=%s&until=%s",
	    slot.session.theme_code, day, day);
}
