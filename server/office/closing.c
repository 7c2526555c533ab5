/*
 * Closing hours for staff: GET /staff/close is the form and, with its fields
 * in the query, what it would do; POST does it and leads to the page of that
 * closure, which lists whom no letter reaches.
 */
#include "office/closing.h"

#include <inttypes.h>
#include <string.h>

#include "pages.h" /* generated */
#include "room/advisor.h"
#include "room/roomtext.h"
#include "web/guest.h"
#include "web/handlers.h"
#include "web/sign_in.h"

static const struct field fields[CLOSE_FIELDS] = {
	[CLOSE_WHAT] = { "what", 50, false, NULL },
	[CLOSE_FROM] = { "from", 10, false, NULL },
	[CLOSE_FROM_TIME] = { "from_time", 5, false, NULL },
	[CLOSE_UNTIL] = { "until", 10, false, NULL },
	[CLOSE_UNTIL_TIME] = { "until_time", 5, false, NULL },
};

struct closing_job {
	struct account account;
	struct entry entries[CLOSE_FIELDS];
	struct closing closing;
	struct closing_effect effect;
	const char *digest;
	enum closing_result result;
	int64_t id;
	int found;
};

static int read_fields(struct request *, const struct form *, struct entry *,
    struct closing *);
static bool read_moment(struct arena *, const char *day, const char *time,
    bool end, int64_t *at);
static int show_fault(struct entry *, enum closing_result);
static void form_show(struct web *, struct request *, const struct account *,
    struct close_page *);
static int form_fill(struct page *, struct close_page *);
static void add_option(struct close_page *, const char *value, struct words);
static void preview_show(struct web *, struct request *, const struct account *,
    struct close_check_page *);
static void office_open(struct page *, struct web *, struct request *,
    const struct account *, enum text title);
static web_run close_run, reopen_run;
static web_done close_done, reopen_done;

void
close_show(struct web *web, struct request *request)
{
	struct form *query = form_query(request);
	struct account account;
	struct close_page p = { 0 };
	struct close_check_page check = { .entries = p.entries };
	struct desk desk = web_desk(web, request);

	if (!sign_in_required(web, request, RIGHT_CLOSE, &account))
		return;
	if (query == NULL) {
		page_status(web, request, 400, NULL);
		return;
	}
	p.errors = read_fields(request, query, p.entries, &check.closing);
	if (form_nth(query, "what", 0) == NULL) {
		p.errors = 0;
		p.entries[CLOSE_FROM].error = TEXT_NONE;
	} else if (p.errors == 0) {
		p.errors = show_fault(p.entries,
		    closing_preview(&desk, &check.closing, &check.effect));
	}
	if (p.errors < 0)
		page_status(web, request, 500, NULL);
	else if (p.errors > 0 || form_nth(query, "what", 0) == NULL)
		form_show(web, request, &account, &p);
	else
		preview_show(web, request, &account, &check);
}

void
close_do(struct web *web, struct request *request)
{
	struct closing_job *job = arena_get(request->arena, sizeof(*job));
	struct form *form;

	if (!sign_in_required(web, request, RIGHT_CLOSE, &job->account))
		return;
	form = guest_form(web, request);
	if (form == NULL)
		return;
	job->digest = form_get(form, "digest");
	if (read_fields(request, form, job->entries, &job->closing) > 0)
		page_status(web, request, 422, NULL);
	else
		web_write(web, request, close_run, close_done, job);
}

void
closure_show(struct web *web, struct request *request)
{
	struct account account;
	struct closure_page p = { 0 };
	struct page o;
	int found;

	if (!sign_in_required(web, request, RIGHT_CLOSE, &account))
		return;
	office_open(&o, web, request, &account, T_closing_done_title);
	found = closing_get(&o.desk, seal_id_read(web_parameter(request)),
	    &p.closing, &p.effect);
	if (found != 1) {
		buf_free(&o.out);
		page_status(web, request, found < 0 ? 500 : 404, NULL);
		return;
	}
	p.over = p.closing.ends_at <= o.desk.now;
	page_closure(&o, &p);
	page_send(&o, 200, NULL);
}

void
closure_reopen(struct web *web, struct request *request)
{
	struct closing_job *job = arena_get(request->arena, sizeof(*job));

	if (!sign_in_required(web, request, RIGHT_CLOSE, &job->account) ||
	    guest_form(web, request) == NULL)
		return;
	job->id = seal_id_read(web_parameter(request));
	web_write(web, request, reopen_run, reopen_done, job);
}

/* How many fields are wrong. */
static int
read_fields(struct request *request, const struct form *form,
    struct entry *entries, struct closing *c)
{
	struct arena *arena = request->arena;
	int wrong = form_check(request, form, fields, CLOSE_FIELDS, entries);
	const char *what = entries[CLOSE_WHAT].value;
	const char *from = entries[CLOSE_FROM].value;
	const char *until = entries[CLOSE_UNTIL].value;
	size_t len = strcspn(what, ":");

	c->scope = arena_dup_len(arena, what, len);
	c->code = what[len] == ':' ? what + len + 1 : "";
	if (!read_moment(arena, from, entries[CLOSE_FROM_TIME].value, false,
		&c->starts_at)) {
		entries[CLOSE_FROM].error = T_closing_bad_day;
		wrong++;
	}
	if (!read_moment(arena, until[0] == '\0' ? from : until,
		entries[CLOSE_UNTIL_TIME].value, true, &c->ends_at) &&
	    entries[CLOSE_FROM].error == TEXT_NONE) {
		entries[CLOSE_UNTIL].error = T_closing_bad_day;
		wrong++;
	}
	return wrong;
}

static bool
read_moment(struct arena *arena, const char *day, const char *time, bool end,
    int64_t *at)
{
	const char *text = time[0] == '\0'
	    ? day
	    : arena_print(arena, "%s %s", day, time);

	return roomtext_moment(text, end, at);
}

/* Sets the error of the field that the domain refused: 1; 0 there is none;
 * -1 fault. */
static int
show_fault(struct entry *entries, enum closing_result result)
{
	switch (result) {
	case CLOSING_DONE:
	case CLOSING_CHANGED:
		return 0;
	case CLOSING_UNKNOWN:
		entries[CLOSE_WHAT].error = T_closing_bad_what;
		return 1;
	case CLOSING_ORDER:
		entries[CLOSE_UNTIL].error = T_closing_order;
		return 1;
	case CLOSING_OVER:
		entries[CLOSE_UNTIL].error = T_closing_over;
		return 1;
	case CLOSING_LONG:
		entries[CLOSE_UNTIL].error = T_closing_long;
		return 1;
	case CLOSING_FAULT:
		break;
	}
	return -1;
}

static void
form_show(struct web *web, struct request *request,
    const struct account *account, struct close_page *p)
{
	struct page o;

	office_open(&o, web, request, account, T_closing_title);
	o.error = p->errors > 0;
	if (p->entries[CLOSE_FROM].value[0] == '\0')
		p->entries[CLOSE_FROM].value = when_print_day(request->arena,
		    when_day(o.desk.now));
	if (form_fill(&o, p) < 0) {
		page_fail(&o);
		return;
	}
	page_close(&o, p);
	page_send(&o, p->errors > 0 ? 422 : 200, NULL);
}

static int
form_fill(struct page *o, struct close_page *p)
{
	struct desk *d = &o->desk;
	const char *lang = lang_code(o->lang);
	struct place *places;
	struct advisor *advisors;
	int place_count = place_list(d, &places);
	int advisor_count = advisor_list(d, &advisors);
	int closings = closing_list(d, &p->closings);

	if (place_count < 0 || advisor_count < 0 || closings < 0)
		return -1;
	p->count = (size_t)closings;
	p->options = arena_array(d->arena, struct slots_option,
	    (size_t)place_count + (size_t)advisor_count + 1);
	add_option(p, "room",
	    (struct words) { text_of(o->lang, T_closing_room), lang });
	for (int i = 0; i < advisor_count; i++)
		add_option(p,
		    arena_print(d->arena, "advisor:%s", advisors[i].code),
		    words_get(d, advisors[i].id, "profession", lang));
	for (int i = 0; i < place_count; i++)
		add_option(p, arena_print(d->arena, "place:%s", places[i].code),
		    words_get(d, places[i].id, "name", lang));
	return 0;
}

static void
add_option(struct close_page *p, const char *value, struct words words)
{
	p->options[p->option_count++] = (struct slots_option) {
		.code = value,
		.words = words,
		.chosen = strcmp(value, p->entries[CLOSE_WHAT].value) == 0,
	};
}

static void
preview_show(struct web *web, struct request *request,
    const struct account *account, struct close_check_page *p)
{
	struct page o;

	office_open(&o, web, request, account, T_closing_check_title);
	if (request->method == METHOD_POST)
		o.here = "/staff/close";
	page_close_check(&o, p);
	page_send(&o, p->changed ? 409 : 200, NULL);
}

static void
office_open(struct page *o, struct web *web, struct request *request,
    const struct account *account, enum text title)
{
	page_open(o, web, request, PAGE_STAFF, title);
	sign_in_menu(o, account, "day");
	o->slim = true;
}

static int
close_run(struct desk *d, void *arg)
{
	struct closing_job *job = arg;

	job->result = closing_do(d, &job->closing, job->digest, &job->effect);
	if (job->result == CLOSING_FAULT)
		return -1;
	return job->result != CLOSING_DONE;
}

static void
close_done(struct web *web, struct request *request, void *arg)
{
	struct closing_job *job = arg;
	struct close_check_page check = {
		.entries = job->entries,
		.closing = job->closing,
		.effect = job->effect,
		.changed = true,
	};

	if (job->result == CLOSING_DONE)
		page_go(request,
		    arena_print(request->arena, "/staff/closures/%" PRId64,
			job->closing.id),
		    NULL);
	else if (job->result == CLOSING_CHANGED)
		preview_show(web, request, &job->account, &check);
	else
		page_status(web, request, 422, NULL);
}

static int
reopen_run(struct desk *d, void *arg)
{
	struct closing_job *job = arg;

	job->found = closing_reopen(d, job->id);
	return job->found < 0 ? -1 : job->found == 0;
}

static void
reopen_done(struct web *web, struct request *request, void *arg)
{
	struct closing_job *job = arg;

	if (job->found == 1)
		page_go(request, "/staff/close", NULL);
	else
		page_status(web, request, 404, NULL);
}
