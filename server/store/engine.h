/*
 * The seam between db.c and a database engine.  db.c knows statements,
 * structs and migrations; an engine file knows how one kind of database is
 * opened, asked and committed (sqlite.c).  Nobody else includes this.
 */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include "store/db.h"

struct engine; /* a connection */
struct plan; /* a prepared statement */

/* One value of a row or one argument.  Bytes of a row are the engine's and
 * stand until the plan is stepped or reset. */
struct cell {
	enum { CELL_NULL, CELL_INT, CELL_TEXT, CELL_BLOB } kind;
	int64_t number;
	struct bytes bytes;
};

struct engine *engine_open(const char *path, enum db_use);
void engine_close(struct engine *); /* after its plans */

/* The number of the newest migration; -1 after a fault. */
int engine_version(struct engine *);
int engine_set_version(struct engine *, int version);
/* Several statements without results: a migration.  0 or DB_FAULT. */
int engine_script(struct engine *, const char *name, const char *sql);

/* `name` is for the log and must outlive the plan.  NULL is logged. */
struct plan *engine_prepare(struct engine *, const char *name, const char *sql);
void engine_forget(struct plan *); /* NULL is fine */
int engine_columns(const struct plan *);
const char *engine_column(const struct plan *, int column);

/* Parameters are numbered from 1; bytes must stand until the reset. */
int engine_bind(struct plan *, int parameter, struct cell);
/* 1 a row, 0 the end, DB_CONFLICT, DB_FAULT. */
int engine_step(struct plan *);
struct cell engine_cell(const struct plan *, int column);
/* Ends it, forgetting rows and arguments; 0, DB_CONFLICT, DB_FAULT. */
int engine_reset(struct plan *);
/* Rows the plan changed when it came to its end; 0 for a question. */
int64_t engine_changes(const struct plan *);
/* Rows changed by all plans since the engine was opened. */
int64_t engine_all_changes(const struct engine *);

enum verb {
	VERB_BEGIN,	/* for writing, at once */
	VERB_SNAPSHOT,	/* for reading */
	VERB_COMMIT,
	VERB_ROLLBACK,
	VERB_SAVE,
	VERB_RELEASE,
	VERB_RETURN,
	VERBS
};
int engine_do(struct engine *, enum verb); /* 0 or DB_FAULT */
bool engine_doomed(const struct engine *);

void engine_checkpoint(struct engine *);
void engine_scrub(struct engine *);
void engine_tend(struct engine *, bool quiet);

#endif
