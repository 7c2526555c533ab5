/* Addresses of the advisors' calendars. */
#ifndef WEB_FEEDS_H
#define WEB_FEEDS_H

#include "room/advisor.h"
#include "web/page.h"

struct feed_row {
	int64_t advisor;
	const char *code;
	const char *url, *webcal;
};

struct feeds_page {
	struct feed_row *rows;
	size_t count;
};

#endif
