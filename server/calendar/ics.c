/* Bookings as calendar entries with neutral titles. */
#include "calendar/ics.h"

#include <string.h>

#include "room/place.h"

#define FEED_BACK_S ((int64_t)90 * DAY_S)

static struct ical_event event_of(const struct booking *);
static const char *feed_title(struct desk *, const struct booking *, enum lang);

char *
ics_booking(struct desk *d, const struct booking *b, enum lang lang,
    enum ical_method method, const char *organizer, const char *attendee)
{
	struct ical_event event = event_of(b);

	event.summary = text_of(lang, T_calendar_visit);
	event.organizer = organizer;
	event.attendee = attendee;
	event.cancelled = method == ICAL_AS_CANCEL;
	return ical_calendar(d->arena, method, NULL, &event, 1);
}

char *
ics_feed(struct desk *d, const struct advisor *advisor, enum lang lang,
    int64_t *updated_at)
{
	struct booking *list;
	int count = booking_between(d, advisor->id, d->now - FEED_BACK_S,
	    INT64_MAX, false, &list);
	struct ical_event *events;

	if (count < 0)
		return NULL;
	*updated_at = 0;
	events = arena_array(d->arena, struct ical_event, (size_t)count + 1);
	for (int i = 0; i < count; i++) {
		events[i] = event_of(&list[i]);
		events[i].summary = feed_title(d, &list[i], lang);
		if (list[i].updated_at > *updated_at)
			*updated_at = list[i].updated_at;
	}
	return ical_calendar(d->arena, ICAL_NONE,
	    text_of(lang, T_calendar_feed), events, (size_t)count);
}

static struct ical_event
event_of(const struct booking *b)
{
	return (struct ical_event) {
		.uid = b->uid,
		.starts_at = b->starts_at,
		.ends_at = b->ends_at,
		.updated_at = b->updated_at,
		.created_at = b->created_at,
		.sequence = b->sequence,
	};
}

static const char *
feed_title(struct desk *d, const struct booking *b, enum lang lang)
{
	bool online = strcmp(b->channel, CHANNEL_ONLINE) == 0;

	return arena_print(d->arena, "%s %s %s",
	    text_of(lang, T_calendar_booking), b->code + 4,
	    text_of(lang, online ? T_calendar_online : T_calendar_in_person));
}
