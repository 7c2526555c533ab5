/*
 * sql/NAME.sql -> statements.h, statements.c: every statement that stands
 * under a line such as
 *
 *	-- name: session_add(id, starts_at, code text, box blob)
 *
 * becomes SQL_session_add, a struct of its parameters and a row of
 * db_statements[]; sql/schema/NNN-NAME.sql becomes a row of db_migrations[].
 * Named parameters are numbered, since PostgreSQL knows no names.  What is
 * declared must be used and the other way round.
 *
 *	statements OUT_DIR FILE.sql...
 */
#include "gen/tool.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct param {
	char *name;
	enum { INT, TEXT, BLOB } kind;
	bool used;
};

struct statement {
	const char *path;
	int line;
	char *name;
	struct param *params;
	size_t count;
	char *sql;
};

struct migration {
	int number;
	struct source text;
};

static const char *const c_type[] = {
	[INT] = "int64_t ",
	[TEXT] = "const char *",
	[BLOB] = "struct bytes ",
};
static const char *const c_kind[] = {
	[INT] = "DB_PARAM_INT",
	[TEXT] = "DB_PARAM_TEXT",
	[BLOB] = "DB_PARAM_BLOB",
};

static struct statement *statements;
static size_t statement_count;
static struct migration *migrations;
static size_t migration_count;

static void add_migration(const char *path);
static void read_statements(const char *path);
static bool pass_comment(struct source *);
static void read_declaration(struct source *, struct statement *);
static void read_param(struct source *, struct statement *);
static void declaration_blank(struct source *);
static void read_sql(struct source *, struct statement *);
static void copy_quoted(struct source *, FILE *to);
static void number_param(struct source *, struct statement *, FILE *to);
static void check(const struct statement *);
static void write_header(const char *dir);
static void write_tables(const char *dir);

int
main(int argc, char **argv)
{
	if (argc < 2)
		die("usage", 0, "statements OUT_DIR FILE.sql...");
	for (int i = 2; i < argc; i++) {
		if (isdigit((unsigned char)*path_name(argv[i])))
			add_migration(argv[i]);
		else
			read_statements(argv[i]);
	}
	complaints_end();
	write_header(argv[1]);
	write_tables(argv[1]);
}

/* Migrations are numbered from 1 without holes, in the order given. */
static void
add_migration(const char *path)
{
	struct migration m = { .text = source_open(path) };
	m.number = (int)strtol(path_name(path), NULL, 10);
	if (m.number != (int)migration_count + 1)
		complain(path, 0, "migration %d, expected %zu", m.number,
		    migration_count + 1);
	migrations = take_more(migrations, migration_count, sizeof(m));
	migrations[migration_count++] = m;
}

static void
read_statements(const char *path)
{
	struct source s = source_open(path);
	for (;;) {
		source_blank(&s);
		if (!*s.at)
			return;
		if (strncmp(s.at, "-- name:", 8) != 0) {
			if (pass_comment(&s))
				continue;
			die(path, s.line, "no '-- name:' line above this");
		}
		struct statement new = { .path = path, .line = s.line };
		source_skip(&s, "-- name:");
		read_declaration(&s, &new);
		read_sql(&s, &new);
		check(&new);
		statements = take_more(statements, statement_count,
		    sizeof(new));
		statements[statement_count++] = new;
	}
}

static bool
pass_comment(struct source *s)
{
	int line = s->line;
	if (source_skip(s, "--")) {
		while (*s->at && *s->at != '\n')
			source_next(s);
		return true;
	}
	if (!source_skip(s, "/*"))
		return false;
	while (!source_skip(s, "*/")) {
		if (!source_next(s))
			die(s->path, line, "comment without an end");
	}
	return true;
}

/* session_add(id, code text): may go on in further `--` lines. */
static void
read_declaration(struct source *s, struct statement *st)
{
	declaration_blank(s);
	st->name = source_word(s);
	declaration_blank(s);
	if (!st->name || !source_skip(s, "("))
		die(s->path, s->line, "expected '-- name: module_verb(...)'");
	declaration_blank(s);
	if (!source_skip(s, ")")) {
		do
			read_param(s, st);
		while (source_skip(s, ","));
		if (!source_skip(s, ")"))
			die(s->path, s->line, "%s: expected ',' or ')'",
			    st->name);
	}
	while (*s->at == ' ' || *s->at == '\t')
		source_next(s);
	if (*s->at && *s->at != '\n')
		die(s->path, s->line, "%s: unexpected text behind ')'",
		    st->name);
}

static void
read_param(struct source *s, struct statement *st)
{
	struct param p = { 0 };
	declaration_blank(s);
	p.name = source_word(s);
	if (!p.name)
		die(s->path, s->line, "%s: expected a parameter", st->name);
	declaration_blank(s);
	const char *kind = source_word(s);
	if (kind && strcmp(kind, "text") == 0)
		p.kind = TEXT;
	else if (kind && strcmp(kind, "blob") == 0)
		p.kind = BLOB;
	else if (kind && strcmp(kind, "int") != 0)
		die(s->path, s->line, "%s: '%s' is not int, text or blob",
		    st->name, kind);
	declaration_blank(s);
	for (size_t i = 0; i < st->count; i++)
		if (strcmp(st->params[i].name, p.name) == 0)
			complain(s->path, s->line, "%s: two parameters '%s'",
			    st->name, p.name);
	st->params = take_more(st->params, st->count, sizeof(p));
	st->params[st->count++] = p;
}

static void
declaration_blank(struct source *s)
{
	for (;;) {
		while (*s->at == ' ' || *s->at == '\t')
			source_next(s);
		if (*s->at != '\n' || strncmp(s->at, "\n--", 3) != 0 ||
		    strncmp(s->at, "\n-- name:", 9) == 0)
			return;
		source_skip(s, "\n--");
	}
}

/* Up to the semicolon, without comments, white space made single. */
static void
read_sql(struct source *s, struct statement *st)
{
	size_t len;
	FILE *to = open_memstream(&st->sql, &len);
	if (!to)
		die(s->path, s->line, "memory: none left");
	for (bool gap = false, begun = false; *s->at != ';';) {
		if (strncmp(s->at, "-- name:", 8) == 0 || !*s->at)
			die(st->path, st->line, "%s: no ';' at its end",
			    st->name);
		if (isspace((unsigned char)*s->at) || pass_comment(s)) {
			source_blank(s);
			gap = true;
			continue;
		}
		if (gap && begun)
			fputc(' ', to);
		gap = false;
		begun = true;
		if (*s->at == '\'' || *s->at == '"')
			copy_quoted(s, to);
		else if (*s->at == ':')
			number_param(s, st, to);
		else if (strchr("?@$", *s->at))
			die(s->path, s->line, "%s: write :name, not '%c'",
			    st->name, *s->at);
		else
			fputc(source_next(s), to);
	}
	source_next(s);
	fclose(to);
}

/* A doubled quote inside is two literals side by side to us: the same. */
static void
copy_quoted(struct source *s, FILE *to)
{
	int line = s->line;
	char quote = source_next(s);
	fputc(quote, to);
	for (char c = 0; c != quote;) {
		c = source_next(s);
		if (!c)
			die(s->path, line, "%c without an end", quote);
		fputc(c, to);
	}
}

static void
number_param(struct source *s, struct statement *st, FILE *to)
{
	source_next(s);
	const char *name = source_word(s);
	if (!name)
		die(s->path, s->line, "%s: ':' without a name", st->name);
	for (size_t i = 0; i < st->count; i++) {
		if (strcmp(st->params[i].name, name) != 0)
			continue;
		st->params[i].used = true;
		fprintf(to, "?%zu", i + 1);
		return;
	}
	complain(s->path, s->line, "%s: ':%s' is not declared", st->name, name);
}

static void
check(const struct statement *st)
{
	if (!*st->sql)
		complain(st->path, st->line, "%s: no SQL", st->name);
	for (size_t i = 0; i < st->count; i++)
		if (!st->params[i].used)
			complain(st->path, st->line, "%s: '%s' is not used",
			    st->name, st->params[i].name);
	for (size_t i = 0; i < statement_count; i++)
		if (strcmp(statements[i].name, st->name) == 0)
			complain(st->path, st->line,
			    "%s: stands at %s:%d already", st->name,
			    statements[i].path, statements[i].line);
}

static void
write_header(const char *dir)
{
	struct output *o = output_open(dir, "statements.h");
	put(o,
	    "/* Written by server/gen/statements.c from sql/. */\n"
	    "#ifndef STATEMENTS_H\n"
	    "#define STATEMENTS_H\n\n"
	    "#include <stddef.h>\n"
	    "#include <stdint.h>\n\n"
	    "#include \"base/mem.h\"\n\n"
	    "enum db_statement {\n");
	for (size_t i = 0; i < statement_count; i++)
		put(o, "\tSQL_%s,\n", statements[i].name);
	put(o,
	    "\tSQL_STATEMENTS\n};\n\n"
	    "enum db_param_kind { DB_PARAM_INT, DB_PARAM_TEXT, "
	    "DB_PARAM_BLOB };\n\n"
	    "/* Where the value of ?1, ?2, ... stands in its struct. */\n"
	    "struct db_param {\n"
	    "\tenum db_param_kind kind;\n\tsize_t offset;\n};\n\n"
	    "struct db_statement_info {\n"
	    "\tconst char *name, *sql;\n\tint params;\n"
	    "\tconst struct db_param *param;\n};\n"
	    "extern const struct db_statement_info db_statements[];\n\n"
	    "/* In order, numbered from 1. */\n"
	    "struct db_migration {\n"
	    "\tint number;\n\tconst char *name, *sql;\n};\n"
	    "extern const struct db_migration db_migrations[];\n"
	    "#define DB_MIGRATIONS %zu\n",
	    migration_count);
	for (size_t i = 0; i < statement_count; i++) {
		const struct statement *st = &statements[i];
		put(o, "\nstruct sql_%s {\n\tchar none_;\n", st->name);
		for (size_t j = 0; j < st->count; j++)
			put(o, "\t%s%s;\n", c_type[st->params[j].kind],
			    st->params[j].name);
		put(o, "};\n");
	}
	put(o, "\n#endif\n");
	output_close(o);
}

static void
write_tables(const char *dir)
{
	struct output *o = output_open(dir, "statements.c");
	put(o,
	    "/* Written by server/gen/statements.c from sql/. */\n"
	    "#include \"statements.h\"\n\n"
	    "const struct db_statement_info "
	    "db_statements[SQL_STATEMENTS + 1] = {\n");
	for (size_t i = 0; i < statement_count; i++) {
		const struct statement *st = &statements[i];
		put(o, "\t[SQL_%s] = { \"%s\",\n\t    ", st->name, st->name);
		put_string(o, st->sql, strlen(st->sql));
		put(o, ",\n\t    %zu, ", st->count);
		put(o, st->count ? "(const struct db_param[]){\n" : "NULL");
		for (size_t j = 0; j < st->count; j++)
			put(o, "\t\t{ %s, offsetof(struct sql_%s, %s) },\n",
			    c_kind[st->params[j].kind], st->name,
			    st->params[j].name);
		put(o, st->count ? "\t    } },\n" : " },\n");
	}
	put(o,
	    "};\n\nconst struct db_migration "
	    "db_migrations[DB_MIGRATIONS + 1] = {\n");
	for (size_t i = 0; i < migration_count; i++) {
		const struct migration *m = &migrations[i];
		put(o, "\t{ %d, \"%s\",\n\t    ", m->number,
		    path_name(m->text.path));
		put_string(o, m->text.at, m->text.len);
		put(o, " },\n");
	}
	put(o, "\t{ .name = NULL }\n};\n");
	output_close(o);
}
