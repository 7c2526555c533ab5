/*
 * The text of a recurrence rule, checked before libical sees it: libical
 * 3.0.16 hangs on some rules, silently yields nothing or wrong days on
 * others, and takes 20269901 for a day.
 */
#ifndef BASE_RRULE_H
#define BASE_RRULE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Is `rule`, such as "FREQ=MONTHLY;BYDAY=1TU", one that we expand?  FREQ is
 * DAILY, WEEKLY, MONTHLY or YEARLY; INTERVAL, COUNT, UNTIL, BYDAY,
 * BYMONTHDAY, BYMONTH, BYSETPOS and WKST as RFC 5545 3.3.10 allows them.
 * *until_day is the last local day on which a session that begins at
 * start_minute still lies within UNTIL, or DAY_NONE.  False with `why`
 * (static text).
 */
bool rrule_check(const char *rule, int start_minute, int32_t *until_day,
    const char **why);

#endif
