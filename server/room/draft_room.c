/*
 * Sections of a room file that say what the room is: room, theme, place,
 * advisor.
 */
#include "room/draft_reading.h"

#include <string.h>

#include "room/place.h"
#include "room/roomtext.h"

#define PHONE_CHARS "0123456789+-() "
#define PHONE_MAX_CHARS 30

static bool read_policy(struct draft_reading *, const struct conf *);
static bool read_turn_of_year(struct draft_reading *, const struct conf *);

bool
draft_read_room(struct draft_reading *r, const struct conf *at)
{
	if (r->draft->has_room)
		return draft_wrong(r, at, NULL, "a second section 'room'");
	r->draft->has_room = true;
	return draft_texts(r, at, draft_room_fields, &r->draft->words) &&
	    read_policy(r, at) && read_turn_of_year(r, at);
}

bool
draft_read_theme(struct draft_reading *r, const struct conf *at)
{
	struct draft_theme *t = &r->draft->themes[r->draft->theme_count++];

	return draft_code(r, at, &t->code) &&
	    draft_texts(r, at, draft_theme_fields, &t->words);
}

bool
draft_read_place(struct draft_reading *r, const struct conf *at)
{
	struct draft_place *p = &r->draft->places[r->draft->place_count++];

	p->channel = conf_text(at, "channel");
	p->booths = conf_number(at, "booths");
	if (!channel_known(p->channel))
		return draft_wrong(r, at, "channel",
		    "the channel is in_person or online, not '%s'", p->channel);
	return draft_code(r, at, &p->code) &&
	    draft_texts(r, at, draft_place_fields, &p->words);
}

bool
draft_read_advisor(struct draft_reading *r, const struct conf *at)
{
	struct draft_advisor *a =
	    &r->draft->advisors[r->draft->advisor_count++];

	a->face = conf_text(at, "face");
	if (!roomtext_code(a->face))
		return draft_wrong(r, at, "face",
		    "a face is named by 1 to %d of a-z 0-9 _ -", CODE_MAX);
	a->has_anything = conf_has(at, "anything");
	a->anything = a->has_anything && conf_switch(at, "anything");
	a->theme_count = conf_list(at, "themes", &a->themes);
	if (a->theme_count == 0)
		return draft_wrong(r, at, "themes",
		    "an advisor without a theme");
	for (size_t i = 0; i < a->theme_count; i++) {
		if (!draft_has_theme(r, a->themes[i]))
			return draft_wrong(r, at, "themes",
			    "unknown theme '%s'", a->themes[i]);
	}
	return draft_code(r, at, &a->code) &&
	    draft_texts(r, at, draft_advisor_fields, &a->words);
}

/* Options that the file does not name stay as they are. */
static bool
read_policy(struct draft_reading *r, const struct conf *at)
{
	struct policy *p = &r->draft->policy;

	if (conf_has(at, "window_days"))
		p->window_days = conf_number(at, "window_days");
	if (conf_has(at, "notice_minutes"))
		p->notice_minutes = conf_number(at, "notice_minutes");
	if (conf_has(at, "hold_minutes"))
		p->hold_minutes = conf_number(at, "hold_minutes");
	if (conf_has(at, "forget_days"))
		p->forget_days = conf_number(at, "forget_days");
	if (conf_has(at, "on_holidays"))
		p->on_holidays = conf_switch(at, "on_holidays");
	if (conf_has(at, "phone"))
		p->phone = conf_text(at, "phone");
	if (p->phone[strspn(p->phone, PHONE_CHARS)] != '\0')
		return draft_wrong(r, at, "phone",
		    "a phone number has digits, +, -, brackets and spaces");
	return draft_fits(r, at, "phone", p->phone, PHONE_MAX_CHARS, false);
}

static bool
read_turn_of_year(struct draft_reading *r, const struct conf *at)
{
	struct policy *p = &r->draft->policy;

	if (conf_has(at, "closed_from") != conf_has(at, "closed_until"))
		return draft_wrong(r, at, "closed_from",
		    "closed_from and closed_until go together");
	if (!conf_has(at, "closed_from"))
		return true;
	if (!roomtext_month_day(conf_text(at, "closed_from"), &p->closed_from))
		return draft_wrong(r, at, "closed_from",
		    "'%s' is not a day such as 12-29",
		    conf_text(at, "closed_from"));
	if (!roomtext_month_day(conf_text(at, "closed_until"),
		&p->closed_until))
		return draft_wrong(r, at, "closed_until",
		    "'%s' is not a day such as 01-03",
		    conf_text(at, "closed_until"));
	if ((p->closed_from == 0) != (p->closed_until == 0))
		return draft_wrong(r, at, "closed_from",
		    "closed_from and closed_until go together");
	return true;
}
