/*
 * Utilisation as figures for machines: in total and along each side.
 */
#include "room/usage.h"

#include "api/api.h"
#include "room/demand.h"
#include "web/form.h"
#include "web/slots_wish.h"

/* A statistic over longer would hold up the loop. */
#define MOST_DAYS 3700
#define DAYS_SHOWN 90

static json_t *row_doc(const struct usage_row *);
static json_t *rate_doc(double);
static json_t *rows_doc(const struct usage_row *, size_t count);
static json_t *weekdays_doc(const struct usage_row *, size_t count);
static json_t *unmet_doc(const struct demand *, int count);

/* GET /api/v1/usage?from=&to= */
void
api_usage(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	const struct form *query = form_query(r);
	enum lang lang = api_lang(r);
	struct asker asker;
	struct usage usage;
	struct demand *unmet;
	struct span span;
	int count;

	if (!api_asker(w, r, RIGHT_USAGE, &asker))
		return;
	if (query == NULL) {
		api_problem(r, lang, PROBLEM_MALFORMED, NULL);
		return;
	}
	if (!api_span(r, lang, query, when_day(desk.now) - DAYS_SHOWN,
		DAYS_SHOWN, &span))
		return;
	if (span.until_day - span.from_day > MOST_DAYS) {
		api_refuse(r, lang, "to", T_api_field_span);
		return;
	}
	count = demand_between(&desk, span.from_day, span.until_day, &unmet);
	if (count < 0 ||
	    usage_between(&desk, span.from_day, span.until_day, &usage) < 0) {
		api_problem(r, lang, PROBLEM_FAULT, NULL);
		return;
	}
	api_answer(r, 200,
	    json_pack("{s:s, s:s, s:s, s:I, s:o, s:o, s:o, s:o, s:o}", "from",
		when_print_day(r->arena, usage.from_day), "to",
		when_print_day(r->arena, usage.until_day), "as_of",
		when_print(r->arena, usage.as_of_at), "days",
		(json_int_t)usage.days, "total", row_doc(&usage.total),
		"channel", rows_doc(usage.channels, usage.channel_count),
		"theme", rows_doc(usage.themes, usage.theme_count), "weekday",
		weekdays_doc(usage.weekdays, usage.weekday_count), "unmet",
		unmet_doc(unmet, count)));
}

static json_t *
row_doc(const struct usage_row *row)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o}",
	    "offered", (json_int_t)row->offered, "booked",
	    (json_int_t)row->booked, "used", (json_int_t)row->used, "attended",
	    (json_int_t)row->attended, "no_show", (json_int_t)row->no_show,
	    "cancelled", (json_int_t)row->cancelled, "booked_rate",
	    rate_doc(usage_booked_rate(row)), "use_rate",
	    rate_doc(usage_use_rate(row)), "no_show_rate",
	    rate_doc(usage_no_show_rate(row)), "cancellation_rate",
	    rate_doc(usage_cancellation_rate(row)));
}

/* Undefined without a denominator. */
static json_t *
rate_doc(double rate)
{
	return rate < 0 ? json_null() : json_real(rate);
}

static json_t *
rows_doc(const struct usage_row *rows, size_t count)
{
	json_t *doc = json_object();

	for (size_t i = 0; i < count; i++)
		json_object_set_new(doc, rows[i].key, row_doc(&rows[i]));
	return doc;
}

/* Their keys are "1" (Monday) to "7". */
static json_t *
weekdays_doc(const struct usage_row *rows, size_t count)
{
	static const char *const names[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun" };
	json_t *doc = json_object();

	for (size_t i = 0; i < count; i++)
		json_object_set_new(doc, names[rows[i].key[0] - '1'],
		    row_doc(&rows[i]));
	return doc;
}

static json_t *
unmet_doc(const struct demand *list, int count)
{
	json_t *doc = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(doc,
		    json_pack("{s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:I}",
			"theme", api_any_or(list[i].theme_code), "channel",
			api_any_or(list[i].channel), "place",
			api_any_or(list[i].place_code), "times",
			api_times((unsigned)list[i].times), "longer",
			list[i].longer, "soon", list[i].soon, "anything",
			list[i].anything, "told", (json_int_t)list[i].told));
	return doc;
}

json_t *
api_any_or(const char *code)
{
	return code[0] == '\0' ? json_null() : json_string(code);
}

json_t *
api_times(unsigned times)
{
	json_t *doc = json_array();
	const char *name;
	unsigned bit;

	for (size_t i = 0; (name = wish_times_name(i, &bit)) != NULL; i++)
		if (times & bit)
			json_array_append_new(doc, json_string(name));
	return doc;
}
