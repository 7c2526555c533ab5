/*
 * Bookings as calendar entries.  Titles are neutral: they are read on
 * shared tablets and by people behind her.  UID and SEQUENCE are the same in
 * letters, downloads and feeds, so that a change updates an entry instead of
 * adding one (RFC 5545, 5546).
 */
#ifndef CALENDAR_ICS_H
#define CALENDAR_ICS_H

#include "base/ical.h"
#include "catalogue.h" /* generated: enum lang */
#include "room/advisor.h"
#include "room/booking.h"

/* Her own entry: ICAL_NONE for a download, else for a letter from organizer
 * to attendee (bare mail addresses, NULL for a download). */
char *ics_booking(struct desk *, const struct booking *, enum lang,
    enum ical_method, const char *organizer, const char *attendee);

/* An advisor's bookings that stand, from 90 days ago on: channel and last
 * four digits only.  Equal bookings give equal bytes.  *updated_at is the
 * last change (0: none yet).  NULL on a fault. */
char *ics_feed(struct desk *, const struct advisor *, enum lang,
    int64_t *updated_at);

#endif
