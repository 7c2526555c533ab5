/*
 * Where people meet: places, in person or online, and their booths.
 */
#include "room/place.h"

#include <string.h>

static const struct db_field place_row[] = {
	DB_FIELD(struct place, id),
	DB_FIELD(struct place, code),
	DB_FIELD(struct place, rank),
	DB_FIELD(struct place, channel),
	DB_END,
};

static const struct db_field booth_row[] = {
	DB_FIELD(struct booth, id),
	DB_FIELD(struct booth, place),
	DB_FIELD(struct booth, rank),
	DB_END,
};

bool
channel_known(const char *channel)
{
	return strcmp(channel, CHANNEL_IN_PERSON) == 0 ||
	    strcmp(channel, CHANNEL_ONLINE) == 0;
}

int
place_list(struct desk *d, struct place **list)
{
	return db_all(d->db, d->arena, place_row, list, place_list);
}

int
place_by_code(struct desk *d, const char *code, struct place *p)
{
	return db_one(d->db, d->arena, place_row, p, place_by_code,
	    .code = code);
}

int
place_booths(struct desk *d, int64_t place, struct booth **list)
{
	return db_all(d->db, d->arena, booth_row, list, place_booths,
	    .place = place);
}
