/* Days and hours as people read them; their words are the catalogue's. */
#include "base/dates.h"

#include "base/value.h"

#define DAY_TEXT_MAX 200

static const enum text months[] = {
	T_date_month_1,
	T_date_month_2,
	T_date_month_3,
	T_date_month_4,
	T_date_month_5,
	T_date_month_6,
	T_date_month_7,
	T_date_month_8,
	T_date_month_9,
	T_date_month_10,
	T_date_month_11,
	T_date_month_12,
};

static const enum text weekdays[] = {
	T_date_weekday_1,
	T_date_weekday_2,
	T_date_weekday_3,
	T_date_weekday_4,
	T_date_weekday_5,
	T_date_weekday_6,
	T_date_weekday_7,
};

static struct value word(enum writing, enum lang, enum text);

void
dates_put(struct buf *out, enum lang lang, int32_t day, enum writing writing)
{
	struct date date = when_date(day);
	const struct value values[] = {
		VALUE(date.year),
		word(writing, lang, months[date.month - 1]),
		VALUE(date.mday),
		word(writing, lang, weekdays[date.weekday - 1]),
	};

	value_fill(out, text_as(writing, lang, T_date_full), values, 4,
	    writing);
}

char *
dates_day(struct arena *arena, enum lang lang, int32_t day)
{
	struct buf out;
	char *text;

	buf_init(&out, DAY_TEXT_MAX);
	dates_put(&out, lang, day, AS_PLAIN);
	text = buf_keep(&out, arena);
	buf_free(&out);
	return text;
}

char *
dates_clock(struct arena *arena, int64_t at)
{
	return when_print_clock(arena, at);
}

char *
dates_span(struct arena *arena, enum lang lang, int64_t from_at,
    int64_t until_at)
{
	return arena_print(arena, "%s%s%s", dates_clock(arena, from_at),
	    text_of(lang, T_date_until), dates_clock(arena, until_at));
}

const char *
dates_weekday(enum lang lang, int weekday)
{
	return text_of(lang, weekdays[weekday - 1]);
}

/* What the catalogue has written as HTML stays as it is. */
static struct value
word(enum writing writing, enum lang lang, enum text text)
{
	const char *s = text_as(writing, lang, text);

	return writing == AS_PLAIN ? VALUE(s) : VALUE((struct raw) { s });
}
