/*
 * GET and POST /staff/tidings: an advisor's own choice, or everybody's for a
 * manager.  An address is shown to herself alone; a manager sees that there
 * is one and may replace it.
 */
#include "office/tidings.h"

#include <string.h>

#include "pages.h" /* generated */
#include "room/advisor.h"
#include "room/mail_address.h"
#include "web/contact.h"
#include "web/guest.h"
#include "web/sign_in.h"

#define PAGE "/staff/tidings"

struct choosing {
	struct account account;
	struct advisor advisor;
	struct tidings_wish wish;
	enum text wrong;
	enum tidings_result result;
};

static bool find(struct web *, struct request *, const struct form *,
    struct choosing *);
static void read_wish(struct request *, const struct form *, struct choosing *);
static void show(struct web *, struct request *, const struct account *,
    const struct choosing *sent, int status);
static int fill(struct page *, const struct account *,
    const struct choosing *sent, struct tidings_page *);
static int fill_form(struct page *, const struct tidings *, bool own,
    struct tidings_form *);
static void fill_sent(const struct choosing *, struct tidings_page *,
    struct tidings_form *);
static web_run choose_run;
static web_done choose_done;

void
tidings_show(struct web *web, struct request *request)
{
	struct account account;

	if (sign_in_required(web, request, RIGHT_TIDINGS, &account))
		show(web, request, &account, NULL, 200);
}

void
tidings_choose(struct web *web, struct request *request)
{
	struct choosing *c = arena_get(request->arena, sizeof(*c));
	struct form *form;

	if (!sign_in_required(web, request, RIGHT_TIDINGS, &c->account))
		return;
	form = guest_form(web, request);
	if (form == NULL || !find(web, request, form, c))
		return;
	read_wish(request, form, c);
	if (c->wrong != TEXT_NONE)
		show(web, request, &c->account, c, 422);
	else
		web_write(web, request, choose_run, choose_done, c);
}

/* False: answered. */
static bool
find(struct web *web, struct request *request, const struct form *form,
    struct choosing *c)
{
	struct desk desk = web_desk(web, request);
	int found = advisor_by_code(&desk, form_get(form, "advisor"),
	    &c->advisor);

	if (found == 1 && !may_about(&c->account, RIGHT_TIDINGS, c->advisor.id))
		found = 0;
	if (found != 1)
		page_status(web, request, found < 0 ? 500 : 404, NULL);
	return found == 1;
}

static void
read_wish(struct request *request, const struct form *form, struct choosing *c)
{
	enum lang lang = lang_by_code(form_get(form, "lang"));

	c->wish = (struct tidings_wish) {
		.address = mail_address_clean(request->arena,
		    form_get(form, "mail")),
		.lang = lang_code(lang == LANGS ? LANG_JA : lang_office(lang)),
		.notices = form_nth(form, "notices", 0) != NULL,
		.digest = form_nth(form, "digest", 0) != NULL,
	};
	c->wrong = TEXT_NONE;
	if (c->wish.address[0] != '\0')
		c->wrong = contact_mail_error(c->wish.address);
}

static void
show(struct web *web, struct request *request, const struct account *account,
    const struct choosing *sent, int status)
{
	const struct form *query = form_query(request);
	struct tidings_page p = {
		.own = strcmp(account->role, "advisor") == 0,
		.saved = query != NULL && form_nth(query, "saved", 0) != NULL,
	};
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_tidings_title);
	if (fill(&o, account, sent, &p) < 0) {
		page_fail(&o);
		return;
	}
	o.here = PAGE;
	o.slim = true;
	o.error = sent != NULL;
	sign_in_menu(&o, account, "tidings");
	page_tidings(&o, &p);
	page_send(&o, status, NULL);
}

static int
fill(struct page *o, const struct account *account, const struct choosing *sent,
    struct tidings_page *p)
{
	struct tidings *list;
	int count = tidings_list(&o->desk, &list);

	if (count < 0)
		return -1;
	p->forms = arena_array(o->desk.arena, struct tidings_form,
	    (size_t)count + 1);
	for (int i = 0; i < count; i++) {
		struct tidings_form *form = &p->forms[p->count];

		if (!may_about(account, RIGHT_TIDINGS, list[i].advisor))
			continue;
		if (fill_form(o, &list[i], p->own, form) < 0)
			return -1;
		if (sent != NULL && sent->advisor.id == list[i].advisor)
			fill_sent(sent, p, form);
		p->count++;
	}
	return 0;
}

static int
fill_form(struct page *o, const struct tidings *t, bool own,
    struct tidings_form *form)
{
	*form = (struct tidings_form) {
		.of = t,
		.address = "",
		.lang = t->id != 0 ? t->lang : lang_code(lang_office(o->lang)),
		.notices = t->notices,
		.digest = t->digest,
	};
	return own ? tidings_address(&o->desk, t, &form->address) : 0;
}

static void
fill_sent(const struct choosing *sent, struct tidings_page *p,
    struct tidings_form *form)
{
	form->address = sent->wish.address;
	form->lang = sent->wish.lang;
	form->notices = sent->wish.notices;
	form->digest = sent->wish.digest;
	form->wrong = p->wrong = sent->wrong;
	p->wrong_code = form->of->advisor_code;
}

static int
choose_run(struct desk *d, void *arg)
{
	struct choosing *c = arg;

	c->result = tidings_set(d, c->advisor.id, &c->wish);
	return c->result == TIDINGS_FAULT ? -1 : c->result != TIDINGS_DONE;
}

static void
choose_done(struct web *web, struct request *request, void *arg)
{
	struct choosing *c = arg;

	if (c->result == TIDINGS_DONE) {
		page_go(request, PAGE "?saved", NULL);
		return;
	}
	c->wrong = T_tidings_needs_address;
	show(web, request, &c->account, c, 422);
}
