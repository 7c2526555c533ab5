/*
 * The database: sole owner of sqlite3.h.  A connection knows every named
 * statement of sql/ and the rest of the program knows no SQL.
 *
 * A statement `-- name: session_add(id, starts_at, code text, box blob)`
 * becomes `struct sql_session_add` at build time, so that
 *
 *	db_do(db, session_add, .id = id, .starts_at = at, .code = "x");
 *
 * names its arguments and a misspelt one fails the build.  Parameters are
 * int64_t unless marked text (const char *, NULL is NULL) or blob (struct
 * bytes, data == NULL is NULL).  Rows come back through field tables:
 *
 *	static const struct db_field theme_row[] = {
 *		DB_FIELD(struct theme, id),
 *		DB_FIELD(struct theme, code),
 *		DB_END,
 *	};
 *
 * matched to result columns by name; a field without a column is a fault.
 * A field table must be static: it is known again by its address.
 * Text and blobs are copied into the arena.  A NULL column gives 0, NULL or
 * an empty view.  Every statement is reset before its call returns: no
 * cursor stays open (an un-reset SELECT lets the WAL grow without bound).
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "store/marks.h"
#include "statements.h"	/* generated: enum db_statement, struct sql_* */

struct db;

enum db_use { DB_WRITE, DB_READ };

/* Results beside counts.  DB_FAULT was logged where it happened. */
enum { DB_FAULT = -1, DB_CONFLICT = -2 };

enum db_kind { DB_KIND_INT, DB_KIND_INT32, DB_KIND_TEXT, DB_KIND_BLOB };

struct db_field {
	const char *name;
	size_t offset;
	enum db_kind kind;
};

#define DB_KIND_OF(type, member) _Generic(((type *)0)->member, \
	int64_t: DB_KIND_INT, int: DB_KIND_INT32, \
	unsigned: DB_KIND_INT32, \
	const char *: DB_KIND_TEXT, char *: DB_KIND_TEXT, \
	struct bytes: DB_KIND_BLOB)
/* One macro for all kinds: the member's type says how it is read. */
#define DB_FIELD(type, member) \
	{ #member, offsetof(type, member), DB_KIND_OF(type, member) }
#define DB_END { 0 }

/*
 * Opens the database at `path`; ":memory:" is one that nobody else sees, for
 * checking statements.  DB_WRITE creates the file when missing and
 * sets WAL, synchronous=FULL, secure_delete; DB_READ refuses to write.
 * NULL is logged.  A database whose schema is newer than the program's is
 * refused.  Not thread-safe: a connection belongs to one thread at a time.
 */
struct db *db_open(const char *path, enum db_use);
void db_close(struct db *);	/* NULL is fine */

/* Runs the migrations that are missing (sql/schema/NNN-*.sql), each in one
 * transaction; the version is PRAGMA user_version.  0 or -1 (logged). */
int db_migrate(struct db *);
int db_schema_version(void);	/* that the program knows */
bool db_outdated(struct db *);	/* would db_migrate() do anything? */

/* Prepares every statement; 0, or -1 after logging each that fails. */
int db_check(struct db *);

/* Transactions (writer's connection only).  0 or DB_FAULT. */
int db_begin(struct db *);		/* BEGIN IMMEDIATE */
int db_commit(struct db *);
void db_rollback(struct db *);
int db_save(struct db *);		/* SAVEPOINT of one request */
int db_release(struct db *);
void db_undo(struct db *);		/* ROLLBACK TO, RELEASE */
/* True when the last fault has doomed the whole transaction. */
bool db_doomed(const struct db *);
/* Rows changed since it was opened, also by what was undone: two readings
 * tell whether anything was written between them. */
int64_t db_changes(const struct db *);
/* Touches a key of the marks that the connection was given; without any,
 * nobody remembers what it read. */
void db_watch(struct db *, struct marks *);
void db_touch(struct db *, uint64_t key);
/* Empties the write-ahead log into the database (what was deleted is gone
 * from both); readers in the way leave it for the next db_tend(). */
void db_checkpoint(struct db *);
/* The transaction in hand erases what must not live on in the log: it is to
 * be emptied after the commit. */
void db_scrub(struct db *);
/* Empties the log when that is due, until no reader is in the way; else
 * copies it in part when it has grown: early in a quiet moment, late under
 * load.  The writer calls it between groups. */
void db_tend(struct db *, bool quiet);

/* A read transaction, so that several statements see one snapshot. */
int db_snapshot(struct db *);
void db_snapshot_end(struct db *);

/* Changed rows, DB_CONFLICT for a broken key or check, DB_FAULT. */
#define db_do(db, ...) db_do_(db, DB_CALL(__VA_ARGS__, ))
/* The same where no conflict is expected, so that it is a fault as well, and
 * the count is no matter: 0 or -1. */
#define db_must(db, ...) db_must_(db, DB_CALL(__VA_ARGS__, ))
/* 1 and *out filled, 0 no row, DB_CONFLICT, DB_FAULT. */
#define db_one(db, arena, fields, out, ...) \
	db_one_(db, arena, fields, out, DB_CALL(__VA_ARGS__, ))
/* How many rows, *out an array of them in the arena, DB_CONFLICT, or
 * DB_FAULT. */
#define db_all(db, arena, fields, out, ...) \
	db_all_(db, arena, fields, sizeof(**(out)), (void **)(out), \
	    DB_CALL(__VA_ARGS__, ))
/* The first column of the first row as an integer: 1, 0, DB_CONFLICT or
 * DB_FAULT. */
#define db_value(db, out, ...) \
	db_value_(db, out, DB_CALL(__VA_ARGS__, ))
/* The statement and its arguments; the trailing comma of the callers makes
 * an empty list of arguments fine (gcc 12 with -Wpedantic). */
#define DB_CALL(statement, ...) \
	SQL_##statement, &(struct sql_##statement){ .none_ = 0, __VA_ARGS__ }

int db_do_(struct db *, enum db_statement, const void *args);
int db_must_(struct db *, enum db_statement, const void *args);
int db_one_(struct db *, struct arena *, const struct db_field *, void *out,
    enum db_statement, const void *args);
int db_all_(struct db *, struct arena *, const struct db_field *,
    size_t row_size, void **out, enum db_statement, const void *args);
int db_value_(struct db *, int64_t *out, enum db_statement,
    const void *args);

#endif
