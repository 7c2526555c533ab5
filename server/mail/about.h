/* What a letter is about, and to whom it goes. */
#ifndef MAIL_ABOUT_H
#define MAIL_ABOUT_H

#include "base/config.h"
#include "catalogue.h" /* generated: enum lang */
#include "room/offer.h"
#include "room/outbox.h"
#include "room/tidings.h"

struct about {
	struct booking booking; /* id 0: a wish without one */
	struct wish wish; /* of an offer */
	struct offer offer; /* id 0: none */
	struct contact contact;
	enum lang lang;
	const char *thread; /* Message-ID of its first letter, or NULL */
	struct tidings tidings; /* of an advisor; id 0: not to one */
	const char *staff; /* of an alarm, about no visit: where to look */
};

/* Looks up what a row of the outbox is about; 0 or -1. */
int about_find(struct desk *, const struct config *, const struct outbox *,
    struct about *);

#endif
