/*
 * The waiting list for staff, of the last 90 days: what was waited for and
 * came of it, and who waits still, by number and without a name.  Whoever
 * phones and waits no longer is struck off by the number that she says.
 */
#include "office/waitlist.h"

#include <string.h>

#include "base/text.h"
#include "pages.h" /* generated */
#include "room/waitlist.h"
#include "web/guest.h"
#include "web/sign_in.h"

#define TYPED_MAX 64 /* what is longer is not shown again */

struct strike {
	struct account account; /* who acts */
	const char *var, *typed, *code;
	int struck; /* 1, 0: nobody waits under it */
};

static void show(struct web *, struct request *, const struct account *,
    struct waitlist_list_page *, int status);
static web_run strike_run;
static web_done strike_done;
static int fill(struct desk *, struct waitlist_list_page *);
static void keep_waiting(struct waiting *, int count,
    struct waitlist_list_page *);

void
waitlist_list(struct web *web, struct request *request)
{
	struct waitlist_list_page p = { .code = "" };
	struct form *query = form_query(request);
	struct account account;

	p.struck = query != NULL && form_get(query, "struck")[0] != '\0';
	if (sign_in_required(web, request, RIGHT_WAITLIST, &account))
		show(web, request, &account, &p, 200);
}

/* POST /staff/waitlist: she has asked for it. */
void
waitlist_strike(struct web *web, struct request *request)
{
	struct strike *s = arena_get(request->arena, sizeof(*s));
	struct form *form;

	if (!sign_in_required(web, request, RIGHT_WAITLIST, &s->account))
		return;
	form = guest_form(web, request);
	if (form == NULL)
		return;
	s->var = web->config->var;
	s->typed = form_get(form, "code");
	if (strlen(s->typed) > TYPED_MAX)
		s->typed = "";
	s->code = text_digits(request->arena, s->typed);
	web_write(web, request, strike_run, strike_done, s);
}

static int
strike_run(struct desk *d, void *arg)
{
	struct strike *s = arg;

	s->struck = waitlist_withdraw_code(d, s->var, s->code);
	return s->struck < 0 ? -1 : s->struck == 0;
}

static void
strike_done(struct web *web, struct request *request, void *arg)
{
	const struct strike *s = arg;
	struct waitlist_list_page p = { .code = s->typed, .unknown = true };

	if (s->struck == 1)
		page_go(request, "/staff/waitlist?struck=1", NULL);
	else
		show(web, request, &s->account, &p, 422);
}

static void
show(struct web *web, struct request *request, const struct account *account,
    struct waitlist_list_page *p, int status)
{
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_waiting_title);
	o.here = "/staff/waitlist";
	sign_in_menu(&o, account, "waitlist");
	o.error = status >= 400;
	if (fill(&o.desk, p) < 0) {
		page_fail(&o);
		return;
	}
	page_waitlist_list(&o, p);
	page_send(&o, status, NULL);
}

static int
fill(struct desk *d, struct waitlist_list_page *p)
{
	int64_t from_at = when_at(when_day(d->now) - WAITLIST_DAYS, 0);
	struct waiting_kind *kinds;
	struct waiting *wishes;
	int count = waiting_between(d, from_at, d->now + 1, &wishes);

	p->kind_count = waiting_kinds(d, from_at, d->now + 1, &kinds);
	if (p->kind_count < 0 || count < 0)
		return -1;
	p->kinds = kinds;
	keep_waiting(wishes, count, p);
	return 0;
}

/* Counts all and keeps those that wait. */
static void
keep_waiting(struct waiting *wishes, int count, struct waitlist_list_page *p)
{
	p->wishes = wishes;
	for (int i = 0; i < count; i++) {
		p->joined++;
		p->offered += wishes[i].offered_at != 0;
		p->booked += wishes[i].booked_at != 0;
		if (strcmp(wishes[i].state, "waiting") == 0)
			wishes[p->count++] = wishes[i];
	}
}
