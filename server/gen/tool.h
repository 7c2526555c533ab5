/*
 * What the build tools share: reading sources with their line numbers,
 * errors that editors can jump to, and outputs that appear only when the
 * tool has succeeded.  A tool lives for milliseconds: nothing is freed.
 */
#ifndef GEN_TOOL_H
#define GEN_TOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A source being read; `at` ends in a NUL and moves, `line` follows it. */
struct source {
	const char *path;
	const char *at;
	size_t len;
	int line;
};

struct source source_open(const char *path);
/* The character at `at`, which it passes; 0 at the end. */
char source_next(struct source *);
/* Passes `word` if it stands there. */
bool source_skip(struct source *, const char *word);
/* Passes white space. */
void source_blank(struct source *);
/* Passes and returns an identifier of [A-Za-z0-9_], or NULL. */
char *source_word(struct source *);

/* "path:line: message" (":line" only above 0), then exit 1. */
void die(const char *path, int line, const char *fmt, ...)
    __attribute__((noreturn, format(printf, 3, 4)));
/* The same without the end: complaints_end() exits if there was one. */
void complain(const char *path, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void complaints_end(void);

/* Memory that never fails; sizes in elements. */
void *take(size_t bytes); /* zeroed */
char *take_print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *take_part(const char *s, size_t len);
/* `prefix`, then `name` with '_' for all that C has not in names. */
char *take_symbol(const char *prefix, const char *name);
/* `list` with room for one more than `count`. */
void *take_more(void *list, size_t count, size_t element_bytes);

/* The file's name without directories. */
const char *path_name(const char *path);

/* What keys of texts are made of. */
#define KEY_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789_."

/* Without white space at both ends, in place. */
char *trim(char *s);
/* The next of a list divided by commas outside of brackets and literals, of
 * which `list` keeps the rest; NULL behind the last. */
char *next_argument(char **list);

/*
 * A file to be written.  It reaches the disk in output_close() and only when
 * it differs, so that a failed or idle run leaves times as they are.
 */
struct output {
	char *path;
	FILE *to;
	char *data;
	size_t len;
	int line;	/* of what is written next */
};

struct output *output_open(const char *dir, const char *name);
void put(struct output *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* A C string literal, broken after each line break. */
void put_string(struct output *, const char *s, size_t len);
void output_close(struct output *);

#endif
