/* Unmet demand: conditions under which no time suited, counted. */
#include "room/demand.h"

#include "room/throttle.h"

static const struct db_field demand_row[] = {
	DB_FIELD(struct demand, theme),
	DB_FIELD(struct demand, place),
	DB_FIELD(struct demand, theme_code),
	DB_FIELD(struct demand, place_code),
	DB_FIELD(struct demand, channel),
	DB_FIELD(struct demand, times),
	DB_FIELD(struct demand, longer),
	DB_FIELD(struct demand, soon),
	DB_FIELD(struct demand, anything),
	DB_FIELD(struct demand, told),
	DB_END,
};

int
demand_add(struct desk *d, const char *peer, const struct demand *demand)
{
	int within = peer == NULL
	    ? 1
	    : throttle_try(d, arena_print(d->arena, "demand:%s", peer),
		  DEMAND_SHARE);

	if (within != 1)
		return within;
	return db_must(d->db, demand_add, .day = when_day(d->now),
		   .theme = demand->theme, .place = demand->place,
		   .channel = demand->channel, .times = demand->times,
		   .longer = demand->longer, .soon = demand->soon,
		   .anything = demand->anything) < 0
	    ? -1
	    : 1;
}

int
demand_between(struct desk *d, int32_t from_day, int32_t until_day,
    struct demand **list)
{
	return db_all(d->db, d->arena, demand_row, list, demand_between,
	    .from_day = from_day, .until_day = until_day, .most = DEMAND_MOST);
}
