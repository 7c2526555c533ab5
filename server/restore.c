/*
 * The way back from a backup.  It ends with a database that is whole, that
 * this program can read and whose sealed fields the keys in VAR open; until
 * then nothing stands under the database's name.
 */
#include "restore.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/vault.h"
#include "begin.h"
#include "room/mark.h"
#include "store/backup.h"
#include "store/file.h"
#include "store/ledger.h"

#define KEY_FILE_MAX 512

static int ready(struct arena *, const struct config *, struct keys **);
static int read_key(const char *path, char *key, size_t room);
static int unseal(struct arena *, const struct config *, const struct keys *,
    const char *file, const char *key);
static const char *examine(struct arena *, const struct config *,
    const struct keys *);
static int adopt(struct arena *, const struct config *, const char *key);
static int remember(struct arena *, const struct config *, const char *file);
static int refuse(const char *what, const char *why);

int
restore_run(struct arena *arena, const struct config *config, const char *file,
    const char *key_file)
{
	char key[KEY_FILE_MAX] = "";
	struct keys *keys = NULL;
	int result = ready(arena, config, &keys);

	if (result == 0)
		result = read_key(key_file, key, sizeof(key));
	if (result == 0)
		result = unseal(arena, config, keys, file, key);
	if (result == 0)
		result = backup_install(arena, config->var);
	if (result == 0)
		result = adopt(arena, config, key);
	if (result == 0)
		result = remember(arena, config, file);
	vault_wipe(key, sizeof(key));
	keys_close(keys);
	if (result == 0)
		printf("Restored %s/hokend.db\n", config->var);
	return result;
}

/* The keys, and no database. */
static int
ready(struct arena *arena, const struct config *config, struct keys **keys)
{
	char *database = arena_print(arena, "%s/hokend.db", config->var);
	char *path = arena_print(arena, "%s/keys", config->var);
	int lock;

	if (access(path, F_OK) < 0)
		return refuse(path,
		    "missing: put the room's keys back first; they are in no "
		    "backup, and without them names and notes stay closed");
	if (access(database, F_OK) == 0)
		return refuse(database,
		    "there is a database: move it and its -wal away first");
	*keys = keys_open(path);
	lock = *keys == NULL ? -1 : file_lock(database);
	return lock < 0 ? -1 : 0; /* held until the process ends */
}

static int
read_key(const char *path, char *key, size_t room)
{
	FILE *file = path == NULL ? stdin : fopen(path, "re");

	if (file == NULL)
		return refuse(path, "cannot be read");
	if (path == NULL && isatty(STDIN_FILENO)) {
		fputs("Recovery key: ", stderr);
		if (fgets(key, (int)room, file) == NULL)
			key[0] = '\0';
	} else {
		key[fread(key, 1, room - 1, file)] = '\0';
	}
	if (path != NULL)
		fclose(file);
	if (vault_key_good(key))
		return 0;
	return refuse("the recovery key",
	    "mistyped: it has seventeen groups of four characters");
}

static int
unseal(struct arena *arena, const struct config *config,
    const struct keys *keys, const char *file, const char *key)
{
	const char *why = "the log says why";
	int result = backup_open(arena, config->var, file, key, &why);

	if (result != 0)
		return refuse(file, why);
	why = examine(arena, config, keys);
	if (why == NULL)
		return 0;
	backup_discard(arena, config->var);
	return refuse(file, why);
}

/* NULL when this program and these keys can go on with it. */
static const char *
examine(struct arena *arena, const struct config *config,
    const struct keys *keys)
{
	struct desk d = {
		.db = db_open(
		    arena_print(arena, "%s/hokend.db.new", config->var),
		    DB_READ),
		.arena = arena,
		.keys = keys,
	};
	int match = d.db == NULL ? -1 : mark_keys(&d);

	db_close(d.db);
	if (match == 0)
		return "it was sealed with other keys than those beside it";
	return match < 0 ? "the log says why" : NULL;
}

/* On a new machine the next backups are sealed to the same key. */
static int
adopt(struct arena *arena, const struct config *config, const char *key)
{
	char *path = arena_print(arena, "%s/recovery.pub", config->var);

	return access(path, F_OK) == 0 ? 0 : vault_adopt(path, key);
}

/* Who was forgotten since, by the ledger that lies beside the file: the next
 * start forgets them again. */
static int
remember(struct arena *arena, const struct config *config, const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *dir = slash == NULL
	    ? "."
	    : arena_dup_len(arena, file, (size_t)(slash - file) + 1);
	int64_t *ids;
	int visits, wishes;

	if (ledger_adopt(arena, config->var, dir) < 0)
		return -1;
	visits = ledger_read(arena, config->var, LEDGER_VISIT, &ids);
	wishes = ledger_read(arena, config->var, LEDGER_WISH, &ids);
	if (visits < 0 || wishes < 0)
		return -1;
	if (visits + wishes == 0)
		printf("No ledger of who was forgotten since is beside it\n");
	else
		printf("%d in the ledger of who was forgotten, %d of who waits "
		       "no longer\n",
		    visits, wishes);
	return 0;
}

static int
refuse(const char *what, const char *why)
{
	fprintf(stderr, "hokend: %s: %s\n", what, why);
	return -1;
}
