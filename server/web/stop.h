/* Where a mail program's "unsubscribe" leads. */
#ifndef WEB_STOP_H
#define WEB_STOP_H

#include "room/stop.h"
#include "web/page.h"

struct stop_page {
	const char *token;
	enum stop_kind kind;
	bool stands;	/* such letters still come */
};

/* What stopping such letters means. */
enum text stop_what(enum stop_kind);

#endif
