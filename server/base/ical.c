/*
 * Calendars: the sole owner of libical, and only of its `_r` functions: the
 * others keep what they return in a ring that grew to hundreds of megabytes.
 */
#include "base/ical.h"

#include <assert.h>
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/fold.h"
#include "base/log.h"
#include "base/rrule.h"
#include "base/text.h"
#include "base/when.h"

/* Neutral, like all that a calendar or a mailbox at work may show. */
#define PRODUCT "-//yoyaku//yotei//EN"
#define FEED_COLOR "darkslategray" /* CSS name nearest to FEED_APPLE_COLOR */
#define FEED_APPLE_COLOR "#17594A"
#define REFRESH_S 900
#define SPAN_MOST 36600 /* days: a hundred years */

/* Days between two limits, one flag each. */
struct span {
	int32_t from_day, until_day;
	bool *on;
};

static bool set_list(struct span *, const char *list, bool on);
static bool set_rule(struct span *, const struct ical_rule *, const char **why);
static void set_day(struct span *, int32_t day, bool on);
static icalrecur_iterator *iterate(const struct ical_rule *);
static bool next_day(icalrecur_iterator *, int32_t *day);
static void add_feed_head(icalcomponent *, struct arena *, const char *name);
static icalcomponent *time_zone(void);
static icalcomponent *event_of(struct arena *, enum ical_method,
    const struct ical_event *, bool fixed);
static void add_people(icalcomponent *, struct arena *, enum ical_method,
    const struct ical_event *);
static void add(icalcomponent *, icalproperty *);
static void add_x(icalcomponent *, const char *name, const char *value);
static icalproperty *in_zone(icalproperty *, bool fixed);
static struct icaltimetype utc(int64_t at);
static struct icaltimetype moment(int64_t at, bool fixed);
static int offset_s(int64_t at);
static const char *zone_letters(void);
static const char *clean(struct arena *, const char *, bool lines);
static const char *mailto(struct arena *, const char *address);

/* The first day is looked for too: a rule that never comes true takes libical
 * half a second to the year 2582, here once instead of at each expansion. */
int
ical_rule_check(const struct ical_rule *rule, const char **why)
{
	int32_t until_day, day;
	icalrecur_iterator *days;

	if (!set_list(NULL, rule->rdates, true) ||
	    !set_list(NULL, rule->exdates, false)) {
		*why = "dates must be days such as 2024-08-14, with commas";
		return -1;
	}
	if (!*rule->rrule)
		return 0;
	if (!rrule_check(rule->rrule, rule->start_minute, &until_day, why))
		return -1;
	days = iterate(rule);
	if (!days)
		*why = "the rule contradicts itself";
	else if (!next_day(days, &day))
		*why = "the rule never comes true";
	else if (until_day != DAY_NONE && day > until_day)
		*why = "the rule ends before its first day";
	if (days)
		icalrecur_iterator_free(days);
	return *why ? -1 : 0;
}

int
ical_expand(struct arena *arena, const struct ical_rule *rule, int32_t from_day,
    int32_t until_day, int32_t **days)
{
	struct span span = { from_day, until_day, NULL };
	const char *why = "not a list of days";
	size_t length, count = 0;

	*days = NULL;
	if (until_day < from_day)
		return 0;
	length = (size_t)((int64_t)until_day - from_day) + 1;
	if (length > SPAN_MOST) {
		log_fault("ical.expand", "days=%zu", length);
		return -1;
	}
	span.on = arena_array(arena, bool, length);
	if (!set_list(&span, rule->rdates, true) ||
	    !set_rule(&span, rule, &why) ||
	    !set_list(&span, rule->exdates, false)) {
		log_fault("ical.expand", "rule=%s reason=%s", rule->rrule, why);
		return -1;
	}
	*days = arena_array(arena, int32_t, length);
	for (size_t i = 0; i < length; i++)
		if (span.on[i])
			(*days)[count++] = from_day + (int32_t)i;
	return (int)count;
}

char *
ical_calendar(struct arena *arena, enum ical_method method, const char *name,
    const struct ical_event *events, size_t count)
{
	icalcomponent *calendar = icalcomponent_new_vcalendar();
	bool fixed = when_zone_is_fixed();
	char *text, *folded;

	add(calendar, icalproperty_new_version("2.0"));
	add(calendar, icalproperty_new_prodid(PRODUCT));
	add(calendar, icalproperty_new_calscale("GREGORIAN"));
	if (method != ICAL_NONE)
		add(calendar,
		    icalproperty_new_method(method == ICAL_AS_REQUEST
			    ? ICAL_METHOD_REQUEST
			    : ICAL_METHOD_CANCEL));
	if (name)
		add_feed_head(calendar, arena, name);
	if (fixed)
		icalcomponent_add_component(calendar, time_zone());
	for (size_t i = 0; i < count; i++)
		icalcomponent_add_component(calendar,
		    event_of(arena, method, &events[i], fixed));
	text = icalcomponent_as_ical_string_r(calendar);
	if (!text)
		log_die("ical.lost", "events=%zu", count);
	folded = fold_lines(arena, text);
	free(text);
	icalcomponent_free(calendar);
	return folded;
}

/* Without a span only checks the list. */
static bool
set_list(struct span *span, const char *list, bool on)
{
	while (*list) {
		size_t len = strcspn(list, ",");
		char text[11] = "";
		int32_t day;

		if (len != sizeof(text) - 1)
			return false;
		memcpy(text, list, len);
		day = when_parse_day(text);
		if (day == DAY_NONE || (list[len] && !list[len + 1]))
			return false;
		if (span)
			set_day(span, day, on);
		list += len + (list[len] == ',');
	}
	return true;
}

static void
set_day(struct span *span, int32_t day, bool on)
{
	if (day >= span->from_day && day <= span->until_day)
		span->on[day - span->from_day] = on;
}

/* UNTIL is ours to apply: libical compares it as UTC or as a day, whatever
 * the start is. */
static bool
set_rule(struct span *span, const struct ical_rule *rule, const char **why)
{
	int32_t last = DAY_NONE, day;
	icalrecur_iterator *days;

	if (!*rule->rrule) {
		set_day(span, rule->first_day, true);
		return true;
	}
	if (!rrule_check(rule->rrule, rule->start_minute, &last, why))
		return false;
	if (last == DAY_NONE || last > span->until_day)
		last = span->until_day;
	days = iterate(rule);
	while (days && next_day(days, &day) && day <= last)
		set_day(span, day, true);
	if (days)
		icalrecur_iterator_free(days);
	*why = "the rule contradicts itself";
	return days != NULL;
}

/* Whole days: the room's zone is applied afterwards, by when_at(). */
static icalrecur_iterator *
iterate(const struct ical_rule *rule)
{
	struct date first = when_date(rule->first_day);
	struct icaltimetype start = icaltime_null_time();
	struct icalrecurrencetype recur;

	recur = icalrecurrencetype_from_string(rule->rrule);
	if (recur.freq == ICAL_NO_RECURRENCE)
		return NULL;
	recur.until = icaltime_null_time();
	start.year = first.year;
	start.month = first.month;
	start.day = first.mday;
	start.is_date = 1;
	return icalrecur_iterator_new(recur, start);
}

static bool
next_day(icalrecur_iterator *days, int32_t *day)
{
	struct icaltimetype next = icalrecur_iterator_next(days);

	*day = icaltime_is_null_time(next)
	    ? DAY_NONE
	    : when_from_date(next.year, next.month, next.day);
	return *day != DAY_NONE;
}

/* RFC 7986 and, behind it, what clients read instead. */
static void
add_feed_head(icalcomponent *calendar, struct arena *arena, const char *name)
{
	icalproperty *refresh;

	refresh = icalproperty_new_refreshinterval(
	    icaldurationtype_from_int(REFRESH_S));
	icalproperty_add_parameter(refresh,
	    icalparameter_new_value(ICAL_VALUE_DURATION));
	add(calendar, icalproperty_new_name(clean(arena, name, false)));
	add_x(calendar, "X-WR-CALNAME", clean(arena, name, false));
	add_x(calendar, "X-WR-TIMEZONE", when_zone_name());
	add(calendar, refresh);
	add_x(calendar, "X-PUBLISHED-TTL", "PT15M");
	add(calendar, icalproperty_new_color(FEED_COLOR));
	add_x(calendar, "X-APPLE-CALENDAR-COLOR", FEED_APPLE_COLOR);
}

/* One STANDARD block describes a zone whose offset never changes.  Events of
 * any other zone are written in UTC, which needs no description.  libical's
 * own one for Asia/Tokyo has a TZID that no client knows and the summer time
 * of 1948 to 1951. */
static icalcomponent *
time_zone(void)
{
	icalcomponent *zone = icalcomponent_new_vtimezone();
	icalcomponent *standard = icalcomponent_new_xstandard();
	struct icaltimetype since = icaltime_null_time();
	int offset = offset_s(0);

	since.year = 1970;
	since.month = since.day = 1;
	add(zone, icalproperty_new_tzid(when_zone_name()));
	add(standard, icalproperty_new_dtstart(since));
	add(standard, icalproperty_new_tzoffsetfrom(offset));
	add(standard, icalproperty_new_tzoffsetto(offset));
	add(standard, icalproperty_new_tzname(zone_letters()));
	icalcomponent_add_component(zone, standard);
	return zone;
}

static icalcomponent *
event_of(struct arena *arena, enum ical_method method,
    const struct ical_event *e, bool fixed)
{
	icalcomponent *event = icalcomponent_new_vevent();
	bool cancelled = e->cancelled || method == ICAL_AS_CANCEL;

	add(event, icalproperty_new_uid(clean(arena, e->uid, false)));
	add(event, icalproperty_new_dtstamp(utc(e->updated_at)));
	add(event, icalproperty_new_created(utc(e->created_at)));
	add(event, icalproperty_new_lastmodified(utc(e->updated_at)));
	add(event, icalproperty_new_sequence(e->sequence));
	add(event,
	    in_zone(icalproperty_new_dtstart(moment(e->starts_at, fixed)),
		fixed));
	add(event,
	    in_zone(icalproperty_new_dtend(moment(e->ends_at, fixed)), fixed));
	add(event, icalproperty_new_summary(clean(arena, e->summary, false)));
	if (e->description)
		add(event,
		    icalproperty_new_description(
			clean(arena, e->description, true)));
	if (e->location)
		add(event,
		    icalproperty_new_location(
			clean(arena, e->location, false)));
	if (e->url)
		add(event, icalproperty_new_url(clean(arena, e->url, false)));
	add_people(event, arena, method, e);
	add(event,
	    icalproperty_new_status(
		cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
	add(event, icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
	add(event, icalproperty_new_class(ICAL_CLASS_PRIVATE));
	return event;
}

/* No answer is wanted, but what came as PUBLISH cannot be cancelled in
 * Gmail: so it is a REQUEST that has been accepted. */
static void
add_people(icalcomponent *event, struct arena *arena, enum ical_method method,
    const struct ical_event *e)
{
	icalproperty *attendee;

	if (e->organizer)
		add(event,
		    icalproperty_new_organizer(mailto(arena, e->organizer)));
	if (!e->attendee)
		return;
	attendee = icalproperty_new_attendee(mailto(arena, e->attendee));
	if (method == ICAL_AS_REQUEST) {
		icalproperty_add_parameter(attendee,
		    icalparameter_new_partstat(ICAL_PARTSTAT_ACCEPTED));
		icalproperty_add_parameter(attendee,
		    icalparameter_new_rsvp(ICAL_RSVP_FALSE));
	}
	add(event, attendee);
}

static void
add(icalcomponent *component, icalproperty *property)
{
	assert(property); /* NULL only for a NULL value, or no memory */
	icalcomponent_add_property(component, property);
}

static void
add_x(icalcomponent *component, const char *name, const char *value)
{
	icalproperty *property = icalproperty_new_x(value);

	icalproperty_set_x_name(property, name);
	add(component, property);
}

static icalproperty *
in_zone(icalproperty *property, bool fixed)
{
	if (fixed)
		icalproperty_add_parameter(property,
		    icalparameter_new_tzid(when_zone_name()));
	return property;
}

static struct icaltimetype
utc(int64_t at)
{
	return icaltime_from_timet_with_zone(at, 0,
	    icaltimezone_get_utc_timezone());
}

/* Local time without a zone, which in_zone() names; or UTC. */
static struct icaltimetype
moment(int64_t at, bool fixed)
{
	struct icaltimetype t = utc(fixed ? at + offset_s(at) : at);

	if (fixed)
		t.zone = NULL;
	return t;
}

/* "JST".  Not tzname[]: while another thread converts a time, glibc empties
 * and refills it. */
static const char *
zone_letters(void)
{
	time_t since = 0;
	struct tm tm;

	localtime_r(&since, &tm);
	return tm.tm_zone;
}

/* East of Greenwich. */
static int
offset_s(int64_t at)
{
	int64_t local = (int64_t)when_day(at) * DAY_S + when_minute(at) * 60;
	int64_t minutes = at - (at % 60 + 60) % 60;

	return (int)(local - minutes);
}

/* Control characters are refused where texts come in; here they would break
 * a line of the calendar, so they go.  A description keeps its line breaks,
 * which are written as \n. */
static const char *
clean(struct arena *arena, const char *s, bool lines)
{
	char *copy = arena_dup(arena, s), *end = copy;

	for (; *s; s++)
		if ((unsigned char)*s >= ' ' ? *s != 0x7f : lines && *s == '\n')
			*end++ = *s;
	*end = '\0';
	return copy;
}

/* RFC 6068: what an URI cannot hold is percent-encoded, no more than that,
 * for clients compare the text. */
static const char *
mailto(struct arena *arena, const char *address)
{
	char *uri = arena_get(arena, 7 + 3 * strlen(address) + 1);
	char *end = stpcpy(uri, "mailto:");

	for (; *address; address++) {
		char one[2] = { *address, '\0' };

		end = stpcpy(end,
		    strchr("@!$'*+", *address) ? one
					       : text_percent(arena, one));
	}
	return uri;
}
