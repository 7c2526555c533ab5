/*
 * Signing in and out.  Three steps: the writer counts the try, a worker
 * does Argon2id, the writer opens the sitting.  An unknown name costs the
 * same work and gets the same answer as a wrong password.
 */
#include "web/sign_in.h"

#include "pages.h"
#include "web/cookie.h"
#include "web/guest.h"
#include "web/handlers.h"

/* Somebody at the door. */
struct entrance {
	struct arena *arena;
	const char *typed, *name, *password, *peer, *old_token;
	struct account account;
	bool known; /* the name, of an account that is not disabled */
	bool knocked; /* not too often */
	bool right; /* the password */
	char *token;
};

static void show(struct web *, struct request *, struct sign_in_page,
    int status);
static web_run knock_run, enter_run, leave_run;
static web_done knock_done, check_done, enter_done, leave_done;
static void check_run(void *);

int
sign_in_account(struct web *web, struct request *request,
    struct account *account)
{
	struct desk desk = web_desk(web, request);
	const char *token = cookie_get(web, request, COOKIE_SITTING);
	int found;

	if (token == NULL)
		return 0;
	found = account_by_token(&desk, token, account);
	request->account = found == 1 ? account->id : 0;
	return found;
}

bool
sign_in_required(struct web *web, struct request *request, enum right right,
    struct account *account)
{
	int found = sign_in_account(web, request, account);

	if (found < 0)
		page_status(web, request, 500, NULL);
	else if (found == 0)
		page_go(request, "/sign-in", NULL);
	else if (account->one_time)
		page_go(request, "/password", NULL);
	else if (!may(account, right))
		page_status(web, request, 403, NULL);
	else
		return true;
	return false;
}

void
sign_in_show(struct web *web, struct request *request)
{
	struct account account;

	if (sign_in_account(web, request, &account) == 1)
		page_go(request, "/staff", NULL);
	else
		show(web, request, (struct sign_in_page) { .name = "" }, 200);
}

void
sign_in_do(struct web *web, struct request *request)
{
	struct form *form = guest_form(web, request);
	struct entrance *e;

	if (form == NULL)
		return;
	e = arena_get(request->arena, sizeof(*e));
	e->arena = request->arena;
	e->typed = form_get(form, "name");
	e->name = account_name(request->arena, e->typed);
	e->password = form_get(form, "password");
	e->peer = request->peer.name;
	e->old_token = cookie_get(web, request, COOKIE_SITTING);
	if (e->name[0] == '\0' || e->password[0] == '\0')
		show(web, request,
		    (struct sign_in_page) { e->typed, T_sign_in_both }, 422);
	else
		web_write(web, request, knock_run, knock_done, e);
}

void
sign_out_do(struct web *web, struct request *request)
{
	const char *token = cookie_get(web, request, COOKIE_SITTING);

	if (guest_form(web, request) == NULL)
		return;
	if (token == NULL)
		page_go(request, "/sign-in", NULL);
	else
		web_write(web, request, leave_run, leave_done,
		    arena_dup(request->arena, token));
}

static void
show(struct web *web, struct request *request, struct sign_in_page p,
    int status)
{
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_sign_in_title);
	o.here = "/sign-in";
	o.slim = true;
	o.error = p.wrong != TEXT_NONE;
	page_sign_in(&o, &p);
	page_send(&o, status, NULL);
}

static int
knock_run(struct desk *desk, void *arg)
{
	struct entrance *e = arg;
	int found, allowed = account_knock(desk, e->name, e->peer);

	e->knocked = allowed == 1;
	if (allowed != 1)
		return allowed;
	found = account_by_name(desk, e->name, &e->account);
	e->known = found == 1 && !e->account.disabled;
	return found < 0 ? -1 : 0;
}

static void
knock_done(struct web *web, struct request *request, void *arg)
{
	struct entrance *e = arg;

	if (e->knocked)
		web_work(web, request, check_run, check_done, e);
	else
		show(web, request,
		    (struct sign_in_page) { e->typed, T_sign_in_often }, 429);
}

/* On a worker.  Making a hash takes as long as checking one. */
static void
check_run(void *arg)
{
	struct entrance *e = arg;

	if (e->known)
		e->right = seal_password_is(e->account.password, e->password);
	else
		seal_password(e->arena, e->password);
}

static void
check_done(struct web *web, struct request *request, void *arg)
{
	struct entrance *e = arg;

	if (e->right)
		web_write(web, request, enter_run, enter_done, e);
	else
		show(web, request,
		    (struct sign_in_page) { e->typed, T_sign_in_wrong }, 422);
}

static int
enter_run(struct desk *desk, void *arg)
{
	struct entrance *e = arg;
	int entered = account_enter(desk, &e->account, e->peer, e->old_token,
	    &e->token);

	return entered < 0 ? -1 : 0;
}

static void
enter_done(struct web *web, struct request *request, void *arg)
{
	struct entrance *e = arg;

	if (e->token == NULL)
		show(web, request,
		    (struct sign_in_page) { e->typed, T_sign_in_wrong }, 422);
	else
		page_go(request, e->account.one_time ? "/password" : "/staff",
		    cookie_line(web, request->arena, COOKIE_SITTING, e->token,
			0));
}

static int
leave_run(struct desk *desk, void *token)
{
	return account_leave(desk, token);
}

static void
leave_done(struct web *web, struct request *request, void *token)
{
	(void)token;
	page_go(request, "/sign-in",
	    cookie_line(web, request->arena, COOKIE_SITTING, "", -1));
}
