/*
 * The card after the visit: how she felt before and after, and would she
 * come again.  It has one address for everybody, at the counter as a code,
 * and takes no cookie into account (see room/answer.h).
 */
#include "pages.h"
#include "web/ask.h"
#include "web/lang.h"

struct carding {
	const char *peer;
	struct told told;
	enum answered result;
};

static bool read_card(const struct form *, struct card_page *);
static uint8_t face_of(const struct form *, const char *name);
static void send(struct web *, struct request *, const struct card_page *,
    int status);
static web_run take_run;
static web_done take_done;

void
card_show(struct web *web, struct request *request)
{
	struct form *query = form_query(request);
	struct card_page p = { .thanked = query != NULL &&
		    form_nth(query, "thanks", 0) != NULL };

	send(web, request, &p, 200);
}

void
card_take(struct web *web, struct request *request)
{
	struct form *form = guest_form(web, request);
	struct card_page p = { 0 };
	struct carding *c;

	if (form == NULL)
		return;
	if (!read_card(form, &p) || lang_turned(request)) {
		if (p.wrong == T_card_nothing && lang_turned(request))
			p.wrong = TEXT_NONE; /* she is not done yet */
		send(web, request, &p, p.wrong != TEXT_NONE ? 422 : 200);
		return;
	}
	c = arena_get(request->arena, sizeof(*c));
	c->peer = request->peer.operator? NULL : request->peer.name;
	c->told.choice[ASK_AGAIN] = p.again;
	if (p.before != 0)
		c->told.choice[ASK_FEELING] = (uint8_t)((p.before - 1) * FACES +
		    p.after);
	web_write(web, request, take_run, take_done, c);
}

enum text
ask_face_text(int face)
{
	static const enum text faces[FACES] = { T_card_face_1, T_card_face_2,
		T_card_face_3, T_card_face_4, T_card_face_5 };

	return faces[face - 1];
}

static bool
read_card(const struct form *form, struct card_page *p)
{
	p->before = face_of(form, "before");
	p->after = face_of(form, "after");
	p->again = choice_read(ASK_AGAIN, form_get(form, "again"));
	if ((p->before == 0) != (p->after == 0))
		p->wrong = T_card_both;
	else if (p->before == 0 && p->again == 0)
		p->wrong = T_card_nothing;
	return p->wrong == TEXT_NONE;
}

static uint8_t
face_of(const struct form *form, const char *name)
{
	const char *typed = form_get(form, name);

	return typed[0] >= '1' && typed[0] < '1' + FACES && typed[1] == '\0'
	    ? (uint8_t)(typed[0] - '0')
	    : 0;
}

static void
send(struct web *web, struct request *request, const struct card_page *p,
    int status)
{
	struct page o;

	page_open(&o, web, request, PAGE_VISIT, T_card_title);
	o.here = "/card";
	if (!p->thanked)
		o.typed = "card";
	o.error = p->wrong != TEXT_NONE;
	page_card(&o, p);
	page_send(&o, status, NULL);
}

static int
take_run(struct desk *d, void *arg)
{
	struct carding *c = arg;

	c->result = answer_visited(d, c->peer, &c->told);
	return c->result == ANSWERED_FAULT ? -1 : c->result == ANSWERED ? 0 : 1;
}

static void
take_done(struct web *web, struct request *request, void *arg)
{
	const struct carding *c = arg;

	if (c->result == ANSWERED)
		page_go(request, "/card?thanks", NULL);
	else
		page_status(web, request,
		    c->result == ANSWERED_FAULT ? 500 : 429, NULL);
}
