/*
 * Days and hours as people read them: 2026年7月1日（水）, 14:00～15:00;
 * Wednesday, 1 July 2026, 14:00–15:00.  As plain text but for dates_put().
 */
#ifndef BASE_DATES_H
#define BASE_DATES_H

#include "base/when.h"
#include "catalogue.h" /* generated: enum lang */

void dates_put(struct buf *, enum lang, int32_t day, enum writing);
char *dates_day(struct arena *, enum lang, int32_t day);
char *dates_clock(struct arena *, int64_t at); /* 9:50 */
char *dates_span(struct arena *, enum lang, int64_t from_at,
    int64_t until_at); /* 14:00～15:00 */
const char *dates_weekday(enum lang, int weekday); /* 水, Wednesday */

#endif
