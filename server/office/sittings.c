/*
 * Where an account is signed in: her own page, and the same for a manager
 * who looks at somebody else's.  One button ends one, another all others
 * (all, of somebody else).
 */
#include "office/sittings.h"

#include <string.h>

#include "pages.h"
#include "web/guest.h"
#include "web/sign_in.h"

#define OWN_PAGE "/staff/sittings"
#define OTHERS "others"

struct ending {
	const char *page; /* where to go on */
	int64_t account;
	int64_t own; /* stays when all others end */
	const char *which; /* id, or OTHERS */
};

static int find_other(struct web *, struct request *, struct account *asker,
    struct account *whose);
static const char *page_of(struct request *, const struct account *);
static void show(struct web *, struct request *, const struct account *asker,
    const struct account *whose);
static void end(struct web *, struct request *, const struct account *asker,
    const struct account *whose);
static web_run end_run;
static web_done end_done;

void
sittings_show(struct web *web, struct request *request)
{
	struct account account;

	if (sign_in_required(web, request, RIGHT_DAY, &account))
		show(web, request, &account, &account);
}

void
sittings_end(struct web *web, struct request *request)
{
	struct account account;

	if (sign_in_required(web, request, RIGHT_DAY, &account))
		end(web, request, &account, &account);
}

void
sittings_of_show(struct web *web, struct request *request)
{
	struct account asker, whose;

	if (find_other(web, request, &asker, &whose) == 1)
		show(web, request, &asker, &whose);
}

void
sittings_of_end(struct web *web, struct request *request)
{
	struct account asker, whose;

	if (find_other(web, request, &asker, &whose) == 1)
		end(web, request, &asker, &whose);
}

/* 1, or 0 when the request has been answered. */
static int
find_other(struct web *web, struct request *request, struct account *asker,
    struct account *whose)
{
	struct desk desk = web_desk(web, request);
	int found;

	if (!sign_in_required(web, request, RIGHT_ACCOUNTS, asker))
		return 0;
	found = account_by_name(&desk, web_parameter(request), whose);
	if (found != 1)
		page_status(web, request, found < 0 ? 500 : 404, NULL);
	return found == 1;
}

static const char *
page_of(struct request *request, const struct account *whose)
{
	if (whose->id == request->account)
		return OWN_PAGE;
	return arena_print(request->arena, "/staff/accounts/%s/sittings",
	    whose->name);
}

static void
show(struct web *web, struct request *request, const struct account *asker,
    const struct account *whose)
{
	struct sittings_page p = {
		.own = asker->sitting,
		.name = whose->id == asker->id ? NULL : whose->name,
		.action = page_of(request, whose),
	};
	struct sitting *list;
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_sittings_title);
	p.count = sitting_list(&o.desk, whose->id, &list);
	if (p.count < 0) {
		page_fail(&o);
		return;
	}
	p.list = list;
	o.here = p.action;
	o.slim = true;
	sign_in_menu(&o, asker, p.name == NULL ? "sittings" : "accounts");
	page_sittings(&o, &p);
	page_send(&o, 200, NULL);
}

static void
end(struct web *web, struct request *request, const struct account *asker,
    const struct account *whose)
{
	struct form *form = guest_form(web, request);
	struct ending *e;

	if (form == NULL)
		return;
	e = arena_get(request->arena, sizeof(*e));
	e->page = page_of(request, whose);
	e->account = whose->id;
	e->own = asker->sitting;
	e->which = form_get(form, "sitting");
	web_write(web, request, end_run, end_done, e);
}

/* One that has ended already is as good. */
static int
end_run(struct desk *d, void *arg)
{
	const struct ending *e = arg;
	int count;

	if (strcmp(e->which, OTHERS) == 0)
		count = sitting_end_others(d, e->account, e->own);
	else
		count = sitting_end(d, e->account, seal_id_read(e->which));
	return count < 0 ? -1 : 0;
}

static void
end_done(struct web *web, struct request *request, void *arg)
{
	const struct ending *e = arg;

	(void)web;
	page_go(request, e->page, NULL);
}
