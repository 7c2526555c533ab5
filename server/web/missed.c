/*
 * POST /demand: no time suits.  What she had wished for is counted and
 * nothing else; she comes back to the list, which thanks her.
 */
#include <string.h>

#include "room/demand.h"
#include "web/guest.h"
#include "web/slots_wish.h"

struct missed {
	const char *peer;
	struct demand demand;
	const char *back;
};

static int read_wish(struct web *, struct request *, struct missed *);
static web_run missed_run;
static web_done missed_done;

void
missed_tell(struct web *web, struct request *request)
{
	struct missed *missed;

	if (guest_form(web, request) == NULL)
		return;
	missed = arena_get(request->arena, sizeof(*missed));
	missed->peer = request->peer.operator? NULL : request->peer.name;
	if (read_wish(web, request, missed) < 0)
		page_status(web, request, 500, NULL);
	else
		web_write(web, request, missed_run, missed_done, missed);
}

static int
read_wish(struct web *web, struct request *request, struct missed *missed)
{
	static const struct slots_use use = { .path = "/slots" };
	struct page page = { .request = request,
		.desk = web_desk(web, request) };
	struct search search = { .page = &page, .use = &use };
	struct form *query = form_query(request);
	struct slots_page p = { 0 };
	const struct slots_wish *w = &p.wish;
	const char *list;

	if (query == NULL || wish_begin(&search) < 0 ||
	    wish_read(&search, query, &p) < 0)
		return -1;
	missed->demand = (struct demand) {
		.theme = w->theme.id,
		.place = w->place.id,
		.channel = w->channel ? w->channel : "",
		.times = (int)w->times,
		.longer = w->longer,
		.soon = w->soon,
		.anything = w->anything,
	};
	list = wish_address(&search, w, wish_from(w));
	missed->back = arena_print(request->arena, "%s%ctold=1#told", list,
	    strchr(list, '?') ? '&' : '?');
	return 0;
}

/* Who has been heard often enough is thanked all the same. */
static int
missed_run(struct desk *d, void *arg)
{
	struct missed *missed = arg;

	return demand_add(d, missed->peer, &missed->demand) < 0 ? -1 : 0;
}

static void
missed_done(struct web *web, struct request *request, void *arg)
{
	struct missed *missed = arg;

	(void)web;
	page_go(request, missed->back, NULL);
}
