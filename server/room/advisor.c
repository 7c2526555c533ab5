/*
 * The people who listen, what they talk about, and the secret address of
 * their calendar feed.  A withdrawn advisor keeps her bookings, not her feed.
 */
#include "room/advisor.h"

static const struct db_field advisor_row[] = {
	DB_FIELD(struct advisor, id),
	DB_FIELD(struct advisor, code),
	DB_FIELD(struct advisor, rank),
	DB_FIELD(struct advisor, face),
	DB_FIELD(struct advisor, anything),
	DB_FIELD(struct advisor, feed_generation),
	DB_END,
};

int
advisor_list(struct desk *d, struct advisor **list)
{
	return db_all(d->db, d->arena, advisor_row, list, advisor_list);
}

int
advisor_by_code(struct desk *d, const char *code, struct advisor *a)
{
	return db_one(d->db, d->arena, advisor_row, a, advisor_by_code,
	    .code = code);
}

int
advisor_of_theme(struct desk *d, int64_t theme, struct advisor **list)
{
	return db_all(d->db, d->arena, advisor_row, list, advisor_of_theme,
	    .theme = theme);
}

char *
advisor_feed_token(struct desk *d, const struct advisor *a)
{
	return seal_token(d->keys, d->arena, SEAL_FEED, a->id,
	    a->feed_generation);
}

int
advisor_by_feed_token(struct desk *d, const char *token, struct advisor *a)
{
	int64_t id = seal_token_id(token);
	int found;

	if (id == 0)
		return 0;
	found = db_one(d->db, d->arena, advisor_row, a, advisor_in_service,
	    .id = id);
	if (found != 1)
		return found;
	return seal_token_is(d->keys, SEAL_FEED, token, a->feed_generation);
}
