/*
 * Accounts and sittings.  A sitting's token is 256 random bits that only
 * the browser holds; the database knows its keyed digest, so neither a copy
 * of the database nor a backup signs anybody in.
 */
#include "room/account.h"

#include <string.h>

#include "base/text.h"

#define TOKEN_BYTES 32

static const struct db_field account_row[] = {
	DB_FIELD(struct account, id),
	DB_FIELD(struct account, name),
	DB_FIELD(struct account, role),
	DB_FIELD(struct account, advisor),
	DB_FIELD(struct account, password),
	DB_FIELD(struct account, one_time),
	DB_FIELD(struct account, disabled),
	DB_END,
};

static bool name_ok(const char *);
static struct bytes digest_of(struct desk *, const char *token);

bool
role_known(const char *role)
{
	return strcmp(role, "staff") == 0 || strcmp(role, "manager") == 0 ||
	    strcmp(role, "advisor") == 0;
}

int
account_add(struct desk *desk, const char *name, const char *role,
    int64_t advisor, const char *password_hash, bool one_time)
{
	int added;

	if (!name_ok(name))
		return 1;
	added = db_do(desk->db, account_add, .id = seal_id(), .name = name,
	    .role = role, .advisor = advisor, .password = password_hash,
	    .one_time = one_time, .now = desk->now);
	if (added == DB_CONFLICT)
		return 1;
	return added < 0 ? -1 : 0;
}

int
account_by_name(struct desk *desk, const char *name, struct account *account)
{
	return db_one(desk->db, desk->arena, account_row, account,
	    account_by_name, .name = name);
}

int
account_count(struct desk *desk, int64_t *count)
{
	return db_value(desk->db, count, account_count) == 1 ? 0 : -1;
}

int
account_set_password(
    struct desk *desk, int64_t account, const char *password_hash)
{
	if (db_do(desk->db, account_password, .id = account,
		.password = password_hash) != 1)
		return -1;
	return db_do(desk->db, account_leave_everywhere, .account = account) < 0
	    ? -1
	    : 0;
}

char *
account_sit(struct desk *desk, int64_t account)
{
	uint8_t random[TOKEN_BYTES];
	char *token;

	seal_random(random, sizeof(random));
	token = text_base64url(
	    desk->arena, (struct bytes) { random, sizeof(random) });
	if (db_do(desk->db, account_leave_expired, .now = desk->now) < 0 ||
	    db_do(desk->db, account_sit, .token = digest_of(desk, token),
		.account = account, .now = desk->now,
		.expires_at = desk->now + SITTING_S) < 0)
		return NULL;
	return token;
}

int
account_by_token(struct desk *desk, const char *token, struct account *account)
{
	return db_one(desk->db, desk->arena, account_row, account,
	    account_by_token, .token = digest_of(desk, token),
	    .now = desk->now);
}

int
account_leave(struct desk *desk, const char *token)
{
	return db_do(desk->db, account_leave, .token = digest_of(desk, token)) <
		0
	    ? -1
	    : 0;
}

static bool
name_ok(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t len = strlen(name);

	return len >= 2 && len <= 32 && strspn(name, allowed) == len;
}

static struct bytes
digest_of(struct desk *desk, const char *token)
{
	uint8_t *digest = arena_get(desk->arena, TOKEN_BYTES);

	seal_digest(desk->keys, SEAL_ACCOUNT,
	    (struct bytes) { token, strlen(token) }, digest, TOKEN_BYTES);
	return (struct bytes) { digest, TOKEN_BYTES };
}
