/* The start of hokend: directory, keys, database, room, first account. */
#include "begin.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/vault.h"
#include "room/account.h"
#include "room/booking.h"
#include "room/forget.h"
#include "room/mark.h"
#include "room/notice.h"
#include "room/opening.h"
#include "room/outbox.h"
#include "room/policy.h"
#include "room/roomfile.h"
#include "room/session.h"
#include "store/backup.h"

#define FIRST_ACCOUNT "staff"
#define ROOM_FILE_MAX 65536
#define SECRET_MAX 1024

static int check_database(const char *path);
static int try_room(const struct config *, const struct clock *, bool needed);
static int check_secrets(struct arena *, const struct config *, bool there);
static int room_file(struct desk *, const struct config *,
    const struct clock *);
static int keep_copy(struct arena *, const struct config *, struct db *);
static int in_transaction(struct db *, const struct config *,
    const struct keys *, const struct clock *,
    int (*run)(struct desk *, const struct config *, const struct clock *));
static int room(struct desk *, const struct config *, const struct clock *);
static int load_room(struct desk *, const char *path);
static char *read_file(struct arena *, const char *path);
static int account(struct desk *, const struct config *, const struct clock *);

int
begin_mail(const struct config *config, const struct clock *clock)
{
	const char *error = NULL;

	if (clock->rehearsal && config_by_smtp(config))
		error = "a rehearsal sends no mail: leave smtp empty";
	else if (!clock->rehearsal && !config->first_run &&
	    config->smtp[0] == '\0')
		error = "public_url is set: smtp must name the mail server, "
			"or be maildir";
	if (error != NULL)
		log_fault("begin.mail", "error=\"%s\"", error);
	return error == NULL ? 0 : -1;
}

void
begin_proxy(const struct config *config)
{
	if (strncmp(config->public_url, "https:", 6) == 0 &&
	    config->trusted_proxy[0] == '\0')
		log_fault("begin.proxy", "error=\"%s\"",
		    "trusted_proxy is empty: behind the proxy that ends TLS "
		    "all visitors count as one network");
}

struct keys *
begin_keys(struct arena *arena, const struct config *config)
{
	char *path = arena_print(arena, "%s/keys", config->var);
	char *database = arena_print(arena, "%s/hokend.db", config->var);

	if (mkdir(config->var, 0700) < 0 && errno != EEXIST) {
		log_fault("begin.var", "path=%s error=\"%s\"", config->var,
		    strerror(errno));
		return NULL;
	}
	if (access(path, F_OK) == 0)
		return keys_open(path);
	if (access(database, F_OK) == 0) {
		log_fault("begin.keys", "path=%s error=\"%s\"", path,
		    "missing, but there is a database: put the room's keys "
		    "back, without them names and notes stay closed");
		return NULL;
	}
	return keys_create(path) < 0 ? NULL : keys_open(path);
}

int
begin_recovery(struct arena *arena, const struct config *config)
{
	char *key;

	if (backup_key(arena, config->var, &key) < 0)
		return -1;
	if (key == NULL)
		return 0;
	printf("Backups open only with this recovery key, which is kept "
	       "nowhere else:\n"
	       "    %s\n"
	       "    Keep it and a copy of %s/keys in two safe places.\n",
	    key, config->var);
	vault_wipe(key, strlen(key));
	return fflush(stdout) == 0 ? 0 : -1;
}

struct db *
begin_database(struct arena *arena, const struct config *config)
{
	char *path = arena_print(arena, "%s/hokend.db", config->var);
	bool there = access(path, F_OK) == 0, outdated;
	struct db *db = db_open(path, DB_WRITE);

	if (db == NULL)
		return NULL;
	outdated = db_outdated(db);
	if ((there && keep_copy(arena, config, db) < 0) || db_migrate(db) < 0 ||
	    db_check(db) < 0) {
		db_close(db);
		return NULL;
	}
	if (outdated)
		log_event("begin.migrated", "schema=%d", db_schema_version());
	return db;
}

int
begin_room(struct db *db, const struct config *config, const struct keys *keys,
    const struct clock *clock)
{
	int result = in_transaction(db, config, keys, clock, room);

	/* Killed after a commit that erased, it has left a log that knows. */
	db_checkpoint(db);
	return result;
}

int
begin_account(struct db *db, const struct config *config,
    const struct keys *keys, const struct clock *clock)
{
	return in_transaction(db, config, keys, clock, account);
}

int
begin_check(struct arena *arena, const struct config *config,
    const struct clock *clock)
{
	char *path = arena_print(arena, "%s/hokend.db", config->var);
	bool there = access(path, F_OK) == 0;
	int result = there ? check_database(path)
			   : try_room(config, clock, false);

	return check_secrets(arena, config, there) < 0 ? -1 : result;
}

int
begin_first(struct arena *arena, const struct config *config,
    const struct clock *clock)
{
	char *path = arena_print(arena, "%s/hokend.db", config->var);
	struct stat file;
	bool once = stat(config->room, &file) == 0 && !S_ISREG(file.st_mode) &&
	    !S_ISDIR(file.st_mode);

	return once || access(path, F_OK) == 0 ? 0
					       : try_room(config, clock, true);
}

static int
check_database(const char *path)
{
	struct db *db = db_open(path, DB_READ);
	int result = db == NULL ? -1 : db_check(db);

	db_close(db);
	return result;
}

/* In a database that nobody sees. */
static int
try_room(const struct config *config, const struct clock *clock, bool needed)
{
	struct db *db = db_open(":memory:", DB_WRITE);
	int result = -1;

	if (db != NULL && db_migrate(db) == 0)
		result = db_check(db);
	if (result == 0 && (needed || config->room[0] != '\0'))
		result = in_transaction(db, config, NULL, clock, room_file);
	db_close(db);
	return result;
}

/* What a start would read and cannot do without. */
static int
check_secrets(struct arena *arena, const struct config *config, bool there)
{
	char *path = arena_print(arena, "%s/keys", config->var);
	char text[SECRET_MAX];
	int result = 0;

	if (there || access(path, F_OK) == 0) {
		struct keys *keys = begin_keys(arena, config);

		result = keys == NULL ? -1 : 0;
		keys_close(keys);
	}
	if (config->smtp_password_file[0] != '\0' &&
	    secret_read(config->smtp_password_file, text, sizeof(text)) < 0)
		result = -1;
	vault_wipe(text, sizeof(text));
	return result;
}

static int
room_file(struct desk *d, const struct config *config,
    const struct clock *clock)
{
	(void)clock;
	return load_room(d, config->room);
}

/* Before a migration: what it changes can be had back. */
static int
keep_copy(struct arena *arena, const struct config *config, struct db *db)
{
	const char *path;

	return db_outdated(db) ? backup_make(arena, config->var, &path) : 0;
}

static int
in_transaction(struct db *db, const struct config *config,
    const struct keys *keys, const struct clock *clock,
    int (*run)(struct desk *, const struct config *, const struct clock *))
{
	struct desk d = {
		.db = db,
		.arena = arena_new(),
		.keys = keys,
		.now = clock_now(clock),
		.actor = { .uid = (int64_t)getuid() },
	};
	int result = db_begin(db);

	if (result == 0)
		result = run(&d, config, clock);
	if (result == 0)
		result = db_commit(db);
	else
		db_rollback(db);
	arena_free(d.arena);
	return result;
}

static int
room(struct desk *d, const struct config *config, const struct clock *clock)
{
	struct policy policy;
	const char *why;
	int found, marked = mark_open(d, clock->rehearsal, &why);

	if (marked == 1)
		log_fault("begin.database", "path=%s/hokend.db error=\"%s\"",
		    config->var, why);
	if (marked != 0)
		return -1;
	if (clock->rehearsal && mark_instant(d) < 0)
		return -1;
	found = policy_get(d, &policy);
	if (found < 0 || (found == 0 && load_room(d, config->room) < 0))
		return -1;
	if (found == 1 && config->room[0] != '\0')
		log_event("begin.room", "kept=1 unread=%s", config->room);
	/* First what was offered, then what the rules say now. */
	return session_record(d) < 0 || opening_expand(d) < 0 ||
		booking_sweep(d) < 0 || outbox_recover(d) < 0 ||
		notice_daily(d) < 0 || forget_again(d, config->var) < 0 ||
		forget_due(d, config->var) < 0
	    ? -1
	    : 0;
}

static int
load_room(struct desk *d, const char *path)
{
	struct roomfile_result result = { 0 };
	char *text;
	int loaded;

	if (path[0] == '\0') {
		log_fault("begin.room", "error=\"%s\"",
		    "an empty database needs a room file: -r FILE");
		return -1;
	}
	text = read_file(d->arena, path);
	if (text == NULL) {
		log_fault("begin.room", "path=%s error=\"%s\"", path,
		    strerror(errno));
		return -1;
	}
	loaded = roomfile_load(d, text, false, &result);
	if (loaded == 1)
		log_fault("begin.room", "path=%s error=\"%s\"", path,
		    result.error);
	return loaded == 0 ? 0 : -1;
}

static char *
read_file(struct arena *arena, const char *path)
{
	char *text = arena_get(arena, ROOM_FILE_MAX + 1);
	FILE *file = fopen(path, "re");
	size_t len;
	int failed;

	if (file == NULL)
		return NULL;
	len = fread(text, 1, ROOM_FILE_MAX + 1, file);
	failed = ferror(file) ? errno : 0;
	fclose(file);
	if (failed != 0) {
		errno = failed;
		return NULL;
	}
	if (len > ROOM_FILE_MAX) {
		errno = EFBIG;
		return NULL;
	}
	return text;
}

static int
account(struct desk *d, const struct config *config, const struct clock *clock)
{
	char *password = account_one_time_password(d->arena);
	int64_t count;

	(void)clock;
	if (account_count(d, &count) < 0)
		return -1;
	if (count > 0)
		return 0;
	if (account_add(d, FIRST_ACCOUNT, "manager", 0,
		seal_password(d->arena, password), true) != 0)
		return -1;
	printf("Staff sign in at %s/sign-in\n"
	       "    name      %s\n"
	       "    password  %s   (once; then you choose your own)\n",
	    config->public_url, FIRST_ACCOUNT, password);
	return 0;
}
