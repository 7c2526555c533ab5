/*
 * Sections of a room file that say when it is open: opening, closure,
 * holiday.
 */
#include "room/draft_reading.h"

#include <string.h>

#include "base/ical.h"
#include "room/roomtext.h"

#define NAME_MAX_CHARS 40

static bool read_rule(struct draft_reading *, const struct conf *,
    struct opening *);
static bool read_days(struct draft_reading *, const struct conf *,
    const char *option, const char **days);

bool
draft_read_opening(struct draft_reading *r, const struct conf *at)
{
	struct draft_opening *o =
	    &r->draft->openings[r->draft->opening_count++];

	o->advisor = conf_text(at, "advisor");
	o->theme = conf_text(at, "theme");
	o->place = conf_text(at, "place");
	if (!draft_has_advisor(r, o->advisor))
		return draft_wrong(r, at, "advisor", "unknown advisor '%s'",
		    o->advisor);
	if (!draft_has_theme(r, o->theme))
		return draft_wrong(r, at, "theme", "unknown theme '%s'",
		    o->theme);
	if (!draft_has_place(r, o->place))
		return draft_wrong(r, at, "place", "unknown place '%s'",
		    o->place);
	if (!draft_talks_about(r, o->advisor, o->theme))
		return draft_wrong(r, at, "theme",
		    "advisor '%s' does not talk about theme '%s'", o->advisor,
		    o->theme);
	return draft_code(r, at, &o->rule.code) && read_rule(r, at, &o->rule);
}

bool
draft_read_closure(struct draft_reading *r, const struct conf *at)
{
	struct draft_closure *c =
	    &r->draft->closures[r->draft->closure_count++];
	const char *place = conf_text(at, "place");
	const char *advisor = conf_text(at, "advisor");
	const char *from = conf_text(at, "from"), *until;

	if (place && advisor)
		return draft_wrong(r, at, "advisor",
		    "a closure of a place and an advisor");
	if (place && !draft_has_place(r, place))
		return draft_wrong(r, at, "place", "unknown place '%s'", place);
	if (advisor && !draft_has_advisor(r, advisor))
		return draft_wrong(r, at, "advisor", "unknown advisor '%s'",
		    advisor);
	c->owner = place ? place : advisor;
	c->span.scope = place ? "place" : advisor ? "advisor" : "room";
	if (!roomtext_moment(from, false, &c->span.starts_at))
		return draft_wrong(r, at, "from",
		    "'%s' is neither a day nor a day and a time", from);
	until = conf_text(at, "until");
	if (!roomtext_moment(until, true, &c->span.ends_at))
		return draft_wrong(r, at, "until",
		    "'%s' is neither a day nor a day and a time", until);
	if (c->span.ends_at <= c->span.starts_at)
		return draft_wrong(r, at, "until",
		    "the closure ends before it begins");
	return true;
}

bool
draft_read_holiday(struct draft_reading *r, const struct conf *at)
{
	struct draft_holiday *h =
	    &r->draft->holidays[r->draft->holiday_count++];

	h->day = when_parse_day(conf_title(at));
	h->closed = conf_switch(at, "closed");
	h->name = conf_text(at, "name");
	if (h->day == DAY_NONE)
		return draft_wrong(r, at, NULL,
		    "'%s' is not a day such as 2027-03-21", conf_title(at));
	return draft_fits(r, at, "name", h->name, NAME_MAX_CHARS, false);
}

static bool
read_rule(struct draft_reading *r, const struct conf *at, struct opening *o)
{
	struct ical_rule rule;
	const char *why;

	o->first_day = when_parse_day(conf_text(at, "first"));
	if (o->first_day == DAY_NONE)
		return draft_wrong(r, at, "first",
		    "'%s' is not a day such as 2026-04-06",
		    conf_text(at, "first"));
	if (!roomtext_hours(conf_text(at, "time"), &o->start_minute,
		&o->minutes) ||
	    o->start_minute % 15 != 0 || o->minutes % 15 != 0)
		return draft_wrong(r, at, "time",
		    "'%s' is not a time such as 13:00-16:00 in quarter hours",
		    conf_text(at, "time"));
	o->slot_minutes = conf_number(at, "slot_minutes");
	o->gap_minutes = conf_number(at, "gap_minutes");
	if ((o->slot_minutes + o->gap_minutes) % 15 != 0)
		return draft_wrong(r, at, "slot_minutes",
		    "slot_minutes and gap_minutes together must be whole "
		    "quarter hours");
	if (o->slot_minutes > o->minutes)
		return draft_wrong(r, at, "slot_minutes",
		    "a frame is longer than the opening");
	o->rrule = conf_text(at, "repeat");
	if (!read_days(r, at, "also", &o->rdates) ||
	    !read_days(r, at, "except", &o->exdates))
		return false;
	rule = (struct ical_rule) { .first_day = o->first_day,
		.start_minute = o->start_minute,
		.rrule = o->rrule,
		.rdates = o->rdates,
		.exdates = o->exdates };
	if (ical_rule_check(&rule, &why) != 0)
		return draft_wrong(r, at, "repeat", "'%s': %s", o->rrule, why);
	return true;
}

/* A list of days as the rule wants them: "2024-08-14,2024-08-15". */
static bool
read_days(struct draft_reading *r, const struct conf *at, const char *option,
    const char **days)
{
	const char *const *items;
	size_t count = conf_list(at, option, &items);

	*days = "";
	for (size_t i = 0; i < count; i++) {
		if (when_parse_day(items[i]) == DAY_NONE)
			return draft_wrong(r, at, option,
			    "'%s' is not a day such as 2026-04-06", items[i]);
		*days = arena_print(r->desk->arena, "%s%s%s", *days,
		    i ? "," : "", items[i]);
	}
	return true;
}
