/*
 * Signing in and out.  Three steps: the writer counts the try, a worker
 * does Argon2id, the writer opens the sitting.  An unknown name costs the
 * same work and gets the same answer as a wrong password.
 */
#include "web/sign_in.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pages.h"
#include "room/queue.h"
#include "web/cookie.h"
#include "web/device.h"
#include "web/guest.h"
#include "web/handlers.h"

#define DOOR "/sign-in"
#define OFFICE "/staff"
#define TARGET_MAX 500

/* Somebody at the door. */
struct entrance {
	struct arena *arena;
	const char *typed, *name, *password, *peer, *old_token, *to;
	struct device device;
	struct account account;
	bool known; /* the name, of an account that is not disabled */
	bool knocked; /* not too often */
	bool right; /* the password */
	char *token;
};

/* A sitting was used: a job of its own, which outlives the request. */
struct seen {
	struct job job;
	int64_t sitting, now;
};

static const char *sign_in_target(const char *asked);
static void note_seen(struct web *, int64_t sitting);
static int seen_run(struct db *, void *);
static void seen_done(void *, enum written);
static const char *door_for(struct request *);
static const char *door_to(struct arena *, const char *to);
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
	if (found == 1 && desk.now - account->seen_at >= SITTING_SEEN_S)
		note_seen(web, account->sitting);
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
		page_go(request, door_for(request), NULL);
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
	struct form *query = form_query(request);
	const char *to = sign_in_target(
	    query == NULL ? "" : form_get(query, "to"));
	struct account account;

	if (sign_in_account(web, request, &account) == 1)
		page_go(request, to, NULL);
	else
		show(web, request,
		    (struct sign_in_page) { .name = "", .to = to }, 200);
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
	e->device = device_of(http_header(request, "user-agent"));
	e->to = sign_in_target(form_get(form, "to"));
	e->old_token = cookie_get(web, request, COOKIE_SITTING);
	if (e->name[0] == '\0' || e->password[0] == '\0')
		show(web, request,
		    (struct sign_in_page) { e->typed, T_sign_in_both, e->to },
		    422);
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

void
sign_in_menu(struct page *page, const struct account *account, const char *tab)
{
	struct queue_trouble *trouble = arena_get(page->desk.arena,
	    sizeof(*trouble));

	page->role = account->role;
	page->staff_tab = tab;
	if (!may(account, RIGHT_LETTERS))
		return;
	if (queue_trouble(&page->desk, trouble) < 0)
		*trouble = (struct queue_trouble) { 0 };
	page->trouble = trouble;
}

/* Where she goes after signing in: `asked` if it is a page of the office, else
 * its first page.  Never leads out of the house. */
static const char *
sign_in_target(const char *asked)
{
	size_t len = strlen(OFFICE);

	if (strncmp(asked, OFFICE, len) != 0 || strlen(asked) > TARGET_MAX ||
	    strchr("/?", asked[len]) == NULL)
		return OFFICE;
	/* It becomes a header: printable ASCII, and no \ read as a slash. */
	for (const char *p = asked; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~' || *p == '\\')
			return OFFICE;
	return asked;
}

/* Only a page is worth coming back to: a form would ask to be sent again. */
static const char *
door_for(struct request *request)
{
	const char *query = request->query;

	if (request->method == METHOD_POST)
		return DOOR;
	if (query == NULL || query[0] == '\0')
		return door_to(request->arena, request->path);
	return door_to(request->arena,
	    arena_print(request->arena, "%s?%s", request->path, query));
}

static const char *
door_to(struct arena *arena, const char *to)
{
	to = sign_in_target(to);
	if (strcmp(to, OFFICE) == 0)
		return DOOR;
	return arena_print(arena, DOOR "?to=%s", text_percent(arena, to));
}

/* A page is not kept waiting for that, and needs it to succeed as little. */
static void
note_seen(struct web *web, int64_t sitting)
{
	struct seen *seen = mem_get(sizeof(*seen));

	*seen = (struct seen) {
		.job = { .run = seen_run, .done = seen_done, .arg = seen },
		.sitting = sitting,
		.now = clock_now(web->clock),
	};
	if (writer_put(web->writer, &seen->job) < 0)
		free(seen);
}

static int
seen_run(struct db *db, void *arg)
{
	const struct seen *seen = arg;
	struct desk desk = { .db = db, .now = seen->now };

	return sitting_seen(&desk, seen->sitting);
}

static void
seen_done(void *arg, enum written written)
{
	(void)written;
	free(arg);
}

static void
show(struct web *web, struct request *request, struct sign_in_page p,
    int status)
{
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_sign_in_title);
	o.here = door_to(request->arena, p.to);
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
		    (struct sign_in_page) { e->typed, T_sign_in_often, e->to },
		    429);
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
		    (struct sign_in_page) { e->typed, T_sign_in_wrong, e->to },
		    422);
}

static int
enter_run(struct desk *desk, void *arg)
{
	struct entrance *e = arg;
	int entered = account_enter(desk, &e->account, e->peer, e->device,
	    e->old_token, &e->token);

	return entered < 0 ? -1 : 0;
}

static void
enter_done(struct web *web, struct request *request, void *arg)
{
	struct entrance *e = arg;

	if (e->token == NULL)
		show(web, request,
		    (struct sign_in_page) { e->typed, T_sign_in_wrong, e->to },
		    422);
	else
		page_go(request, e->account.one_time ? "/password" : e->to,
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
