/*
 * GET /staff/usage: the five figures, the heat table and the weekly chart of
 * any period.  Counting happens on a worker with a connection of its own,
 * since a period may be years.
 */
#include "office/usage.h"

#include <string.h>

#include "office/usage_chart.h"
#include "pages.h" /* generated */
#include "web/form.h"
#include "web/handlers.h"
#include "web/sign_in.h"

#define PERIOD_MAX_DAYS (5 * 366)

/* What travels to the worker and back. */
struct counting {
	struct web *web;
	struct request *request;
	struct account account;
	struct usage_page p;
	int32_t from_day, until_day;
	int result;
};

static void choose_period(struct counting *, struct form *, int32_t today);
static void usual_periods(struct arena *, int32_t today, struct usage_page *);
static void count(void *);
static void counted(struct web *, struct request *, void *);
static void fill(struct arena *, struct usage_page *);

void
usage_show(struct web *web, struct request *request)
{
	struct counting *c = arena_array(request->arena, struct counting, 1);
	int32_t today = when_day(clock_now(web->clock));

	c->web = web;
	c->request = request;
	if (!sign_in_required(web, request, RIGHT_USAGE, &c->account))
		return;
	usual_periods(request->arena, today, &c->p);
	choose_period(c, form_query(request), today);
	web_work(web, request, count, counted, c);
}

/* The period asked for; the fiscal year until today when it is none. */
static void
choose_period(struct counting *c, struct form *query, int32_t today)
{
	const char *from = query == NULL ? "" : form_get(query, "from");
	const char *to = query == NULL ? "" : form_get(query, "to");

	c->from_day = when_parse_day(from);
	c->until_day = when_parse_day(to);
	if (c->from_day != DAY_NONE && c->until_day != DAY_NONE &&
	    c->from_day <= c->until_day &&
	    c->until_day - c->from_day < PERIOD_MAX_DAYS) {
		c->p.from = from;
		c->p.to = to;
		return;
	}
	c->p.bad_period = from[0] != '\0' || to[0] != '\0';
	c->p.from = c->p.periods[0].from;
	c->p.to = when_print_day(c->request->arena, today);
	c->from_day = when_parse_day(c->p.from);
	c->until_day = today;
}

/* Fiscal years begin in April. */
static void
usual_periods(struct arena *arena, int32_t today, struct usage_page *p)
{
	struct date date = when_date(today);
	int year = date.month < 4 ? date.year - 1 : date.year;
	int quarter = (date.month - 1) / 3 * 3 + 1;
	int32_t month = when_from_date(date.year, date.month, 1);
	struct date before = when_date(month - 1);

	p->periods[0] = (struct usage_period) {
		T_usage_this_year,
		when_print_day(arena, when_from_date(year, 4, 1)),
		when_print_day(arena, when_from_date(year + 1, 4, 1) - 1),
	};
	p->periods[1] = (struct usage_period) {
		T_usage_this_quarter,
		when_print_day(arena, when_from_date(date.year, quarter, 1)),
		when_print_day(arena,
		    quarter == 10
			? when_from_date(date.year + 1, 1, 1) - 1
			: when_from_date(date.year, quarter + 3, 1) - 1),
	};
	p->periods[2] = (struct usage_period) {
		T_usage_last_month,
		when_print_day(arena,
		    when_from_date(before.year, before.month, 1)),
		when_print_day(arena, month - 1),
	};
}

/* On a worker. */
static void
count(void *arg)
{
	struct counting *c = arg;
	struct desk d = web_desk(c->web, c->request);

	d.db = db_open(
	    arena_print(d.arena, "%s/hokend.db", c->web->config->var), DB_READ);
	c->result = d.db == NULL
	    ? -1
	    : usage_between(&d, c->from_day, c->until_day, &c->p.usage);
	if (c->result == 0)
		c->result = c->p.missed_count = demand_between(&d, c->from_day,
		    c->until_day, &c->p.missed);
	db_close(d.db);
}

static void
counted(struct web *web, struct request *request, void *arg)
{
	struct counting *c = arg;
	struct page o;

	page_open(&o, web, request, PAGE_STAFF, T_usage_title);
	sign_in_menu(&o, &c->account, "usage");
	o.error = c->p.bad_period;
	if (c->result < 0) {
		page_fail(&o);
		return;
	}
	fill(request->arena, &c->p);
	page_usage(&o, &c->p);
	page_send(&o, c->p.bad_period ? 400 : 200, NULL);
}

static void
fill(struct arena *arena, struct usage_page *p)
{
	const struct usage *u = &p->usage;

	p->from_at = when_at(u->from_day, 0);
	p->until_at = when_at(u->until_day, 0);
	p->booked_rate = usage_percent(arena, usage_booked_rate(&u->total));
	p->use_rate = usage_percent(arena, usage_use_rate(&u->total));
	p->no_show_rate = usage_percent(arena, usage_no_show_rate(&u->total));
	if (u->lead.count > 0) {
		p->median_days = arena_print(arena, "%.1f",
		    u->lead.median_days);
		p->within_48h = usage_percent(arena,
		    (double)u->lead.within_48h / (double)u->lead.count);
	}
	usage_heat(arena, u, &p->heat);
	usage_weeks(arena, u, &p->chart);
}
