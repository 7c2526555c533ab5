/*
 * The page for whatever went wrong: what happened, then what to do, in her
 * language, without a word of the machinery.
 */
#include "web/page_error.h"

#include "pages.h"
#include "web/cookie.h"

/* The words of a status; the last line serves all others. */
static const struct {
	int status;
	struct error_page page;
} usual[] = {
	{ 400, { T_error_request, T_error_request_what, false } },
	{ 403, { T_error_guard, T_error_guard_what, false } },
	{ 404, { T_error_missing, T_error_missing_what, false } },
	{ 405, { T_error_method, T_error_method_what, false } },
	{ 409, { T_error_conflict, T_error_conflict_what, false } },
	{ 413, { T_error_large, T_error_large_what, false } },
	{ 415, { T_error_request, T_error_request_what, false } },
	{ 422, { T_error_fields, T_error_fields_what, false } },
	{ 429, { T_error_often, T_error_often_what, false } },
	{ 503, { T_error_busy, T_error_busy_what, false } },
	{ 500, { T_error_fault, T_error_fault_what, false } },
};

static enum page_kind kind_of(struct web *, struct request *);
static bool answers_get(struct request *);
static void send(struct web *, struct request *, int status,
    const struct error_page *, const char *headers);

void
page_error(struct web *web, struct request *request, int status,
    enum text title, enum text what)
{
	send(web, request, status, &(struct error_page) { title, what, false },
	    NULL);
}

void
page_status(struct web *web, struct request *request, int status,
    const char *headers)
{
	size_t i = 0, last = sizeof(usual) / sizeof(*usual) - 1;

	while (i < last && usual[i].status != status)
		i++;
	send(web, request, status, &usual[i].page, headers);
}

void
page_fail(struct page *page)
{
	buf_free(&page->out);
	page_status(page->web, page->request, 500, NULL);
}

static void
send(struct web *web, struct request *request, int status,
    const struct error_page *error, const char *headers)
{
	struct page page;
	struct error_page p = *error;
	bool posted = request->method == METHOD_POST;

	page_open(&page, web, request, kind_of(web, request), error->title);
	page.error = true;
	page.slim = true;
	p.again = posted && status == 403 && page.kind != PAGE_STAFF &&
	    answers_get(request);
	if (posted)
		page.here = p.again ? request->path : "/";
	page_error_page(&page, &p);
	page_send(&page, status, headers);
}

static bool
answers_get(struct request *request)
{
	const struct route *at;
	const char *parameter;
	int allowed;

	return route_find(web_routes, request->arena, METHOD_GET, request->path,
		   &parameter, &allowed, &at) != NULL;
}

/* Whoever is in the middle of her visit stays on pages that do not say what
 * it is about. */
static enum page_kind
kind_of(struct web *web, struct request *request)
{
	const struct route *route = request->route;

	if (route && route->guard == GUARD_SITTING)
		return PAGE_STAFF;
	if ((route && route->guard == GUARD_VISIT) ||
	    visit_get(web, request).level != VISIT_NONE)
		return PAGE_VISIT;
	return PAGE_PUBLIC;
}
