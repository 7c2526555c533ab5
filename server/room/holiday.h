/*
 * Public holidays by the law (国民の祝日に関する法律), 2000 to 2099: fixed days,
 * Happy Mondays, equinoxes by the astronomical formula, substitute holidays
 * (article 3.2) and days between two holidays (article 3.3), with the moves
 * of the Olympic years 2020 and 2021 and the accession in 2019.
 */
#ifndef ROOM_HOLIDAY_H
#define ROOM_HOLIDAY_H

#include <stdbool.h>

#include "room/policy.h"

/* Japanese name of the holiday on that day, or NULL. */
const char *holiday_by_law(int32_t day);

/* Is the room closed all that day: by law, by the override table or by the
 * turn of the year in its policy?  1, 0 or -1. */
int holiday_closed(struct desk *, const struct policy *, int32_t day);
/* The same for each of from_day..until_day (inclusive) with one look into
 * the table: closed[0] is from_day.  0 or -1. */
int holiday_closed_between(struct desk *, const struct policy *,
    int32_t from_day, int32_t until_day, bool *closed);

#endif
