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

static const enum text mdays[] = {
	T_date_mday_01,
	T_date_mday_02,
	T_date_mday_03,
	T_date_mday_04,
	T_date_mday_05,
	T_date_mday_06,
	T_date_mday_07,
	T_date_mday_08,
	T_date_mday_09,
	T_date_mday_10,
	T_date_mday_11,
	T_date_mday_12,
	T_date_mday_13,
	T_date_mday_14,
	T_date_mday_15,
	T_date_mday_16,
	T_date_mday_17,
	T_date_mday_18,
	T_date_mday_19,
	T_date_mday_20,
	T_date_mday_21,
	T_date_mday_22,
	T_date_mday_23,
	T_date_mday_24,
	T_date_mday_25,
	T_date_mday_26,
	T_date_mday_27,
	T_date_mday_28,
	T_date_mday_29,
	T_date_mday_30,
	T_date_mday_31,
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
		word(writing, lang, mdays[date.mday - 1]),
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
	const struct value values[] = {
		VALUE(dates_clock(arena, from_at)),
		VALUE(dates_clock(arena, until_at)),
	};
	struct buf out;
	char *text;

	buf_init(&out, DAY_TEXT_MAX);
	value_fill(&out, text_of(lang, T_date_span_html), values, 2, AS_PLAIN);
	text = buf_keep(&out, arena);
	buf_free(&out);
	return text;
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
