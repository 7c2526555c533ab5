/*
 * Asking to be told when such a time comes free: the conditions come from
 * the list of free times and stay in the address; she may add a name and an
 * address of hers.
 */
#include "web/waitlist.h"

#include <string.h>

#include "pages.h"
#include "room/mail_address.h"
#include "web/lang.h"

struct joining {
	struct waitlist_page page;
	struct contact contact;
	const char *peer;
	enum joined result;
	struct wish wish;
};

static const struct slots_use use = { .path = "/slots", .action = "/holds" };

static bool read_asked(struct web *, struct request *, struct waitlist_page *);
static int32_t read_until(const struct search *, const struct form *,
    const struct slots_wish *);
static struct wish wish_of(const struct slots_wish *, int32_t until_day);
static void show(struct web *, struct request *, struct waitlist_page *,
    int status);
static web_run join_run;
static web_done join_done;

void
waitlist_show(struct web *web, struct request *request)
{
	struct waitlist_page p = { 0 };

	p.entries[CONTACT_NAME].value = p.entries[CONTACT_MAIL].value = "";
	if (read_asked(web, request, &p))
		show(web, request, &p, 200);
}

void
waitlist_add(struct web *web, struct request *request)
{
	struct form *form = guest_form(web, request);
	struct joining *j;

	if (form == NULL)
		return;
	j = arena_get(request->arena, sizeof(*j));
	if (!read_asked(web, request, &j->page))
		return;
	contact_read(request, form, j->page.entries, &j->page.errors);
	if (j->page.errors > 0 || lang_turned(request)) {
		show(web, request, &j->page, j->page.errors > 0 ? 422 : 200);
		return;
	}
	j->page.wish.lang = guest_lang(web, request);
	j->peer = guest_share(web, request).peer;
	j->contact = (struct contact) {
		.name = j->page.entries[CONTACT_NAME].value,
		.mail = mail_address_clean(request->arena,
		    j->page.entries[CONTACT_MAIL].value),
	};
	web_write(web, request, join_run, join_done, j);
}

const char *
waitlist_address(struct search *search, const struct slots_wish *wish,
    int32_t until_day)
{
	const struct slots_use here = { .path = "/waitlist" };
	struct search as = *search;
	struct arena *arena = search->page->request->arena;
	const char *address;

	as.use = &here;
	address = wish_address(&as, wish, when_at(wish->from_day, 0));
	return arena_print(arena, "%s%cuntil=%s", address,
	    strchr(address, '?') == NULL ? '?' : '&',
	    when_print_day(arena, until_day - 1));
}

/* False: answered. */
static bool
read_asked(struct web *web, struct request *request, struct waitlist_page *p)
{
	struct form *query = form_query(request);
	/* What is read needs no page that is written to. */
	struct page reading = {
		.web = web,
		.request = request,
		.desk = web_desk(web, request),
	};
	struct search search = { .page = &reading, .use = &use };
	struct slots_page list = { 0 };
	int32_t until_day;
	int known = policy_get(&reading.desk, &search.policy);

	if (query == NULL) {
		page_status(web, request, 400, NULL);
		return false;
	}
	search.today = when_day(reading.desk.now);
	search.end_day = search.today + search.policy.window_days + 1;
	if (known < 0 || wish_read(&search, query, &list) < 0) {
		page_status(web, request, 500, NULL);
		return false;
	}
	until_day = read_until(&search, query, &list.wish);
	p->address = waitlist_address(&search, &list.wish, until_day);
	p->free_times = wish_address(&search, &list.wish,
	    wish_from(&list.wish));
	p->wish = wish_of(&list.wish, until_day);
	p->past = until_day <= search.today;
	return true;
}

/* As far as can be booked; a day that is none is the end of the list. */
static int32_t
read_until(const struct search *search, const struct form *form,
    const struct slots_wish *asked)
{
	int32_t day = when_parse_day(form_get(form, "until"));

	if (day == DAY_NONE)
		return asked->until_day;
	return day < search->end_day ? day + 1 : search->end_day;
}

static struct wish
wish_of(const struct slots_wish *asked, int32_t until_day)
{
	return (struct wish) {
		.theme = asked->theme.id,
		.place = asked->place.id,
		.anything = asked->anything,
		.channel = asked->channel,
		.times = asked->times,
		.longer = asked->longer,
		.from_at = when_at(asked->from_day, 0),
		.until_at = when_at(until_day, 0),
	};
}

static void
show(struct web *web, struct request *request, struct waitlist_page *p,
    int status)
{
	struct page o;

	page_open(&o, web, request, PAGE_VISIT, T_waitlist_title);
	o.here = p->address;
	if (!p->past)
		o.typed = "told";
	o.error = p->errors > 0;
	page_waitlist(&o, p);
	page_send(&o, status, NULL);
}

static int
join_run(struct desk *d, void *arg)
{
	struct joining *j = arg;

	j->result = waitlist_join(d, j->peer, &j->page.wish, &j->contact,
	    &j->wish);
	return j->result == JOINED ? 0 : j->result == JOINED_FAULT ? -1 : 1;
}

static void
join_done(struct web *web, struct request *request, void *arg)
{
	struct joining *j = arg;

	switch (j->result) {
	case JOINED:
		page_go(request, "/waitlist/wish",
		    visit_line(web, request->arena, visit_of_wish(j->wish.id)));
		return;
	case JOINED_FREE:
		page_go(request, j->page.free_times, NULL);
		return;
	case JOINED_PAST:
		j->page.past = true;
		show(web, request, &j->page, 410);
		return;
	case JOINED_OFTEN:
		page_status(web, request, 429, NULL);
		return;
	case JOINED_STATE:
	case JOINED_FAULT:
		break;
	}
	page_status(web, request, 500, NULL);
}
