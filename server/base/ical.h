/*
 * Calendars: the sole owner of libical.  Rules from our own rooms are
 * expanded here; text that comes from outside never reaches this file.
 */
#ifndef BASE_ICAL_H
#define BASE_ICAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

/*
 * A rule in iCalendar terms.  All times are local days and minutes of the
 * room's zone; `rrule` is a value such as "FREQ=WEEKLY;BYDAY=WE" or "" for
 * a single date.  rdates and exdates are comma-separated days
 * ("2024-08-14,2024-08-15") or "".
 */
struct ical_rule {
	int32_t first_day;	/* DTSTART's day */
	int start_minute;
	const char *rrule;
	const char *rdates;
	const char *exdates;
};

/* 0, or -1 with `why` (static text) when the rule is not one we accept (see
 * rrule.h) or has no first day.  With an RRULE the first day itself counts
 * only when the rule says so. */
int ical_rule_check(const struct ical_rule *, const char **why);

/* Local days on which the rule begins, from..until inclusive, ascending,
 * no doubles.  Returns how many, or -1 (logged). */
int ical_expand(struct arena *, const struct ical_rule *, int32_t from_day,
    int32_t until_day, int32_t **days);

/* One event for a feed, a letter or a download. */
struct ical_event {
	const char *uid;
	int64_t starts_at, ends_at;
	int64_t updated_at;	/* DTSTAMP = LAST-MODIFIED */
	int64_t created_at;
	int sequence;
	const char *summary;
	const char *description;	/* or NULL */
	const char *location;		/* or NULL */
	const char *url;		/* or NULL; must be plain ASCII */
	const char *organizer;		/* bare mail address, or NULL */
	const char *attendee;		/* bare mail address, or NULL */
	bool cancelled;			/* STATUS:CANCELLED */
};

enum ical_method { ICAL_NONE, ICAL_AS_REQUEST, ICAL_AS_CANCEL };

/*
 * A whole VCALENDAR with one STANDARD-block VTIMEZONE for the room's zone
 * (RFC 5545; folded at 75 octets, CRLF).  A zone with summer time needs more
 * than that block: its events are in UTC.  `name` is the feed's name or NULL
 * for a letter; with a name the feed properties NAME, X-WR-CALNAME,
 * REFRESH-INTERVAL and X-PUBLISHED-TTL are added.
 */
char *ical_calendar(struct arena *, enum ical_method, const char *name,
    const struct ical_event *, size_t count);

#endif
