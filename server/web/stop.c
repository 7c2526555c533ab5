/*
 * The address in List-Unsubscribe.  Opening it changes nothing, for mail
 * scanners do it too; its button and the mail provider post the same words
 * (RFC 8058 3.2).  The provider comes without cookie, Origin or any guard,
 * as a form of either encoding, and follows no redirect: the token alone
 * says that the press was hers, and all it can do is stop these letters.
 */
#include "web/stop.h"

#include <string.h>

#include "pages.h" /* generated */
#include "web/handlers.h"

struct stopping {
	struct stop stop;
	const char *var;
};

static bool find(struct web *, struct request *, struct stop *);
static bool one_click(struct bytes body);
static void show(struct web *, struct request *, const struct stop *);
static web_run take_run;
static web_done take_done;

void
stop_show(struct web *web, struct request *request)
{
	struct stop stop;

	if (find(web, request, &stop))
		show(web, request, &stop);
}

void
stop_take(struct web *web, struct request *request)
{
	struct stopping *s = arena_get(request->arena, sizeof(*s));

	s->var = web->config->var;
	if (!find(web, request, &s->stop))
		return;
	if (one_click(request->body))
		web_write(web, request, take_run, take_done, s);
	else
		page_status(web, request, 400, NULL);
}

enum text
stop_what(enum stop_kind kind)
{
	switch (kind) {
	case STOP_WISH:
		return T_stop_wish;
	case STOP_NOTICES:
		return T_tidings_stop_notices;
	case STOP_DIGEST:
		return T_tidings_stop_digest;
	case STOP_KINDS:
		break;
	}
	return TEXT_NONE;
}

/* False: answered. */
static bool
find(struct web *web, struct request *request, struct stop *stop)
{
	struct desk desk = web_desk(web, request);
	bool found = stop_by_token(&desk, web_parameter(request), stop);

	if (!found)
		page_status(web, request, 404, NULL);
	return found;
}

/* "List-Unsubscribe=One-Click", or the same as a part of multipart/form-data:
 * there is one name and one value, wherever they stand. */
static bool
one_click(struct bytes body)
{
	static const char name[] = "List-Unsubscribe", value[] = "One-Click";

	return body.len > 0 &&
	    memmem(body.data, body.len, name, strlen(name)) != NULL &&
	    memmem(body.data, body.len, value, strlen(value)) != NULL;
}

static void
show(struct web *web, struct request *request, const struct stop *stop)
{
	struct stop_page p = {
		.token = web_parameter(request),
		.kind = stop->kind,
	};
	struct page o;
	int stands;

	page_open(&o, web, request, PAGE_VISIT, T_stop_title);
	o.here = arena_print(request->arena, "/stop/%s", p.token);
	stands = stop_stands(&o.desk, stop);
	if (stands < 0) {
		page_fail(&o);
		return;
	}
	p.stands = stands;
	page_stop(&o, &p);
	page_send(&o, 200, NULL);
}

/* A second press leaves no change behind. */
static int
take_run(struct desk *d, void *arg)
{
	const struct stopping *s = arg;
	int stopped = stop_do(d, s->var, &s->stop);

	return stopped < 0 ? -1 : stopped == 0;
}

static void
take_done(struct web *web, struct request *request, void *arg)
{
	const struct stopping *s = arg;

	show(web, request, &s->stop);
}
