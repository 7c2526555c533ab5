/*
 * Coming back to a booking.  Number and words open all of it, the link of a
 * letter its time.  Opening a link changes nothing, for mail scanners do it
 * too: it shows one button, and the POST behind that counts.
 */
#include "web/manage.h"

#include <string.h>

#include "pages.h"
#include "room/door.h"
#include "web/lang.h"

struct entering {
	const char *code, *words, *peer;
	enum door door;
	struct booking booking;
	struct wish wish;
};

static const struct {
	const char *name;
	enum text text;
} refusals[] = {
	{ "both", T_manage_both },
	{ "wrong", T_manage_wrong },
	{ "words", T_visit_wrong },
	{ "locked", T_manage_locked },
};
#define REFUSALS (sizeof(refusals) / sizeof(refusals[0]))

static void enter_by_link(struct web *, struct request *, const char *token);
static bool link_opens(struct desk *, const char *token, struct booking *);
static void ask(struct web *, struct request *, struct manage_page, int);
static void refuse(struct web *, struct request *, const struct entering *,
    enum text wrong);
static web_run enter_run;
static web_done enter_done;

void
manage_ask(struct web *web, struct request *request)
{
	ask(web, request, (struct manage_page) { 0 }, 200);
}

void
manage_link(struct web *web, struct request *request)
{
	struct manage_link_page p = { .token = web_parameter(request) };
	struct desk desk = web_desk(web, request);
	struct booking booking;
	struct page o;

	if (!link_opens(&desk, p.token, &booking)) {
		ask(web, request, (struct manage_page) { .dead = true }, 404);
		return;
	}
	page_open(&o, web, request, PAGE_VISIT, T_manage_title);
	page_manage_link(&o, &p);
	page_send(&o, 200, NULL);
}

void
manage_enter(struct web *web, struct request *request)
{
	struct form *form = guest_form(web, request);
	struct entering *e;

	if (form == NULL)
		return;
	if (form_get(form, "token")[0] != '\0') {
		enter_by_link(web, request, form_get(form, "token"));
		return;
	}
	e = arena_get(request->arena, sizeof(*e));
	e->code = form_get(form, "code");
	e->words = form_get(form, "words");
	e->peer = request->peer.name;
	if (lang_turned(request))
		refuse(web, request, e, manage_heard(form));
	else if (e->code[0] == '\0' || e->words[0] == '\0')
		refuse(web, request, e, T_manage_both);
	else
		web_write(web, request, enter_run, enter_done, e);
}

/* A browser that has shown its words keeps what it may see. */
static void
enter_by_link(struct web *web, struct request *request, const char *token)
{
	struct desk desk = web_desk(web, request);
	struct visit visit = visit_get(web, request);
	struct booking b;

	if (!link_opens(&desk, token, &b)) {
		ask(web, request, (struct manage_page) { .dead = true }, 404);
		return;
	}
	if (visit.booking != b.id || visit.generation != b.generation)
		visit = (struct visit) { .booking = b.id,
			.generation = b.generation,
			.level = VISIT_LINK };
	page_go(request, "/visit", visit_line(web, request->arena, visit));
}

static bool
link_opens(struct desk *d, const char *token, struct booking *b)
{
	return booking_by_manage_token(d, token, b) == 1 &&
	    booking_reachable(b, d->now);
}

const char *
manage_said(enum text wrong)
{
	for (size_t i = 0; i < REFUSALS; i++)
		if (refusals[i].text == wrong)
			return refusals[i].name;
	return "";
}

enum text
manage_heard(const struct form *form)
{
	for (size_t i = 0; i < REFUSALS; i++)
		if (strcmp(refusals[i].name, form_get(form, "said")) == 0)
			return refusals[i].text;
	return TEXT_NONE;
}

int
manage_status(enum text wrong)
{
	return wrong == TEXT_NONE ? 200 : wrong == T_manage_locked ? 429 : 422;
}

static void
refuse(struct web *web, struct request *request, const struct entering *e,
    enum text wrong)
{
	struct manage_page p = { e->code, e->words, wrong, false };

	ask(web, request, p, manage_status(wrong));
}

static void
ask(struct web *web, struct request *request, struct manage_page p, int status)
{
	struct page o;

	page_open(&o, web, request, PAGE_VISIT, T_manage_title);
	o.here = "/manage";
	o.typed = "told";
	o.error = p.wrong != TEXT_NONE;
	page_manage_ask(&o, &p);
	page_send(&o, status, NULL);
}

static int
enter_run(struct desk *d, void *arg)
{
	struct entering *e = arg;

	e->door = door_knock(d, e->peer, e->code, e->words, &e->booking,
	    &e->wish);
	return e->door == DOOR_FAULT ? -1 : 0;
}

static void
enter_done(struct web *web, struct request *request, void *arg)
{
	struct entering *e = arg;
	struct visit visit = { .booking = e->booking.id,
		.generation = e->booking.generation,
		.level = VISIT_FULL };

	switch (e->door) {
	case DOOR_OPEN:
		page_go(request, "/visit",
		    visit_line(web, request->arena, visit));
		return;
	case DOOR_WAITING:
		visit = visit_of_wish(e->wish.id);
		page_go(request, "/waitlist/wish",
		    visit_line(web, request->arena, visit));
		return;
	case DOOR_SHUT:
		refuse(web, request, e, T_manage_wrong);
		return;
	case DOOR_LOCKED:
		refuse(web, request, e, T_manage_locked);
		return;
	case DOOR_FAULT:
		page_status(web, request, 500, NULL);
		return;
	}
}
