/*
 * Copies by SQLite's online backup and examinations by quick_check.  A copy
 * is made in one step: it reads one snapshot of the write-ahead log, which
 * keeps nobody waiting; in several steps every commit meanwhile would make
 * it begin again.
 */
#include "store/db_care.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/log.h"
#include "store/file.h"

#define BUSY_MS 5000

static sqlite3 *open_file(const char *path, int flags);
static int copy_pages(sqlite3 *from, sqlite3 *to);
static bool is_damage(int code);
static int fault(const char *what, sqlite3 *);

int
db_copy(const char *path, const char *to)
{
	sqlite3 *source = NULL, *copy = NULL;
	int result = -1;

	if (file_create(to) < 0)
		return -1;
	source = open_file(path, SQLITE_OPEN_READONLY);
	copy = source == NULL ? NULL : open_file(to, SQLITE_OPEN_READWRITE);
	/* Nobody needs half a copy, so it needs no journal. */
	if (copy != NULL &&
	    sqlite3_exec(copy,
		"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL,
		NULL, NULL) == SQLITE_OK)
		result = copy_pages(source, copy);
	sqlite3_close(copy);
	sqlite3_close(source);
	if (result < 0)
		unlink(to);
	return result;
}

int
db_examine(struct arena *arena, const char *path, const char **why)
{
	/* Read-only, SQLite does not load CHECK constraints at all. */
	sqlite3 *handle = open_file(path, SQLITE_OPEN_READWRITE);
	sqlite3_stmt *check = NULL;
	int result = -1, code;

	if (handle == NULL)
		return -1;
	code = sqlite3_prepare_v2(handle, "PRAGMA quick_check(1)", -1, &check,
	    NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(check);
	if (code == SQLITE_ROW) {
		*why = arena_dup(arena,
		    (const char *)sqlite3_column_text(check, 0));
		result = strcmp(*why, "ok") != 0;
	} else if (is_damage(code)) {
		*why = arena_dup(arena, sqlite3_errmsg(handle));
		result = 1;
	} else {
		fault("examine", handle);
	}
	sqlite3_finalize(check);
	sqlite3_close(handle);
	return result;
}

static sqlite3 *
open_file(const char *path, int flags)
{
	sqlite3 *handle;

	if (sqlite3_open_v2(path, &handle,
		flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
		NULL) == SQLITE_OK &&
	    sqlite3_busy_timeout(handle, BUSY_MS) == SQLITE_OK)
		return handle;
	fault("open", handle);
	sqlite3_close(handle);
	return NULL;
}

static int
copy_pages(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	int code;

	if (backup == NULL)
		return fault("copy", to);
	code = sqlite3_backup_step(backup, -1);
	if (sqlite3_backup_finish(backup) != SQLITE_OK)
		return fault("copy", to);
	if (code == SQLITE_DONE)
		return 0;
	log_fault("db.copy", "reason=\"%s\"", sqlite3_errstr(code));
	return -1;
}

static bool
is_damage(int code)
{
	code &= 0xff;
	return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

static int
fault(const char *what, sqlite3 *handle)
{
	log_fault("db.care", "step=%s reason=\"%s\"", what,
	    sqlite3_errmsg(handle));
	return -1;
}
