/*
 * The day: GET /staff/day lists bookings and free frames of a day, an
 * advisor's own or everybody's; POST /staff/outcome marks who came; POST
 * /staff/open shows what she told, after that reading has been written down.
 */
#include "office/day.h"

#include <stdlib.h>
#include <string.h>

#include "pages.h" /* generated */
#include "room/audit.h"
#include "room/place.h"
#include "room/walk_in.h"
#include "web/form.h"
#include "web/guest.h"
#include "web/handlers.h"
#include "web/sign_in.h"

/* A change of one booking that an account asks for. */
struct mark {
	struct account account;
	const char *code, *outcome;
	bool back; /* to today, from where she was chased */
	struct booking booking;
	enum booked result;
};

static int32_t asked_day(struct web *, struct request *);
static void show(struct web *, struct request *, const struct account *,
    int32_t day, const char *open_code);
static int fill(struct page *, const struct account *, int32_t day,
    const char *open_code, struct day_page *);
static int add_bookings(struct desk *, const struct account *,
    const struct day_page *, const char *open_code, struct day_line **);
static int reached_of(struct desk *, const struct booking *,
    enum queue_reached *);
static struct day_line line_of(const struct desk *, const struct booking *);
static int add_free(struct desk *, const struct account *,
    const struct day_page *, struct day_line **);
static struct mark *mark_of(struct web *, struct request *, enum right);
static int outcome_run(struct desk *, void *);
static void outcome_done(struct web *, struct request *, void *);
static int open_run(struct desk *, void *);
static void open_done(struct web *, struct request *, void *);
static int own_booking(struct desk *, struct mark *);
static int add_attention(struct desk *, const struct account *,
    struct day_page *);
static int by_start(const void *, const void *);

void
day_show(struct web *web, struct request *request)
{
	struct account account;
	int32_t day;

	if (!sign_in_required(web, request, RIGHT_DAY, &account))
		return;
	day = asked_day(web, request);
	if (day == DAY_NONE)
		page_status(web, request, 400, NULL);
	else
		show(web, request, &account, day, "");
}

void
outcome_set(struct web *web, struct request *request)
{
	struct mark *mark = mark_of(web, request, RIGHT_OUTCOME);

	if (mark != NULL)
		web_write(web, request, outcome_run, outcome_done, mark);
}

void
contact_open(struct web *web, struct request *request)
{
	struct mark *mark = mark_of(web, request, RIGHT_CONTACT);

	if (mark != NULL)
		web_write(web, request, open_run, open_done, mark);
}

const char *
day_path(struct arena *arena, const struct booking *b)
{
	return arena_print(arena, "/staff/day?date=%s#b-%s",
	    when_print_day(arena, when_day(b->starts_at)), b->code);
}

/* The day of the query, today without one, DAY_NONE when it is none. */
static int32_t
asked_day(struct web *web, struct request *request)
{
	struct form *query = form_query(request);
	const char *date = query == NULL ? "?" : form_get(query, "date");

	return date[0] == '\0' ? when_day(clock_now(web->clock))
			       : when_parse_day(date);
}

static void
show(struct web *web, struct request *request, const struct account *account,
    int32_t day, const char *open_code)
{
	struct day_page p;
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_day_title);
	sign_in_menu(&o, account, "day");
	o.slim = true;
	if (fill(&o, account, day, open_code, &p) < 0) {
		page_fail(&o);
		return;
	}
	page_day(&o, &p);
	page_send(&o, 200, NULL);
}

static int
fill(struct page *o, const struct account *account, int32_t day,
    const char *open_code, struct day_page *p)
{
	struct arena *arena = o->desk.arena;
	struct day_line *bookings = NULL, *free_frames = NULL;
	int booked, free_count, walk_ins;

	*p = (struct day_page) {
		.at = when_at(day, 0),
		.today = day == when_day(o->desk.now),
		.earlier = when_print_day(arena, day - 1),
		.later = when_print_day(arena, day + 1),
		.date = when_print_day(arena, day),
		.may_open = may(account, RIGHT_CONTACT),
		.may_read = may(account, RIGHT_NOTE),
		.may_close = may(account, RIGHT_CLOSE),
		.may_book = may(account, RIGHT_BOOK),
	};
	booked = add_bookings(&o->desk, account, p, open_code, &bookings);
	free_count = add_free(&o->desk, account, p, &free_frames);
	if (booked < 0 || free_count < 0)
		return -1;
	p->unmarked_count = !p->today
	    ? 0
	    : booking_unmarked(&o->desk, account->advisor, &p->unmarked);
	if (p->unmarked_count < 0 || add_attention(&o->desk, account, p) < 0)
		return -1;
	walk_ins = walk_in_list(&o->desk, &p->walk_ins);
	if (walk_ins < 0)
		return -1;
	p->walk_in_count = (size_t)walk_ins;
	p->count = (size_t)booked + (size_t)free_count;
	p->lines = arena_array(arena, struct day_line, p->count + 1);
	memcpy(p->lines, bookings, (size_t)booked * sizeof(*bookings));
	memcpy(p->lines + booked, free_frames,
	    (size_t)free_count * sizeof(*free_frames));
	qsort(p->lines, p->count, sizeof(*p->lines), by_start);
	for (int i = 0; i < booked; i++)
		p->ahead += !bookings[i].over &&
		    strcmp(bookings[i].booking->state, "confirmed") == 0;
	return 0;
}

static int
add_bookings(struct desk *d, const struct account *account,
    const struct day_page *p, const char *open_code, struct day_line **out)
{
	struct booking *list;
	int shown = 0,
	    count = booking_between(d, account->advisor, p->at,
		when_at(when_day(p->at) + 1, 0), false, &list);

	if (count < 0)
		return -1;
	*out = arena_array(d->arena, struct day_line, (size_t)count + 1);
	for (int i = 0; i < count; i++) {
		struct day_line *line = &(*out)[shown];

		if (!may_about(account, RIGHT_DAY, list[i].advisor))
			continue;
		*line = line_of(d, &list[i]);
		if (reached_of(d, &list[i], &line->reached) < 0)
			return -1;
		line->open = p->may_open &&
		    strcmp(list[i].code, open_code) == 0;
		if (line->open &&
		    booking_contact(d, &list[i], &line->contact) < 0)
			return -1;
		shown++;
	}
	return shown;
}

/* After the visit it is of no use to know. */
static int
reached_of(struct desk *d, const struct booking *b, enum queue_reached *reached)
{
	int found = b->ends_at <= d->now ? QUEUE_REACHED
					 : queue_of_booking(d, b);

	*reached = found < 0 ? QUEUE_REACHED : (enum queue_reached)found;
	return found < 0 ? -1 : 0;
}

static struct day_line
line_of(const struct desk *d, const struct booking *b)
{
	return (struct day_line) {
		.starts_at = b->starts_at,
		.ends_at = b->ends_at,
		.booking = b,
		.theme = b->theme,
		.place = b->place,
		.online = strcmp(b->channel, CHANNEL_ONLINE) == 0,
		.now = b->starts_at <= d->now && d->now < b->ends_at,
		.over = b->ends_at <= d->now,
		.markable = b->starts_at <= d->now,
	};
}

static int
add_free(struct desk *d, const struct account *account,
    const struct day_page *p, struct day_line **out)
{
	struct policy policy;
	struct slot_filter filter = {
		.from_at = p->at,
		.until_at = when_at(when_day(p->at) + 1, 0),
	};
	struct slot *slots;
	int listed, count = 0;

	if (policy_get(d, &policy) != 1)
		return -1;
	listed = slot_list(d, &policy, &filter, &slots);
	if (listed < 0)
		return -1;
	*out = arena_array(d->arena, struct day_line, (size_t)listed + 1);
	for (int i = 0; i < listed; i++) {
		const struct session *session = &slots[i].session;

		if (!may_about(account, RIGHT_DAY, session->advisor))
			continue;
		(*out)[count++] = (struct day_line) {
			.starts_at = slots[i].starts_at,
			.ends_at = slots[i].ends_at,
			.theme = session->theme,
			.place = session->place,
			.online = strcmp(session->channel, CHANNEL_ONLINE) == 0,
		};
	}
	return count;
}

/* Reads a form of this page; NULL when it was answered already. */
static struct mark *
mark_of(struct web *web, struct request *request, enum right right)
{
	struct mark *mark = arena_array(request->arena, struct mark, 1);
	struct form *form;

	if (!sign_in_required(web, request, right, &mark->account))
		return NULL;
	form = guest_form(web, request);
	if (form == NULL)
		return NULL;
	mark->code = form_get(form, "code");
	mark->outcome = form_get(form, "outcome");
	mark->back = form_get(form, "back")[0] != '\0';
	return mark;
}

static int
outcome_run(struct desk *d, void *arg)
{
	struct mark *mark = arg;
	int found = own_booking(d, mark);

	mark->result = found < 0 ? BOOKED_FAULT : BOOKED_UNKNOWN;
	if (found == 1 && outcome_known(mark->outcome))
		mark->result = booking_outcome(d, mark->booking.id,
		    mark->outcome, &mark->booking);
	if (mark->result == BOOKED_FAULT)
		return -1;
	return mark->result != BOOKED;
}

static void
outcome_done(struct web *web, struct request *request, void *arg)
{
	struct mark *mark = arg;

	switch (mark->result) {
	case BOOKED:
		page_go(request,
		    mark->back ? "/staff/day"
			       : day_path(request->arena, &mark->booking),
		    NULL);
		return;
	case BOOKED_EARLY:
		page_error(web, request, 409, T_day_early_title, T_day_early);
		return;
	case BOOKED_STATE:
		page_error(web, request, 409, T_day_state_title, T_day_state);
		return;
	case BOOKED_UNKNOWN:
	case BOOKED_TAKEN:
	case BOOKED_PAST:
	case BOOKED_CLOSED:
	case BOOKED_LAPSED:
	case BOOKED_SAME:
	case BOOKED_MANY:
		page_status(web, request, 404, NULL);
		return;
	case BOOKED_FAULT:
		break;
	}
	page_status(web, request, 500, NULL);
}

static int
open_run(struct desk *d, void *arg)
{
	struct mark *mark = arg;
	int found = own_booking(d, mark);

	mark->result = found == 1 ? BOOKED : BOOKED_UNKNOWN;
	if (found != 1)
		return found < 0 ? -1 : 1;
	if (may(&mark->account, RIGHT_NOTE) &&
	    audit_write(d, "open_note", mark->booking.id) < 0)
		return -1;
	return audit_write(d, "open_contact", mark->booking.id);
}

static void
open_done(struct web *web, struct request *request, void *arg)
{
	struct mark *mark = arg;

	if (mark->result == BOOKED)
		show(web, request, &mark->account,
		    when_day(mark->booking.starts_at), mark->booking.code);
	else
		page_status(web, request, 404, NULL);
}

/* An advisor reaches her own bookings only.  1, 0 or -1. */
static int
own_booking(struct desk *d, struct mark *mark)
{
	int found = booking_by_code(d, mark->code, &mark->booking);

	if (found == 1 &&
	    !may_about(&mark->account, RIGHT_DAY, mark->booking.advisor))
		return 0;
	return found;
}

/* On the page of today; an advisor sees her own. */
static int
add_attention(struct desk *d, const struct account *account, struct day_page *p)
{
	if (!p->today)
		return 0;
	p->attention_count = booking_attention(d, account->advisor,
	    &p->attention);
	p->attention_all = p->attention_count;
	if (p->attention_count <= 0 || account->advisor != 0)
		return p->attention_count;
	return booking_attention_count(d, &p->attention_all);
}

static int
by_start(const void *left, const void *right)
{
	const struct day_line *a = left, *b = right;

	return a->starts_at < b->starts_at ? -1 : a->starts_at > b->starts_at;
}
