/*
 * Flyers as staff print them.  The page is paper first: sizes are in
 * millimetres, nothing stands within seven of an edge, where printers and
 * knives are inexact, and a browser's print dialogue is all that is needed.
 */
#include "office/flyer.h"

#include <string.h>

#include "assets.h" /* generated: assets[] */
#include "pages.h"
#include "room/theme.h"
#include "web/handlers.h"
#include "web/lang.h"
#include "web/sign_in.h"
#include "web/top.h"

#define LONG_ADDRESS 30 /* from here on it does not fit beside the code */

static bool is_one_of(const char *typed, const char *const *words);
static void read_query(const struct form *, struct page *, struct flyer_page *);
static int fill(struct page *, struct flyer_page *);
static int list_themes(struct page *, struct flyer_page *);
static void list_choices(struct page *, struct flyer_page *);
static void add_choice(struct page *, struct flyer_page *, enum text name,
    const struct flyer_page *as);
static struct raw style(struct arena *);

void
flyer_show(struct web *web, struct request *request)
{
	struct desk d = web_desk(web, request);
	const struct form *query = form_query(request);
	struct account account;
	struct outlet outlet;
	int found;

	if (!sign_in_required(web, request, RIGHT_OUTLETS, &account))
		return;
	found = outlet_by_code(&d, web_parameter(request), &outlet);
	if (found == 1 && query != NULL && flyer_unknown(query) == NULL)
		flyer_send(web, request, &outlet, query, false);
	else
		page_status(web, request,
		    found < 0	     ? 500
			: found == 0 ? 404
				     : 400,
		    NULL);
}

const char *
flyer_unknown(const struct form *query)
{
	static const char *const sizes[] = { "", "a4", "a6", NULL };
	static const char *const variants[] = { "", "0", "1", NULL };
	const char *in = form_get(query, "in");

	if (!is_one_of(form_get(query, "size"), sizes))
		return "size";
	if (!is_one_of(form_get(query, "discreet"), variants))
		return "discreet";
	return in[0] != '\0' && lang_by_code(in) == LANGS ? "in" : NULL;
}

void
flyer_send(struct web *web, struct request *request,
    const struct outlet *outlet, const struct form *query, bool alone)
{
	struct flyer_page p = { .outlet = *outlet, .style.html = "" };
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_flyer_title);
	read_query(query, &o, &p);
	if (fill(&o, &p) < 0) {
		page_fail(&o);
		return;
	}
	if (alone)
		p.style = style(o.desk.arena);
	else
		list_choices(&o, &p);
	page_flyer(&o, &p);
	page_send(&o, 200, NULL);
}

static bool
is_one_of(const char *typed, const char *const *words)
{
	while (*words != NULL && strcmp(*words, typed) != 0)
		words++;
	return *words != NULL;
}

static void
read_query(const struct form *query, struct page *o, struct flyer_page *p)
{
	enum lang in = lang_by_code(form_get(query, "in"));

	p->paper = in == LANGS ? o->lang : in;
	p->small = strcmp(form_get(query, "size"), "a6") == 0;
	p->discreet = strcmp(form_get(query, "discreet"), "1") == 0;
}

static int
fill(struct page *o, struct flyer_page *p)
{
	const char *url = o->web->config->public_url;
	const char *host = strstr(url, "://");

	p->home = o->web->config->first_run;
	p->host = host == NULL ? url : host + 3;
	p->long_address = strlen(p->host) + strlen(p->outlet.code) >
	    LONG_ADDRESS;
	if (!p->discreet && list_themes(o, p) < 0)
		return -1;
	return qr_make(o->desk.arena,
	    arena_print(o->desk.arena, "%s/f/%s", url, p->outlet.code), &p->qr);
}

static int
list_themes(struct page *o, struct flyer_page *p)
{
	struct theme *themes;
	int count = theme_list(&o->desk, &themes);

	for (int i = 0; i < count && i < FLYER_THEMES; i++) {
		int weekday = theme_weekday(&o->desk, themes[i].id);

		if (weekday < 0)
			return -1;
		p->themes[p->count++] = (struct flyer_theme) {
			.id = themes[i].id,
			.weekday = weekday,
			.look = top_look(themes[i].code),
		};
	}
	return count < 0 ? -1 : 0;
}

/* Each leads to the same flyer with one thing changed. */
static void
list_choices(struct page *o, struct flyer_page *p)
{
	struct flyer_page as = *p;

	as.small = false;
	add_choice(o, p, T_flyer_a4, &as);
	as.small = true;
	add_choice(o, p, T_flyer_a6, &as);
	as = *p;
	as.discreet = false;
	add_choice(o, p, T_flyer_full, &as);
	as.discreet = true;
	add_choice(o, p, T_flyer_discreet, &as);
}

static void
add_choice(struct page *o, struct flyer_page *p, enum text name,
    const struct flyer_page *as)
{
	p->choices[p->choice_count++] = (struct flyer_choice) {
		.name = name,
		.href = arena_print(o->desk.arena,
		    "/staff/outlets/%s/flyer?size=%s&discreet=%d&in=%s",
		    p->outlet.code, as->small ? "a6" : "a4", as->discreet,
		    lang_code(p->paper)),
		.chosen = as->small == p->small && as->discreet == p->discreet,
	};
}

/* Both sheets of style, for a file that is opened far from the server. */
static struct raw
style(struct arena *arena)
{
	struct raw all = { "" };

	for (const struct asset *a = assets; a->path != NULL; a++)
		if (strcmp(a->path, ASSET_tokens_css) == 0 ||
		    strcmp(a->path, ASSET_flyer_css) == 0)
			all.html = arena_print(arena, "%s%.*s", all.html,
			    (int)a->plain.len, (const char *)a->plain.data);
	return all;
}
