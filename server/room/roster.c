/*
 * The accounts as a whole.  One rule stands above the others: there is
 * always a manager who can sign in, and nobody shuts her own door.
 */
#include "room/roster.h"

#include <inttypes.h>
#include <string.h>

#include "room/advisor.h"
#include "room/audit.h"

static const struct db_field listed_row[] = {
	DB_FIELD(struct listed, id),
	DB_FIELD(struct listed, name),
	DB_FIELD(struct listed, role),
	DB_FIELD(struct listed, advisor),
	DB_FIELD(struct listed, one_time),
	DB_FIELD(struct listed, disabled),
	DB_FIELD(struct listed, signed_in_at),
	DB_FIELD(struct listed, sittings),
	DB_END,
};

static enum roster find(struct desk *, const char *name, struct account *);
static enum roster find_other(struct desk *, const char *name,
    struct account *);
static bool is_own(const struct desk *, const struct account *);
static enum roster written(struct desk *, const char *action, int64_t account);

int
roster_list(struct desk *desk, struct listed **list)
{
	return db_all(desk->db, desk->arena, listed_row, list, account_list,
	    .now = desk->now, .idle_since = desk->now - SITTING_IDLE_S);
}

enum roster
roster_add(struct desk *desk, const char *name, const char *role,
    const char *advisor, const char *password_hash)
{
	struct advisor whose = { 0 };
	struct account account;
	int done = 1;

	if (advisor[0] != '\0')
		done = advisor_by_code(desk, advisor, &whose);
	if (done != 1)
		return done < 0 ? ROSTER_FAULT : ROSTER_NO_ADVISOR;
	done = account_add(desk, name, role, whose.id, password_hash, true);
	if (done != 0)
		return done < 0 ? ROSTER_FAULT : ROSTER_TAKEN;
	if (account_by_name(desk, name, &account) != 1)
		return ROSTER_FAULT;
	return written(desk, "add_account", account.id);
}

enum roster
roster_reset(struct desk *desk, const char *name, const char *password_hash)
{
	struct account account;
	enum roster found = find_other(desk, name, &account);

	if (found != ROSTER_DONE)
		return found;
	if (db_do(desk->db, account_reset, .id = account.id,
		.password = password_hash) != 1 ||
	    db_must(desk->db, account_leave_everywhere, .account = account.id) <
		0)
		return ROSTER_FAULT;
	return written(desk, "reset_account", account.id);
}

enum roster
roster_disable(struct desk *desk, const char *name)
{
	struct account account;
	enum roster found = find_other(desk, name, &account);
	int64_t managers = 0;

	if (found != ROSTER_DONE || account.disabled)
		return found;
	if (db_value(desk->db, &managers, account_managers) != 1)
		return ROSTER_FAULT;
	if (strcmp(account.role, "manager") == 0 && managers < 2)
		return ROSTER_LAST;
	if (db_do(desk->db, account_disable, .id = account.id, .disabled = 1) !=
		1 ||
	    db_must(desk->db, account_leave_everywhere, .account = account.id) <
		0)
		return ROSTER_FAULT;
	return written(desk, "disable_account", account.id);
}

enum roster
roster_enable(struct desk *desk, const char *name)
{
	struct account account;
	enum roster found = find(desk, name, &account);

	if (found != ROSTER_DONE || !account.disabled)
		return found;
	if (db_do(desk->db, account_disable, .id = account.id, .disabled = 0) !=
	    1)
		return ROSTER_FAULT;
	return written(desk, "enable_account", account.id);
}

int
roster_kept(enum roster result)
{
	if (result == ROSTER_FAULT)
		return -1;
	return result == ROSTER_DONE ? 0 : 1;
}

static enum roster
find(struct desk *desk, const char *name, struct account *account)
{
	int found = account_by_name(desk, name, account);

	if (found < 0)
		return ROSTER_FAULT;
	return found == 0 ? ROSTER_UNKNOWN : ROSTER_DONE;
}

static enum roster
find_other(struct desk *desk, const char *name, struct account *account)
{
	enum roster found = find(desk, name, account);

	if (found == ROSTER_DONE && is_own(desk, account))
		return ROSTER_OWN;
	return found;
}

/* The operator is nobody's account: her actor is 0. */
static bool
is_own(const struct desk *desk, const struct account *account)
{
	return desk->actor.account == account->id;
}

/* "disable_account 123": the audit names whom by her id. */
static enum roster
written(struct desk *desk, const char *action, int64_t account)
{
	action = arena_print(desk->arena, "%s %" PRId64, action, account);
	return audit_write(desk, action, 0) < 0 ? ROSTER_FAULT : ROSTER_DONE;
}
