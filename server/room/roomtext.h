/*
 * How times and codes are written in room files.  Readers say false for
 * anything else; printers write what the readers take.
 */
#ifndef ROOM_ROOMTEXT_H
#define ROOM_ROOMTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

#define CODE_MAX 32

/* "career": 1 to 32 of [a-z0-9_-]. */
bool roomtext_code(const char *s);

/* "13:00-16:00", within one day, "24:00" being its end. */
bool roomtext_hours(const char *s, int *start_minute, int *minutes);
char *roomtext_print_hours(struct arena *, int start_minute, int minutes);

/* "12-29" as month * 100 + day; "" is 0. */
bool roomtext_month_day(const char *s, int *month_day);
char *roomtext_print_month_day(struct arena *, int month_day);

/* "2026-08-13" or "2026-08-13 13:00".  A day alone is its beginning, or its
 * end where `end` is true. */
bool roomtext_moment(const char *s, bool end, int64_t *at);
char *roomtext_print_moment(struct arena *, int64_t at, bool end);

#endif
