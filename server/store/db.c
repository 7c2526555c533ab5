/*
 * The engine-independent half of the database: named statements are bound
 * from their generated structs, rows are read into structs by field tables,
 * migrations are run.  Plans are prepared when first asked for and kept as
 * long as the connection.
 */
#include "store/engine.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

/* A statement of this connection, with the columns that the field table
 * used last has in it. */
struct slot {
	struct plan *plan;
	const struct db_field *fields;
	int *columns;
};

struct db {
	struct engine *engine;
	struct marks *marks; /* the writer's, or NULL */
	struct slot slots[SQL_STATEMENTS];
};

static int ready(struct db *, enum db_statement);
static int start(struct db *, enum db_statement, const void *args);
static int finish(struct db *, enum db_statement, int result);
static int match(struct slot *, enum db_statement, const struct db_field *);
static int fill(const struct slot *, enum db_statement, struct arena *,
    void *row);

struct db *
db_open(const char *path, enum db_use use)
{
	struct engine *engine = engine_open(path, use);
	struct db *db;
	int version;

	if (engine == NULL)
		return NULL;
	version = engine_version(engine);
	if (version > db_schema_version())
		log_fault("db.open",
		    "path=%s schema=%d known=%d reason=\"it is newer than this "
		    "program: install that version, or restore a copy from "
		    "before\"",
		    path, version, db_schema_version());
	if (version < 0 || version > db_schema_version()) {
		engine_close(engine);
		return NULL;
	}
	db = mem_get(sizeof(*db));
	db->engine = engine;
	return db;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (int i = 0; i < SQL_STATEMENTS; i++) {
		engine_forget(db->slots[i].plan);
		free(db->slots[i].columns);
	}
	engine_close(db->engine);
	free(db);
}

static int
migrate(struct db *db, const struct db_migration *next)
{
	if (db_begin(db) < 0)
		return -1;
	if (engine_script(db->engine, next->name, next->sql) < 0 ||
	    engine_set_version(db->engine, next->number) < 0 ||
	    db_commit(db) < 0) {
		db_rollback(db);
		return -1;
	}
	return 0;
}

int
db_migrate(struct db *db)
{
	int version = engine_version(db->engine);

	if (version < 0)
		return -1;
	for (int i = version; i < DB_MIGRATIONS; i++)
		if (migrate(db, &db_migrations[i]) < 0)
			return -1;
	return 0;
}

int
db_schema_version(void)
{
	return DB_MIGRATIONS;
}

bool
db_outdated(struct db *db)
{
	return engine_version(db->engine) != db_schema_version();
}

int
db_check(struct db *db)
{
	int result = 0;

	for (int i = 0; i < SQL_STATEMENTS; i++)
		if (ready(db, (enum db_statement)i) < 0)
			result = -1;
	return result;
}

int
db_begin(struct db *db)
{
	return engine_do(db->engine, VERB_BEGIN);
}

int
db_commit(struct db *db)
{
	return engine_do(db->engine, VERB_COMMIT);
}

void
db_rollback(struct db *db)
{
	engine_do(db->engine, VERB_ROLLBACK);
}

int
db_save(struct db *db)
{
	return engine_do(db->engine, VERB_SAVE);
}

int
db_release(struct db *db)
{
	return engine_do(db->engine, VERB_RELEASE);
}

void
db_undo(struct db *db)
{
	if (engine_do(db->engine, VERB_RETURN) == 0)
		engine_do(db->engine, VERB_RELEASE);
}

bool
db_doomed(const struct db *db)
{
	return engine_doomed(db->engine);
}

int64_t
db_changes(const struct db *db)
{
	return engine_all_changes(db->engine);
}

void
db_watch(struct db *db, struct marks *marks)
{
	db->marks = marks;
}

void
db_touch(struct db *db, uint64_t key)
{
	if (db->marks != NULL)
		marks_touch(db->marks, key);
}

void
db_checkpoint(struct db *db)
{
	engine_checkpoint(db->engine);
}

void
db_scrub(struct db *db)
{
	engine_scrub(db->engine);
}

void
db_tend(struct db *db, bool quiet)
{
	engine_tend(db->engine, quiet);
}

int
db_snapshot(struct db *db)
{
	return engine_do(db->engine, VERB_SNAPSHOT);
}

void
db_snapshot_end(struct db *db)
{
	engine_do(db->engine, VERB_ROLLBACK);
}

int
db_do_(struct db *db, enum db_statement id, const void *args)
{
	int result = start(db, id, args);
	int64_t changes;

	while (result == 1)
		result = engine_step(db->slots[id].plan);
	result = finish(db, id, result);
	if (result < 0)
		return result;
	changes = engine_changes(db->slots[id].plan);
	return changes > INT_MAX ? INT_MAX : (int)changes;
}

int
db_must_(struct db *db, enum db_statement id, const void *args)
{
	int result = db_do_(db, id, args);

	if (result == DB_CONFLICT)
		log_fault("db.conflict", "statement=%s",
		    db_statements[id].name);
	return result < 0 ? DB_FAULT : 0;
}

int
db_one_(struct db *db, struct arena *arena, const struct db_field *fields,
    void *out, enum db_statement id, const void *args)
{
	int result = start(db, id, args);

	if (result == 1 &&
	    (match(&db->slots[id], id, fields) < 0 ||
		fill(&db->slots[id], id, arena, out) < 0))
		result = DB_FAULT;
	return finish(db, id, result);
}

/* The array doubles in the arena: what is left behind is less than what is
 * kept. */
int
db_all_(struct db *db, struct arena *arena, const struct db_field *fields,
    size_t row_size, void **out, enum db_statement id, const void *args)
{
	struct slot *slot = &db->slots[id];
	size_t count = 0, room = 0;
	char *rows = NULL;
	int result = start(db, id, args);

	*out = NULL;
	if (result == 1 && match(slot, id, fields) < 0)
		result = DB_FAULT;
	for (; result == 1; result = engine_step(slot->plan)) {
		if (count == room) {
			char *more;
			room = room == 0 ? 16 : 2 * room;
			more = arena_get(arena, room * row_size);
			if (count > 0)
				memcpy(more, rows, count * row_size);
			rows = more;
		}
		if (fill(slot, id, arena, rows + count * row_size) < 0) {
			result = DB_FAULT;
			break;
		}
		count++;
	}
	result = finish(db, id, result);
	if (result < 0)
		return result;
	*out = rows;
	return (int)count;
}

int
db_value_(struct db *db, int64_t *out, enum db_statement id, const void *args)
{
	int result = start(db, id, args);
	struct cell cell;

	if (result == 1) {
		cell = engine_cell(db->slots[id].plan, 0);
		*out = cell.number;
		if (cell.kind != CELL_INT && cell.kind != CELL_NULL) {
			log_fault("db.type", "statement=%s reason=no integer",
			    db_statements[id].name);
			result = DB_FAULT;
		}
	}
	return finish(db, id, result);
}

static int
ready(struct db *db, enum db_statement id)
{
	struct slot *slot = &db->slots[id];

	if (slot->plan == NULL)
		slot->plan = engine_prepare(db->engine, db_statements[id].name,
		    db_statements[id].sql);
	return slot->plan == NULL ? DB_FAULT : 0;
}

static struct cell
argument(const struct db_param *param, const void *args)
{
	const void *at = (const char *)args + param->offset;
	struct cell cell = { 0 };

	switch (param->kind) {
	case DB_PARAM_INT:
		cell.kind = CELL_INT;
		cell.number = *(const int64_t *)at;
		break;
	case DB_PARAM_TEXT:
		cell.bytes.data = *(const char *const *)at;
		if (cell.bytes.data == NULL)
			break;
		cell.kind = CELL_TEXT;
		cell.bytes.len = strlen(cell.bytes.data);
		break;
	case DB_PARAM_BLOB:
		cell.bytes = *(const struct bytes *)at;
		if (cell.bytes.data != NULL)
			cell.kind = CELL_BLOB;
		break;
	}
	return cell;
}

/* Binds and takes the first step: 1 a row, 0 none, DB_CONFLICT, DB_FAULT. */
static int
start(struct db *db, enum db_statement id, const void *args)
{
	const struct db_statement_info *info = &db_statements[id];
	struct plan *plan;

	if (ready(db, id) < 0)
		return DB_FAULT;
	plan = db->slots[id].plan;
	for (int i = 0; i < info->params; i++)
		if (engine_bind(plan, i + 1, argument(&info->param[i], args)) <
		    0)
			return DB_FAULT;
	return engine_step(plan);
}

/* Every call ends here, also after a fault: no cursor stays open. */
static int
finish(struct db *db, enum db_statement id, int result)
{
	struct plan *plan = db->slots[id].plan;
	int end;

	if (plan == NULL)
		return result;
	end = engine_reset(plan);
	return result < 0 ? result : end < 0 ? end : result;
}

static int
column_of(const struct plan *plan, const char *name)
{
	for (int i = 0, n = engine_columns(plan); i < n; i++)
		if (strcmp(engine_column(plan, i), name) == 0)
			return i;
	return -1;
}

static int
match(struct slot *slot, enum db_statement id, const struct db_field *fields)
{
	size_t count = 0;
	int *columns;

	if (slot->fields == fields)
		return 0;
	while (fields[count].name != NULL)
		count++;
	columns = mem_get((count + 1) * sizeof(*columns));
	for (size_t i = 0; i < count; i++) {
		columns[i] = column_of(slot->plan, fields[i].name);
		if (columns[i] >= 0)
			continue;
		log_fault("db.field", "statement=%s field=%s reason=no column",
		    db_statements[id].name, fields[i].name);
		free(columns);
		return DB_FAULT;
	}
	free(slot->columns);
	slot->columns = columns;
	slot->fields = fields;
	return 0;
}

static bool
fits(enum db_kind kind, struct cell cell)
{
	switch (cell.kind) {
	case CELL_NULL:
		return true;
	case CELL_INT:
		return kind == DB_KIND_INT ||
		    (kind == DB_KIND_INT32 && cell.number >= INT_MIN &&
			cell.number <= INT_MAX);
	case CELL_TEXT:
		return kind == DB_KIND_TEXT;
	case CELL_BLOB:
		return kind == DB_KIND_BLOB;
	}
	return false;
}

static void
store(struct arena *arena, enum db_kind kind, struct cell cell, void *to)
{
	switch (kind) {
	case DB_KIND_INT:
		*(int64_t *)to = cell.number;
		break;
	case DB_KIND_INT32:
		*(int *)to = (int)cell.number;
		break;
	case DB_KIND_TEXT:
		*(char **)to = cell.kind == CELL_NULL
		    ? NULL
		    : arena_dup_len(arena, cell.bytes.data, cell.bytes.len);
		break;
	case DB_KIND_BLOB:
		*(struct bytes *)to = cell.kind == CELL_NULL
		    ? (struct bytes) { 0 }
		    : arena_bytes(arena, cell.bytes.data, cell.bytes.len);
		break;
	}
}

static int
fill(const struct slot *slot, enum db_statement id, struct arena *arena,
    void *row)
{
	for (size_t i = 0; slot->fields[i].name != NULL; i++) {
		const struct db_field *field = &slot->fields[i];
		struct cell cell = engine_cell(slot->plan, slot->columns[i]);

		if (!fits(field->kind, cell)) {
			log_fault("db.type",
			    "statement=%s field=%s reason=another type",
			    db_statements[id].name, field->name);
			return DB_FAULT;
		}
		store(arena, field->kind, cell, (char *)row + field->offset);
	}
	return 0;
}
