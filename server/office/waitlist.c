/*
 * The waiting list for staff, of the last 90 days: what was waited for and
 * came of it, and who waits still, by number and without a name.
 */
#include "office/waitlist.h"

#include <string.h>

#include "pages.h" /* generated */
#include "web/handlers.h"
#include "web/sign_in.h"

static int fill(struct desk *, struct waitlist_list_page *);
static void keep_waiting(struct waiting *, int count,
    struct waitlist_list_page *);

void
waitlist_list(struct web *web, struct request *request)
{
	struct waitlist_list_page p = { 0 };
	struct account account;
	struct page o;

	if (!sign_in_required(web, request, RIGHT_WAITLIST, &account))
		return;
	page_open(&o, web, request, PAGE_STAFF, T_waiting_title);
	sign_in_menu(&o, &account, "waitlist");
	if (fill(&o.desk, &p) < 0) {
		page_fail(&o);
		return;
	}
	page_waitlist_list(&o, &p);
	page_send(&o, 200, NULL);
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
