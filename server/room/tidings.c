/* What advisors wish to be told by mail. */
#include "room/tidings.h"

#include <inttypes.h>
#include <string.h>

#include "room/audit.h"
#include "room/notice.h"

static const struct db_field tidings_row[] = {
	DB_FIELD(struct tidings, id),
	DB_FIELD(struct tidings, advisor),
	DB_FIELD(struct tidings, advisor_code),
	DB_FIELD(struct tidings, address),
	DB_FIELD(struct tidings, lang),
	DB_FIELD(struct tidings, notices),
	DB_FIELD(struct tidings, digest),
	DB_END,
};

static int keep(struct desk *, const struct tidings *,
    const struct tidings_wish *);
static int replace(struct desk *, int64_t advisor, const struct tidings_wish *);

int
tidings_list(struct desk *d, struct tidings **list)
{
	return db_all(d->db, d->arena, tidings_row, list, tidings_list);
}

int
tidings_of(struct desk *d, int64_t advisor, struct tidings *t)
{
	return db_one(d->db, d->arena, tidings_row, t, tidings_of,
	    .advisor = advisor);
}

int
tidings_by_id(struct desk *d, int64_t id, struct tidings *t)
{
	return db_one(d->db, d->arena, tidings_row, t, tidings_by_id, .id = id);
}

int
tidings_address(struct desk *d, const struct tidings *t, const char **address)
{
	struct bytes plain;

	*address = "";
	if (t->id == 0)
		return 0;
	if (seal_open(d->keys, d->arena, "tidings", t->id, "address",
		t->address, &plain) < 0)
		return -1;
	*address = arena_dup_len(d->arena, plain.data, plain.len);
	return 0;
}

enum tidings_result
tidings_set(struct desk *d, int64_t advisor, const struct tidings_wish *wish)
{
	const char *action = arena_print(d->arena, "tidings %" PRId64, advisor);
	struct tidings t;
	int found = tidings_of(d, advisor, &t), done;

	if (found < 0)
		return TIDINGS_FAULT;
	if (!wish->notices && !wish->digest)
		done = tidings_forget(d, advisor);
	else if (found == 0 && wish->address[0] == '\0')
		return TIDINGS_NO_ADDRESS;
	else if (found == 1)
		done = keep(d, &t, wish);
	else
		done = replace(d, advisor, wish);
	return done < 0 || notice_daily(d) < 0 || audit_write(d, action, 0) < 0
	    ? TIDINGS_FAULT
	    : TIDINGS_DONE;
}

int
tidings_stop(struct desk *d, int64_t id, bool digest)
{
	struct tidings_wish rest;
	struct tidings t;
	int found = tidings_by_id(d, id, &t);

	if (found != 1 || !(digest ? t.digest : t.notices))
		return found < 0 ? -1 : 0;
	rest = (struct tidings_wish) {
		.address = "",
		.lang = t.lang,
		.notices = t.notices && digest,
		.digest = t.digest && !digest,
	};
	return tidings_set(d, t.advisor, &rest) == TIDINGS_DONE ? 1 : -1;
}

int
tidings_forget(struct desk *d, int64_t advisor)
{
	if (db_do(d->db, tidings_recompose, .advisor = advisor) < 0 ||
	    db_do(d->db, tidings_recompose_in_hand, .advisor = advisor) < 0)
		return -1;
	return db_must(d->db, tidings_forget, .advisor = advisor);
}

static int
keep(struct desk *d, const struct tidings *t, const struct tidings_wish *wish)
{
	const char *address;

	if (tidings_address(d, t, &address) < 0)
		return -1;
	if (wish->address[0] != '\0' && strcmp(wish->address, address) != 0)
		return replace(d, t->advisor, wish);
	return db_must(d->db, tidings_change, .id = t->id, .lang = wish->lang,
	    .notices = wish->notices, .digest = wish->digest);
}

static int
replace(struct desk *d, int64_t advisor, const struct tidings_wish *wish)
{
	int64_t id = seal_id();
	struct bytes box = seal_box(d->keys, d->arena, "tidings", id, "address",
	    (struct bytes) { wish->address, strlen(wish->address) });

	if (tidings_forget(d, advisor) < 0)
		return -1;
	return db_must(d->db, tidings_add, .id = id, .advisor = advisor,
	    .address = box, .lang = wish->lang, .notices = wish->notices,
	    .digest = wish->digest);
}
