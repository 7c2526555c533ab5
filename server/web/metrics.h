/* Is it well, and how is it doing: /healthz and /metrics. */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include "web/web.h"

/* Can it serve?  NULL, or in a few words why not. */
const char *web_unwell(struct web *);

/* The only handler of the listener `metrics_port`. */
void web_metrics(struct request *, void *web);

#endif
