/*
 * Accounts and sittings.  A sitting's token is 256 random bits that only
 * the browser holds; the database knows its keyed digest, so neither a copy
 * of the database nor a backup signs anybody in.
 */
#include "room/account.h"

#include <string.h>

#include "base/text.h"
#include "room/audit.h"
#include "room/throttle.h"

#define TOKEN_BYTES 32
/* By one peer in an hour: for one name, and for all names together. */
#define TRIES_NAME 10
#define TRIES_PEER 60

static const struct db_field account_row[] = {
	DB_FIELD(struct account, id),
	DB_FIELD(struct account, name),
	DB_FIELD(struct account, role),
	DB_FIELD(struct account, advisor),
	DB_FIELD(struct account, password),
	DB_FIELD(struct account, one_time),
	DB_FIELD(struct account, disabled),
	DB_FIELD(struct account, sitting),
	DB_FIELD(struct account, seen_at),
	DB_END,
};

static const char *name_key(struct desk *, const char *name, const char *peer);
static int unchanged(struct desk *, const struct account *);
static int set_password(struct desk *, int64_t account,
    const char *password_hash);
static int sit_down(struct desk *, const struct account *, const char *peer,
    struct device, const char *action, char **token);
static char *sit(struct desk *, int64_t account, struct device);
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

	if (!account_name_ok(name))
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

char *
account_one_time_password(struct arena *arena)
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	char *password = arena_dup(arena, "xxxx-xxxx-xxxx");

	for (char *p = password; *p != '\0'; p++)
		if (*p != '-')
			*p = letters[seal_below(sizeof(letters) - 1)];
	return password;
}

bool
account_name_ok(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t len = strlen(name);

	return len >= 2 && len <= 32 && strspn(name, allowed) == len;
}

char *
account_name(struct arena *arena, const char *typed)
{
	char *name = text_trim(arena, text_nfkc(arena, typed));

	for (char *p = name; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return name;
}

int
account_knock(struct desk *desk, const char *name, const char *peer)
{
	int allowed = throttle_try(desk,
	    arena_print(desk->arena, "sign_in:%s", peer), TRIES_PEER);

	if (allowed != 1)
		return allowed;
	return throttle_try(desk, name_key(desk, name, peer), TRIES_NAME);
}

int
account_enter(struct desk *desk, const struct account *account,
    const char *peer, struct device device, const char *old_token, char **token)
{
	int same = unchanged(desk, account);

	if (same != 1)
		return same;
	if (old_token != NULL && account_leave(desk, old_token) < 0)
		return -1;
	return sit_down(desk, account, peer, device, "sign_in", token);
}

int
account_change(struct desk *desk, const struct account *account,
    const char *peer, struct device device, const char *password_hash,
    char **token)
{
	int same = unchanged(desk, account);

	if (same != 1)
		return same;
	if (set_password(desk, account->id, password_hash) < 0)
		return -1;
	return sit_down(desk, account, peer, device, "password", token);
}

int
account_by_token(struct desk *desk, const char *token, struct account *account)
{
	return db_one(desk->db, desk->arena, account_row, account,
	    account_by_token, .token = digest_of(desk, token), .now = desk->now,
	    .idle_since = desk->now - SITTING_IDLE_S);
}

int
account_leave(struct desk *desk, const char *token)
{
	return db_must(desk->db, account_leave,
	    .token = digest_of(desk, token));
}

static const char *
name_key(struct desk *desk, const char *name, const char *peer)
{
	return arena_print(desk->arena, "sign_in:%s %s", name, peer);
}

/* The password was checked outside this transaction. */
static int
unchanged(struct desk *desk, const struct account *account)
{
	struct account now;
	int found = account_by_name(desk, account->name, &now);

	if (found != 1)
		return found;
	return now.id == account->id && !now.disabled &&
	    strcmp(now.password, account->password) == 0;
}

static int
set_password(struct desk *desk, int64_t account, const char *password_hash)
{
	if (db_do(desk->db, account_password, .id = account,
		.password = password_hash) != 1)
		return -1;
	return db_must(desk->db, account_leave_everywhere, .account = account);
}

static int
sit_down(struct desk *desk, const struct account *account, const char *peer,
    struct device device, const char *action, char **token)
{
	desk->actor.account = account->id;
	if (throttle_clear(desk, name_key(desk, account->name, peer)) < 0 ||
	    audit_write(desk, action, 0) < 0)
		return -1;
	*token = sit(desk, account->id, device);
	return *token == NULL ? -1 : 1;
}

/* A new sitting; the token goes into the cookie, its digest is stored. */
static char *
sit(struct desk *desk, int64_t account, struct device device)
{
	uint8_t random[TOKEN_BYTES];
	char *token;

	seal_random(random, sizeof(random));
	token = text_base64url(desk->arena,
	    (struct bytes) { random, sizeof(random) });
	if (db_do(desk->db, account_leave_expired, .now = desk->now,
		.idle_since = desk->now - SITTING_IDLE_S) < 0 ||
	    db_do(desk->db, account_sit, .id = seal_id(),
		.token = digest_of(desk, token), .account = account,
		.system = device.system, .browser = device.browser,
		.now = desk->now, .expires_at = desk->now + SITTING_S) < 0)
		return NULL;
	return token;
}

static struct bytes
digest_of(struct desk *desk, const char *token)
{
	uint8_t *digest = arena_get(desk->arena, TOKEN_BYTES);

	seal_digest(desk->keys, SEAL_ACCOUNT,
	    (struct bytes) { token, strlen(token) }, digest, TOKEN_BYTES);
	return (struct bytes) { digest, TOKEN_BYTES };
}
