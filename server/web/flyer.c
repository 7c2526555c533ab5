/*
 * The address on a flyer.  It counts a visit of its outlet and leads to the
 * next free times, with the outlet's code in the query: links and forms pass
 * it on from there, and no cookie and no address of a peer is needed.  What
 * was printed is kept for years, so that a code that is withdrawn, mistyped
 * or unknown lands all the same.
 */
#include <string.h>

#include "web/handlers.h"
#include "web/page.h"

static bool is_person(const struct request *);
static bool says(const struct request *, const char *header,
    const char *const *words, size_t count);

void
flyer_land(struct web *web, struct request *request)
{
	struct desk d = web_desk(web, request);
	const char *code = outlet_code_read(d.arena, web_parameter(request));
	struct tally_row row = { .day = when_day(d.now), .visits = 1 };
	struct outlet outlet;
	int found = outlet_by_code(&d, code, &outlet);

	if (found < 0) {
		page_status(web, request, 500, NULL);
		return;
	}
	if (found == 1 && is_person(request)) {
		row.outlet = outlet.id;
		tally_add(&web->tally, &row);
	}
	page_go(request,
	    found == 1 ? arena_print(d.arena, "/slots?outlet=%s", code)
		       : "/slots",
	    NULL);
}

/* Previews of messengers and searchers name themselves; browsers say when
 * they fetch what nobody has asked for. */
static bool
is_person(const struct request *request)
{
	static const char *const early[] = { "prefetch", "prerender",
		"preview" };
	static const char *const robots[] = { "bot", "crawl", "spider",
		"preview", "facebookexternalhit" };

	return request->method != METHOD_HEAD &&
	    !says(request, "sec-purpose", early, 3) &&
	    !says(request, "purpose", early, 3) &&
	    !says(request, "x-purpose", early, 3) &&
	    !says(request, "x-moz", early, 3) &&
	    !says(request, "user-agent", robots, 5);
}

static bool
says(const struct request *request, const char *header,
    const char *const *words, size_t count)
{
	const char *value = http_header(request, header);

	for (size_t i = 0; value != NULL && i < count; i++)
		if (strcasestr(value, words[i]) != NULL)
			return true;
	return false;
}
