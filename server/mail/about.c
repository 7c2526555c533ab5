/* Looking up what letters are about. */
#include "mail/about.h"

#include <string.h>

#include "room/notice.h"

static int look_up_offer(struct desk *, const struct outbox *, struct about *);
static int look_up_advisor(struct desk *, const struct outbox *,
    struct about *);

int
about_find(struct desk *d, const struct config *config,
    const struct outbox *row, struct about *a)
{
	const char *lang;

	if (outbox_is_alarm(row)) {
		a->contact.mail = config->alarm_to;
		a->staff = strcmp(row->kind, "attention") == 0
		    ? "/staff/day"
		    : "/staff/letters";
		lang = lang_code(LANG_JA);
	} else if (notice_is(row)) {
		if (look_up_advisor(d, row, a) < 0)
			return -1;
		lang = a->tidings.lang;
	} else if (row->booking == 0) {
		if (look_up_offer(d, row, a) < 0)
			return -1;
		lang = a->wish.lang;
	} else {
		if (booking_by_id(d, row->booking, &a->booking) != 1 ||
		    booking_contact(d, &a->booking, &a->contact) < 0)
			return -1;
		lang = a->booking.lang;
		a->thread = outbox_first_of(d, row);
	}
	a->lang = lang_by_code(lang);
	if (a->lang == LANGS)
		a->lang = LANG_JA;
	return 0;
}

static int
look_up_offer(struct desk *d, const struct outbox *row, struct about *a)
{
	const struct wish *w = &a->wish;
	struct session session;

	if (offer_get(d, row->owner, &a->offer) != 1 ||
	    waitlist_get(d, a->offer.waitlist, &a->wish) != 1 ||
	    waitlist_contact(d, w, &a->contact) < 0 ||
	    session_get(d, a->offer.session, &session) != 1 ||
	    (w->booking != 0 && booking_by_id(d, w->booking, &a->booking) != 1))
		return -1;
	/* What she has now stays in a->booking but for what is offered. */
	a->booking.starts_at = a->offer.starts_at;
	a->booking.ends_at = a->offer.ends_at;
	a->booking.channel = session.channel;
	if (w->code != NULL)
		a->booking.code = w->code;
	return 0;
}

static int
look_up_advisor(struct desk *d, const struct outbox *row, struct about *a)
{
	if (tidings_of(d, row->owner, &a->tidings) != 1)
		return -1;
	return tidings_address(d, &a->tidings, &a->contact.mail);
}
