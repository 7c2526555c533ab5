/*
 * Choosing a password.  Who signed in with one for one time must, before
 * anything else; everybody else gives the old one first.  The work of
 * Argon2id is a worker's; the domain looks again whether the account is
 * still the same.
 */
#include "office/password.h"

#include <string.h>

#include "base/text.h"
#include "pages.h"
#include "web/cookie.h"
#include "web/device.h"
#include "web/guest.h"
#include "web/handlers.h"
#include "web/sign_in.h"

struct choice {
	struct arena *arena;
	struct account account;
	const char *old, *new, *again, *peer;
	struct device device;
	struct password_page page;
	bool knocked;
	const char *hash;
	char *token;
};

static bool who(struct web *, struct request *, struct account *);
static bool is_wrong(const struct password_page *);
static void check(struct choice *);
static enum text new_error(enum password);
static void show(struct web *, struct request *, const struct password_page *,
    int status);
static web_run knock_run, change_run;
static web_done knock_done, hash_done, change_done;
static void hash_run(void *);

void
password_show(struct web *web, struct request *request)
{
	struct account account;
	struct password_page p = { 0 };

	if (!who(web, request, &account))
		return;
	p.one_time = account.one_time;
	p.name = account.name;
	show(web, request, &p, 200);
}

void
password_set(struct web *web, struct request *request)
{
	struct choice *c = arena_get(request->arena, sizeof(*c));
	struct form *form;

	if (!who(web, request, &c->account))
		return;
	form = guest_form(web, request);
	if (form == NULL)
		return;
	c->arena = request->arena;
	c->old = form_get(form, "old");
	c->new = form_get(form, "new");
	c->again = form_get(form, "again");
	c->peer = request->peer.name;
	c->device = device_of(http_header(request, "user-agent"));
	c->page.one_time = c->account.one_time;
	c->page.name = c->account.name;
	check(c);
	if (is_wrong(&c->page))
		show(web, request, &c->page, 422);
	else
		web_write(web, request, knock_run, knock_done, c);
}

static bool
who(struct web *web, struct request *request, struct account *account)
{
	int found = sign_in_account(web, request, account);

	if (found < 0)
		page_status(web, request, 500, NULL);
	else if (found == 0)
		page_go(request, "/sign-in", NULL);
	return found == 1;
}

static bool
is_wrong(const struct password_page *p)
{
	return p->old_wrong != TEXT_NONE || p->new_wrong != TEXT_NONE ||
	    p->again_wrong != TEXT_NONE;
}

/* What needs no hash. */
static void
check(struct choice *c)
{
	struct password_page *p = &c->page;

	p->chars = (int)text_length(c->new);
	p->new_wrong = new_error(password_check(c->account.name, c->new));
	if (p->new_wrong == TEXT_NONE && strcmp(c->new, c->again) != 0)
		p->again_wrong = T_password_differ;
	if (!p->one_time && c->old[0] == '\0')
		p->old_wrong = T_password_old_wrong;
}

static enum text
new_error(enum password password)
{
	switch (password) {
	case PASSWORD_FINE:
		return TEXT_NONE;
	case PASSWORD_SHORT:
		return T_password_short;
	case PASSWORD_LONG:
		return T_password_long;
	case PASSWORD_CONTROL:
		return T_password_control;
	case PASSWORD_SIMPLE:
		return T_password_simple;
	case PASSWORD_NAME:
		return T_password_with_name;
	}
	return T_password_short;
}

static void
show(struct web *web, struct request *request, const struct password_page *p,
    int status)
{
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_password_title);
	o.here = "/password";
	o.slim = true;
	o.error = is_wrong(p);
	page_password(&o, p);
	page_send(&o, status, NULL);
}

static int
knock_run(struct desk *desk, void *arg)
{
	struct choice *c = arg;
	int allowed = account_knock(desk, c->account.name, c->peer);

	c->knocked = allowed == 1;
	return allowed == 1 ? 0 : allowed;
}

static void
knock_done(struct web *web, struct request *request, void *arg)
{
	struct choice *c = arg;

	if (c->knocked) {
		web_work(web, request, hash_run, hash_done, c);
		return;
	}
	if (c->page.one_time)
		c->page.new_wrong = T_sign_in_often;
	else
		c->page.old_wrong = T_sign_in_often;
	show(web, request, &c->page, 429);
}

/* On a worker. */
static void
hash_run(void *arg)
{
	struct choice *c = arg;

	if (!c->page.one_time && !seal_password_is(c->account.password, c->old))
		c->page.old_wrong = T_password_old_wrong;
	else if (seal_password_is(c->account.password, c->new))
		c->page.new_wrong = T_password_same;
	else
		c->hash = seal_password(c->arena, c->new);
}

static void
hash_done(struct web *web, struct request *request, void *arg)
{
	struct choice *c = arg;

	if (is_wrong(&c->page))
		show(web, request, &c->page, 422);
	else
		web_write(web, request, change_run, change_done, c);
}

static int
change_run(struct desk *desk, void *arg)
{
	struct choice *c = arg;
	int changed = account_change(desk, &c->account, c->peer, c->device,
	    c->hash, &c->token);

	return changed < 0 ? -1 : 0;
}

static void
change_done(struct web *web, struct request *request, void *arg)
{
	struct choice *c = arg;

	/* Without a token it was changed elsewhere in the meantime. */
	if (c->token == NULL)
		page_go(request, "/sign-in", NULL);
	else
		page_go(request, "/staff",
		    cookie_line(web, request->arena, COOKIE_SITTING, c->token,
			0));
}
