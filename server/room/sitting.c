/* Where an account is signed in.  Beginning one is in account.c. */
#include "room/sitting.h"

#include <inttypes.h>

#include "room/audit.h"

static const struct db_field sitting_row[] = {
	DB_FIELD(struct sitting, id),
	DB_FIELD(struct sitting, system),
	DB_FIELD(struct sitting, browser),
	DB_FIELD(struct sitting, created_at),
	DB_FIELD(struct sitting, seen_at),
	DB_END,
};

static int ended(struct desk *, int64_t account, int count);

int
sitting_list(struct desk *d, int64_t account, struct sitting **list)
{
	return db_all(d->db, d->arena, sitting_row, list, sitting_list,
	    .account = account, .now = d->now,
	    .idle_since = d->now - SITTING_IDLE_S);
}

int
sitting_seen(struct desk *d, int64_t id)
{
	return db_must(d->db, sitting_seen, .id = id, .now = d->now);
}

int
sitting_end(struct desk *d, int64_t account, int64_t id)
{
	return ended(d, account,
	    db_do(d->db, sitting_end, .account = account, .id = id));
}

int
sitting_end_others(struct desk *d, int64_t account, int64_t but)
{
	return ended(d, account,
	    db_do(d->db, sitting_end_others, .account = account, .but = but));
}

static int
ended(struct desk *d, int64_t account, int count)
{
	const char *action = arena_print(d->arena, "end_sitting %" PRId64,
	    account);

	if (count > 0 && audit_write(d, action, 0) < 0)
		return -1;
	return count;
}
