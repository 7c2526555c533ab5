/* Addresses at which nobody can be reached, by blind index. */
#include "room/unreachable.h"

#include <string.h>

#include "room/audit.h"
#include "room/policy.h"

#define LIST_MOST 100

struct index {
	struct bytes mail_index;
};
static const struct db_field index_row[] = { DB_FIELD(struct index, mail_index),
	DB_END };

static const struct db_field known_row[] = {
	DB_FIELD(struct unreachable, id),
	DB_FIELD(struct unreachable, status),
	DB_FIELD(struct unreachable, since),
	DB_END,
};
static const struct db_field list_row[] = {
	DB_FIELD(struct unreachable, id),
	DB_FIELD(struct unreachable, status),
	DB_FIELD(struct unreachable, since),
	DB_FIELD(struct unreachable, code),
	DB_FIELD(struct unreachable, day),
	DB_END,
};

static int index_of(struct desk *, int64_t letter, struct bytes *);

bool
unreachable_status(const char *status)
{
	static const char *const telling[] = { "5.1.1", "5.1.2", "5.1.3",
		"5.1.6", "5.1.10", "5.2.1" };

	for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++)
		if (strcmp(telling[i], status) == 0)
			return true;
	return false;
}

int
unreachable_note(struct desk *d, int64_t letter, const char *status)
{
	struct bytes index;
	int known = unreachable_status(status) ? index_of(d, letter, &index)
					       : 0;

	if (known != 1)
		return known;
	return db_must(d->db, unreachable_add, .id = seal_id(),
	    .mail_index = index, .status = status, .now = d->now);
}

int
unreachable_letter(struct desk *d, int64_t letter, const char **status)
{
	struct unreachable found;
	struct bytes index;
	int known = index_of(d, letter, &index);

	if (known == 1)
		known = db_one(d->db, d->arena, known_row, &found,
		    unreachable_get, .mail_index = index);
	if (known == 1)
		*status = found.status;
	return known;
}

int
unreachable_lift(struct desk *d, int64_t id)
{
	int lifted = db_do(d->db, unreachable_lift, .id = id);

	if (lifted == 1 && audit_write(d, "lift_address", 0) < 0)
		return -1;
	return lifted;
}

int
unreachable_lift_letter(struct desk *d, int64_t letter)
{
	struct bytes index;
	int known = index_of(d, letter, &index);

	return known == 1 ? unreachable_lift_index(d, index) : known;
}

int
unreachable_lift_booking(struct desk *d, int64_t booking)
{
	return db_do(d->db, unreachable_lift_booking, .booking = booking);
}

int
unreachable_lift_index(struct desk *d, struct bytes index)
{
	return db_do(d->db, unreachable_lift_index, .mail_index = index);
}

int
unreachable_list(struct desk *d, struct unreachable **list)
{
	return db_all(d->db, d->arena, list_row, list, unreachable_list,
	    .most = LIST_MOST);
}

int
unreachable_count(struct desk *d, int64_t *count)
{
	return db_value(d->db, count, unreachable_count) == 1 ? 0 : -1;
}

int
unreachable_purge(struct desk *d)
{
	struct policy policy;

	if (policy_get(d, &policy) != 1)
		return -1;
	return db_do(d->db, unreachable_purge,
	    .before = d->now - policy.forget_days * DAY_S);
}

/* 1, 0 it goes to nobody whose address is known here, -1. */
static int
index_of(struct desk *d, int64_t letter, struct bytes *index)
{
	struct index row;
	int found = db_one(d->db, d->arena, index_row, &row, unreachable_index,
	    .letter = letter);

	if (found != 1)
		return found;
	*index = row.mail_index;
	return row.mail_index.data != NULL;
}
