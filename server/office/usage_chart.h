/* Pictures of utilisation: the heat table and the weekly bars. */
#ifndef OFFICE_USAGE_CHART_H
#define OFFICE_USAGE_CHART_H

#include "office/usage.h"

/* "53.3", or NULL for a rate without denominator. */
const char *usage_percent(struct arena *, double rate);

void usage_heat(struct arena *, const struct usage *, struct heat *);
void usage_weeks(struct arena *, const struct usage *, struct usage_chart *);

#endif
