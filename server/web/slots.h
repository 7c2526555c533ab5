/*
 * Free times as people choose them: filters, two weeks of days, frames to
 * press.  The page of free times and the page on which a booking is moved
 * show the same list; struct slots_use says what differs.
 *
 *	struct slots_page p;
 *	slots_choose(&o, &use, form_query(request), &p)
 *	{> slot_choice(&p)}	filters, notices, days, earlier and later
 *	{> slot_days(&p.days)}	only the days, e.g. after "just taken"
 */
#ifndef WEB_SLOTS_H
#define WEB_SLOTS_H

#include "room/place.h"
#include "room/slot.h"
#include "room/theme.h"
#include "room/words.h"
#include "web/form.h"
#include "web/page.h"

struct slots_use {
	const char *path;	/* where filters go by GET: "/slots" */
	const char *action;	/* where a frame goes by POST: "/holds"; the
				 * fields are `slot` and `guard` */
	int64_t holder;		/* booking whose own claims count as free */
	int64_t theme;		/* the only theme on offer, 0: she chooses */
	bool quiet;		/* say no theme and profession: her visit */
	const char *outlet;	/* code of the flyer she came by, or NULL:
				 * it goes along in links and forms */
};

/* A frame to press, whose id is made of session and start (room/slot.h).
 * Theme and advisor are 0 where the day's line or nobody says them. */
struct slot_row {
	int64_t session;
	int64_t starts_at, ends_at;
	bool longer, online;
	int64_t place, theme, advisor;
};

/* A local day of frames.  Theme and advisor are 0 unless all of its frames
 * share them. */
struct slot_day {
	int64_t at;
	enum text near;		/* today, tomorrow or TEXT_NONE */
	int64_t theme, advisor;
	struct slot_row *rows;
	size_t count;
};

struct slot_days {
	const char *action;
	const char *outlet;	/* as in struct slots_use */
	bool inner;		/* they stand below a heading of their own */
	struct slot_day *days;
	size_t count;
};

/* What she asked for, as it stands in the address. */
struct slots_wish {
	struct theme theme;	/* id 0: any */
	struct place place;	/* id 0: any */
	const char *channel;	/* NULL: any */
	unsigned times;		/* enum slot_times or-ed */
	bool longer, soon;
	bool anything;		/* of advisors who take any talk */
	int32_t from_day, until_day;	/* until exclusive */
	int from_minute;	/* of from_day: its rest follows a page */
	bool any_theme;		/* said in so many words: "theme=" */
	bool paged;		/* it does not begin with today */
	const char *from;	/* 2026-07-01 */
};

/* A theme or place to choose. */
struct slots_option {
	const char *code;
	struct words words;
	bool chosen;
};

struct slots_page {
	const struct slots_use *use;
	struct slots_wish wish;
	struct slots_option *themes;
	size_t theme_count;
	struct slots_option *places;	/* in person, when there are several */
	size_t place_count;
	bool filtered;		/* any filter is set */
	bool open_filters;	/* one that is folded away is set */
	enum text notice;	/* a filter could not be read, or TEXT_NONE */
	enum text empty;	/* why the days are others than asked for, */
	enum text instead;	/* and which ones these are; or TEXT_NONE */
	const char *waiting;	/* where a wish for these is made, or NULL */
	const char *any_theme;	/* the same with all themes */
	const char *all;	/* the same without any filter */
	struct slot_days days;
	const char *earlier, *later;	/* links, NULL: none */
	bool ends_early;	/* before its two weeks: they are too many */
	int hold_minutes;
	const char *missed;	/* where she says that none suits, */
	bool told;		/* and has just done so */
};

/* Sorts slots by start into days. */
void slots_by_day(struct page *, const struct slots_use *,
    const struct slot *, size_t count, struct slot_days *);

/* Reads the filters, lists the two weeks or, when nothing is free there,
 * the nearest alternatives.  0, or -1 after a fault. */
int slots_choose(struct page *, const struct slots_use *,
    const struct form *, struct slots_page *);

handler slots_show;	/* GET /slots */

#endif
