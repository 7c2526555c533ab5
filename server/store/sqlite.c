/*
 * The SQLite engine: with settle.c the sole owner of sqlite3.h.  One
 * connection belongs to one thread at a time, so SQLite's own mutexes stay
 * off.  A writing connection holds the lock of its database: one server each.
 */
#include "store/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "store/file.h"
#include "store/settle.h"

/* Pages in the log from which a checkpoint is worth its two syncs, in a
 * quiet moment and in any. */
#define LOG_PAGES_QUIET 1000
#define LOG_PAGES_MOST 8000
#define SCRUB_WAIT_MS 50 /* for readers, while the writer stands still */

struct engine {
	sqlite3 *handle;
	struct plan *verbs[VERBS];
	int lock; /* descriptor of the lock file, or -1 */
	int log_pages; /* not yet copied into the database */
	bool scrub; /* the log holds what was erased */
	bool begun; /* between begin and commit or rollback */
	bool doomed;
};

struct plan {
	struct engine *engine;
	sqlite3_stmt *statement;
	const char *name;
	int result; /* of the last step */
	int64_t changes;
};

static const char *const verb_sql[VERBS] = {
	[VERB_BEGIN] = "BEGIN IMMEDIATE",
	[VERB_SNAPSHOT] = "BEGIN",
	[VERB_COMMIT] = "COMMIT",
	[VERB_ROLLBACK] = "ROLLBACK",
	[VERB_SAVE] = "SAVEPOINT job",
	[VERB_RELEASE] = "RELEASE job",
	[VERB_RETURN] = "ROLLBACK TO job",
};

static bool is_open(const struct engine *);
static int prepare_verbs(struct engine *);
static int on_commit(void *engine, sqlite3 *, const char *schema, int pages);
static int outcome(struct engine *, const char *name, int code);

struct engine *
engine_open(const char *path, enum db_use use)
{
	struct engine *engine = mem_get(sizeof(*engine));
	bool in_memory = strcmp(path, ":memory:") == 0;
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
	    (use == DB_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);

	engine->lock = -1;
	if (use == DB_WRITE && !in_memory) {
		engine->lock = file_lock(path);
		if (engine->lock < 0 || file_create(path) < 0)
			goto bad;
	}
	if (sqlite3_open_v2(path, &engine->handle, flags, NULL) != SQLITE_OK) {
		log_fault("db.open", "path=%s reason=%s", path,
		    sqlite3_errmsg(engine->handle));
		goto bad;
	}
	if (settle(engine->handle, use) < 0 || prepare_verbs(engine) < 0)
		goto bad;
	sqlite3_wal_hook(engine->handle, on_commit, engine);
	return engine;
bad:
	engine_close(engine);
	return NULL;
}

void
engine_close(struct engine *engine)
{
	if (engine == NULL)
		return;
	for (int i = 0; i < VERBS; i++)
		engine_forget(engine->verbs[i]);
	if (sqlite3_close(engine->handle) != SQLITE_OK)
		log_fault("db.close", "reason=%s",
		    sqlite3_errmsg(engine->handle));
	if (engine->lock >= 0)
		close(engine->lock);
	free(engine);
}

int
engine_version(struct engine *engine)
{
	char answer[16];

	if (settle_ask(engine->handle, "PRAGMA user_version", answer,
		sizeof(answer)) < 0)
		return -1;
	return atoi(answer);
}

int
engine_set_version(struct engine *engine, int version)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", version);
	return engine_script(engine, "version", sql);
}

int
engine_script(struct engine *engine, const char *name, const char *sql)
{
	int code = sqlite3_exec(engine->handle, sql, NULL, NULL, NULL);

	return outcome(engine, name, code) == 0 ? 0 : DB_FAULT;
}

struct plan *
engine_prepare(struct engine *engine, const char *name, const char *sql)
{
	struct plan *plan = mem_get(sizeof(*plan));
	int code = sqlite3_prepare_v3(engine->handle, sql, -1,
	    SQLITE_PREPARE_PERSISTENT, &plan->statement, NULL);

	if (outcome(engine, name, code) == 0 && plan->statement != NULL) {
		plan->engine = engine;
		plan->name = name;
		return plan;
	}
	free(plan);
	return NULL;
}

void
engine_forget(struct plan *plan)
{
	if (plan == NULL)
		return;
	sqlite3_finalize(plan->statement);
	free(plan);
}

int
engine_columns(const struct plan *plan)
{
	return sqlite3_column_count(plan->statement);
}

const char *
engine_column(const struct plan *plan, int column)
{
	return sqlite3_column_name(plan->statement, column);
}

int
engine_bind(struct plan *plan, int n, struct cell cell)
{
	sqlite3_stmt *statement = plan->statement;
	int code = SQLITE_ERROR;

	switch (cell.kind) {
	case CELL_NULL:
		code = sqlite3_bind_null(statement, n);
		break;
	case CELL_INT:
		code = sqlite3_bind_int64(statement, n, cell.number);
		break;
	case CELL_TEXT:
		code = sqlite3_bind_text64(statement, n, cell.bytes.data,
		    cell.bytes.len, SQLITE_STATIC, SQLITE_UTF8);
		break;
	case CELL_BLOB:
		code = sqlite3_bind_blob64(statement, n, cell.bytes.data,
		    cell.bytes.len, SQLITE_STATIC);
		break;
	}
	return outcome(plan->engine, plan->name, code);
}

int
engine_step(struct plan *plan)
{
	plan->result = sqlite3_step(plan->statement);
	if (plan->result == SQLITE_ROW)
		return 1;
	plan->changes = 0;
	if (plan->result != SQLITE_DONE)
		return outcome(plan->engine, plan->name, plan->result);
	if (!sqlite3_stmt_readonly(plan->statement))
		plan->changes = sqlite3_changes64(plan->engine->handle);
	return 0;
}

struct cell
engine_cell(const struct plan *plan, int column)
{
	sqlite3_stmt *statement = plan->statement;
	struct cell cell = { 0 };

	switch (sqlite3_column_type(statement, column)) {
	case SQLITE_NULL:
		return cell;
	case SQLITE_INTEGER:
		cell.kind = CELL_INT;
		cell.number = sqlite3_column_int64(statement, column);
		return cell;
	case SQLITE_BLOB:
		cell.kind = CELL_BLOB;
		cell.bytes.data = sqlite3_column_blob(statement, column);
		break;
	default: /* no table of ours holds a real; averages are text */
		cell.kind = CELL_TEXT;
		cell.bytes.data = sqlite3_column_text(statement, column);
	}
	cell.bytes.len = (size_t)sqlite3_column_bytes(statement, column);
	return cell;
}

/* Resetting after a row ends the statement and may find what only its end
 * shows (foreign keys); after an error it repeats what was logged. */
int
engine_reset(struct plan *plan)
{
	int code = sqlite3_reset(plan->statement);

	sqlite3_clear_bindings(plan->statement);
	if (plan->result != SQLITE_ROW)
		return 0;
	return outcome(plan->engine, plan->name, code);
}

int64_t
engine_changes(const struct plan *plan)
{
	return plan->changes;
}

int64_t
engine_all_changes(const struct engine *engine)
{
	return sqlite3_total_changes64(engine->handle);
}

int
engine_do(struct engine *engine, enum verb verb)
{
	struct plan *plan = engine->verbs[verb];

	if (verb != VERB_ROLLBACK || is_open(engine)) {
		int result = engine_step(plan);
		engine_reset(plan);
		if (result < 0) {
			engine->doomed = true;
			return DB_FAULT;
		}
	}
	if (verb == VERB_BEGIN || verb == VERB_SNAPSHOT) {
		engine->begun = true;
		engine->doomed = false;
	} else if (verb == VERB_COMMIT || verb == VERB_ROLLBACK) {
		engine->begun = false;
	}
	return 0;
}

/* Some faults make SQLite roll back by itself: then the transaction that we
 * believe in is gone. */
bool
engine_doomed(const struct engine *engine)
{
	return engine->doomed || (engine->begun && !is_open(engine));
}

void
engine_checkpoint(struct engine *engine)
{
	int code;

	sqlite3_busy_timeout(engine->handle, SCRUB_WAIT_MS);
	code = sqlite3_wal_checkpoint_v2(engine->handle, NULL,
	    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(engine->handle, SETTLE_BUSY_MS);
	engine->scrub = code != SQLITE_OK;
	if (code == SQLITE_OK)
		engine->log_pages = 0;
	else if ((code & 0xff) != SQLITE_BUSY)
		outcome(engine, "checkpoint", code);
}

void
engine_scrub(struct engine *engine)
{
	engine->scrub = true;
}

void
engine_tend(struct engine *engine, bool quiet)
{
	int pages, copied, code;

	if (engine->scrub)
		engine_checkpoint(engine);
	if (engine->log_pages < (quiet ? LOG_PAGES_QUIET : LOG_PAGES_MOST))
		return;
	code = sqlite3_wal_checkpoint_v2(engine->handle, NULL,
	    SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
	if (code != SQLITE_OK)
		outcome(engine, "checkpoint", code);
	else
		engine->log_pages = pages - copied;
}

static bool
is_open(const struct engine *engine)
{
	return sqlite3_get_autocommit(engine->handle) == 0;
}

static int
on_commit(void *arg, sqlite3 *handle, const char *schema, int pages)
{
	struct engine *engine = arg;

	(void)handle;
	(void)schema;
	engine->log_pages = pages;
	return SQLITE_OK;
}

static int
prepare_verbs(struct engine *engine)
{
	for (int i = 0; i < VERBS; i++) {
		engine->verbs[i] = engine_prepare(engine, verb_sql[i],
		    verb_sql[i]);
		if (engine->verbs[i] == NULL)
			return -1;
	}
	return 0;
}

static bool
dooms(int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_NOMEM:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
		return true;
	default:
		return false;
	}
}

/* What a result code means for the caller.  A broken key or check is an
 * expected outcome; a missing value or a wrong type is a mistake of ours. */
static int
outcome(struct engine *engine, const char *name, int code)
{
	switch (code) {
	case SQLITE_OK:
		return 0;
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_CHECK:
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return DB_CONFLICT;
	default:
		break;
	}
	if (dooms(code))
		engine->doomed = true;
	log_fault("db.fault", "statement=\"%s\" code=%d reason=\"%s\"", name,
	    code, sqlite3_errmsg(engine->handle));
	return DB_FAULT;
}
