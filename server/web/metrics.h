/* Is it well, and how is it doing: /healthz and /metrics. */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include "web/web.h"

/* The only handler of the listener `metrics_port`. */
void web_metrics(struct request *, void *web);

#endif
