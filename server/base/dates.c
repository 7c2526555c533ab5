/* Days and hours as people read them. */
#include "base/dates.h"

#include <inttypes.h>

static const char *const weekday_name[LANGS][7] = {
	[LANG_JA] = { "月", "火", "水", "木", "金", "土", "日" },
	[LANG_EN] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
	    "Saturday", "Sunday" },
};

static const char *const month_name[12] = { "January", "February", "March",
	"April", "May", "June", "July", "August", "September", "October",
	"November", "December" };

char *
dates_day(struct arena *arena, enum lang lang, int32_t day)
{
	struct date date = when_date(day);

	if (lang == LANG_JA)
		return arena_print(arena, "%d年%d月%d日（%s）", date.year,
		    date.month, date.mday, dates_weekday(lang, date.weekday));
	return arena_print(arena, "%s, %d %s %d",
	    dates_weekday(lang, date.weekday), date.mday,
	    month_name[date.month - 1], date.year);
}

char *
dates_clock(struct arena *arena, int64_t at)
{
	int minute = when_minute(at);

	return arena_print(arena, "%d:%02d", minute / 60, minute % 60);
}

char *
dates_span(struct arena *arena, enum lang lang, int64_t from_at,
    int64_t until_at)
{
	return arena_print(arena, lang == LANG_JA ? "%s～%s" : "%s–%s",
	    dates_clock(arena, from_at), dates_clock(arena, until_at));
}

const char *
dates_weekday(enum lang lang, int weekday)
{
	return weekday_name[lang][weekday - 1];
}
