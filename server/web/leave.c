/*
 * The quick exit of pages about her visit: forgets the visit in this
 * browser and leads to a harmless page.  It asks for no guard: leaving must
 * work from the oldest of pages, and forces nothing on anybody.
 */
#include "web/guest.h"

void
leave_do(struct web *web, struct request *request)
{
	struct reply reply = { .status = 303 };

	reply.headers = arena_print(request->arena,
	    "Location: %s\r\n"
	    "Cache-Control: no-store\r\n"
	    "Referrer-Policy: no-referrer\r\n"
	    "%s",
	    web->config->leave_url, visit_gone(web, request->arena));
	http_answer(request, &reply);
}
