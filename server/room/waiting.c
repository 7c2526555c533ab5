/* Reading the waiting list for staff. */
#include "room/waiting.h"

/* What is waited for stands first in both rows, so that its fields serve
 * either. */
_Static_assert(offsetof(struct waiting, what) == 0, "first");
_Static_assert(offsetof(struct waiting_kind, what) == 0, "first");
/* clang-format off */
#define WHAT_FIELDS \
	DB_FIELD(struct waiting_for, theme), \
	DB_FIELD(struct waiting_for, place), \
	DB_FIELD(struct waiting_for, theme_code), \
	DB_FIELD(struct waiting_for, place_code), \
	DB_FIELD(struct waiting_for, channel), \
	DB_FIELD(struct waiting_for, times), \
	DB_FIELD(struct waiting_for, anything), \
	DB_FIELD(struct waiting_for, longer), \
	DB_FIELD(struct waiting_for, earlier)
/* clang-format on */

static const struct db_field waiting_row[] = {
	WHAT_FIELDS,
	DB_FIELD(struct waiting, id),
	DB_FIELD(struct waiting, code),
	DB_FIELD(struct waiting, from_at),
	DB_FIELD(struct waiting, until_at),
	DB_FIELD(struct waiting, state),
	DB_FIELD(struct waiting, reachable),
	DB_FIELD(struct waiting, joined_at),
	DB_FIELD(struct waiting, offered_at),
	DB_FIELD(struct waiting, booked_at),
	DB_END,
};

static const struct db_field kind_row[] = {
	WHAT_FIELDS,
	DB_FIELD(struct waiting_kind, joined),
	DB_FIELD(struct waiting_kind, offered),
	DB_FIELD(struct waiting_kind, booked),
	DB_FIELD(struct waiting_kind, waiting),
	DB_END,
};

int
waiting_between(struct desk *d, int64_t from_at, int64_t until_at,
    struct waiting **list)
{
	return db_all(d->db, d->arena, waiting_row, list, waiting_between,
	    .from_at = from_at, .until_at = until_at);
}

int
waiting_kinds(struct desk *d, int64_t from_at, int64_t until_at,
    struct waiting_kind **kinds)
{
	return db_all(d->db, d->arena, kind_row, kinds, waiting_kinds,
	    .from_at = from_at, .until_at = until_at, .most = WAITING_KINDS);
}
