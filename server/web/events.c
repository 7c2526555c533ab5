/*
 * GET /events: tells open lists of free times that something has changed,
 * and nothing more: "generation N".  Whoever shows an older one fetches her
 * page again.
 */
#include <inttypes.h>
#include <string.h>

#include "web/handlers.h"
#include "web/page.h"

void
events_show(struct web *web, struct request *request)
{
	const char *first = arena_print(request->arena,
	    "retry: 10000\ndata: generation %" PRIu64 "\n\n", web->news);
	const struct reply reply = {
		.status = 200,
		.type = "text/event-stream; charset=utf-8",
		.body = { first, strlen(first) },
		/* nginx would otherwise wait for more. */
		.headers = "Cache-Control: no-store\r\n"
			   "X-Accel-Buffering: no\r\n",
	};

	if (!http_stream(request, &reply))
		page_status(web, request, 503, "Retry-After: 60\r\n");
}
