/*
 * Settings of a connection to SQLite: what it may cost, what it refuses,
 * how it writes.
 */
#include "store/settle.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

static int harden(sqlite3 *);
static void lower_limits(sqlite3 *);
static int use_wal(sqlite3 *);
static int run(sqlite3 *, const char *sql);
static int fault(sqlite3 *, const char *what);

int
settle(sqlite3 *handle, enum db_use use)
{
	sqlite3_busy_timeout(handle, SETTLE_BUSY_MS);
	if (harden(handle) < 0)
		return -1;
	if (use == DB_READ)
		return 0;
	if (use_wal(handle) < 0)
		return -1;
	return run(handle,
	    "PRAGMA synchronous = FULL;"
	    "PRAGMA secure_delete = ON;"
	    "PRAGMA journal_size_limit = 16777216");
}

int
settle_ask(sqlite3 *handle, const char *sql, char *answer, size_t size)
{
	sqlite3_stmt *statement = NULL;
	int result = -1;

	if (sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) ==
		SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW) {
		snprintf(answer, size, "%s",
		    (const char *)sqlite3_column_text(statement, 0));
		result = 0;
	} else
		fault(handle, sql);
	sqlite3_finalize(statement);
	return result;
}

static int
harden(sqlite3 *handle)
{
	static const int switches[][2] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	};

	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		int now = -1;

		if (sqlite3_db_config(handle, switches[i][0], switches[i][1],
			&now) != SQLITE_OK ||
		    now != switches[i][1])
			return fault(handle, "harden");
	}
	lower_limits(handle);
	return run(handle,
	    "PRAGMA cell_size_check = ON;"
	    "PRAGMA temp_store = MEMORY");
}

/* Far above what our own statements need: what a mistake may cost.
 * (sqlite.org/security.html) */
static void
lower_limits(sqlite3 *handle)
{
	static const int limits[][2] = {
		{ SQLITE_LIMIT_LENGTH, 16 << 20 },
		{ SQLITE_LIMIT_SQL_LENGTH, 256 << 10 },
		{ SQLITE_LIMIT_COLUMN, 100 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 100 },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 16 },
		{ SQLITE_LIMIT_VDBE_OP, 25000 },
		{ SQLITE_LIMIT_FUNCTION_ARG, 16 },
		{ SQLITE_LIMIT_ATTACHED, 0 },
		{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, 100 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 4 },
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		sqlite3_limit(handle, limits[i][0], limits[i][1]);
}

/* On a file system without shared memory SQLite keeps its old journal and
 * says so only in the answer. */
static int
use_wal(sqlite3 *handle)
{
	char mode[16];

	if (settle_ask(handle, "PRAGMA journal_mode = WAL", mode,
		sizeof(mode)) < 0)
		return -1;
	if (strcmp(mode, "wal") == 0 || strcmp(mode, "memory") == 0)
		return 0;
	log_fault("db.wal",
	    "reason=\"no write-ahead log on this file system\"");
	return -1;
}

static int
run(sqlite3 *handle, const char *sql)
{
	if (sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK)
		return 0;
	return fault(handle, sql);
}

/* Always -1. */
static int
fault(sqlite3 *handle, const char *what)
{
	log_fault("db.settle", "path=%s what=\"%s\" code=%d reason=\"%s\"",
	    sqlite3_db_filename(handle, NULL), what,
	    sqlite3_extended_errcode(handle), sqlite3_errmsg(handle));
	return -1;
}
