/* The first page: the promise, the themes, the next free times. */
#ifndef WEB_TOP_H
#define WEB_TOP_H

#include "room/advisor.h"
#include "room/session.h"
#include "room/slot.h"
#include "room/theme.h"
#include "web/slots.h"

/* What somebody might bring, in her words, and who: "20代", or "". */
struct top_worry {
	const char *text, *age;
};

/* A theme as a card. */
struct top_card {
	struct theme theme;
	const char *look;	/* which drawings and colours it has */
	const char *face;	/* drawing of its first advisor */
	int64_t advisor;	/* 0: nobody yet */
	int weekday;		/* ISO 8601, 0: no single one */
	bool today;		/* somebody listens to it today */
	int64_t starts_at, ends_at;	/* next free time, 0: none */
	struct top_worry *worries;
	size_t worry_count;
	const char *lang;	/* the worries are in */
};

/* The card for what has no words yet: an advisor who takes any talk, and the
 * next free time of those who do. */
struct top_vague {
	int64_t advisor;	/* 0: nobody says so, anybody listens */
	const char *face;	/* NULL: no drawing */
	int64_t starts_at, ends_at;	/* 0: none */
};

/* A time at which anybody may drop in. */
struct top_visit {
	enum text day;		/* today or next */
	int64_t starts_at, ends_at;
	int64_t place;
};

struct top_page {
	struct top_card *cards;
	size_t count;
	bool weekdays;		/* the themes have their weekdays */
	struct top_vague vague;
	struct slot_days soon;	/* today's and tomorrow's free times */
	bool soon_more;		/* there are more of them */
	int hold_minutes;
	struct top_visit *visits;
	size_t visit_count;
	int64_t place;		/* of all visits, 0 when they differ */
	const char *tel;	/* digits of the phone number, "" if none */
};

/* "<b>月</b>曜日" of an ISO weekday. */
enum text top_weekday(int weekday);
/* The drawing of a theme; other rooms' themes get the one for anything. */
const char *top_look(const char *code);

handler top_show;	/* GET / */

#endif
