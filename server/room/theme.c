/*
 * What is talked about.  Themes are dated data: a withdrawn one is no longer
 * offered, but bookings made for it keep it.
 */
#include "room/theme.h"

#include "room/session.h"

static const struct db_field theme_row[] = {
	DB_FIELD(struct theme, id),
	DB_FIELD(struct theme, code),
	DB_FIELD(struct theme, rank),
	DB_END,
};

int
theme_list(struct desk *d, struct theme **list)
{
	return db_all(d->db, d->arena, theme_row, list, theme_list);
}

int
theme_by_code(struct desk *d, const char *code, struct theme *t)
{
	return db_one(d->db, d->arena, theme_row, t, theme_by_code,
	    .code = code);
}

int
theme_by_id(struct desk *d, int64_t id, struct theme *t)
{
	return db_one(d->db, d->arena, theme_row, t, theme_by_id, .id = id);
}

int
theme_weekday(struct desk *d, int64_t theme)
{
	/* Whole days, so that every weekday has four. */
	int32_t today = when_day(d->now);
	struct session_filter coming = {
		.theme = theme,
		.from_at = when_at(today, 0),
		.until_at = when_at(today + 4 * 7, 0),
	};
	struct session *list;
	int count[8] = { 0 }, most = 0, weekday = 0;
	int n = session_list(d, &coming, &list);

	if (n < 0)
		return -1;
	for (int i = 0; i < n; i++)
		count[when_weekday(when_day(list[i].starts_at))]++;
	for (int w = 1; w <= 7; w++) {
		if (count[w] > most) {
			most = count[w];
			weekday = w;
		} else if (count[w] == most)
			weekday = 0; /* a tie: none stands out */
	}
	return weekday;
}
