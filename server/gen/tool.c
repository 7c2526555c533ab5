/*
 * What the build tools share; see tool.h.
 */
#include "gen/tool.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static int complaints;

static char *read_whole(FILE *, const char *path, size_t *len);
static void report(const char *path, int line, const char *fmt, va_list);

struct source
source_open(const char *path)
{
	FILE *from = fopen(path, "rb");
	if (!from)
		die(path, 0, "%s", strerror(errno));
	struct source s = { .path = path, .line = 1 };
	s.at = read_whole(from, path, &s.len);
	fclose(from);
	return s;
}

char
source_next(struct source *s)
{
	char c = *s->at;
	if (c)
		s->at++;
	if (c == '\n')
		s->line++;
	return c;
}

bool
source_skip(struct source *s, const char *word)
{
	size_t len = strlen(word);
	if (strncmp(s->at, word, len) != 0)
		return false;
	for (; len; len--)
		source_next(s);
	return true;
}

void
source_blank(struct source *s)
{
	while (isspace((unsigned char)*s->at))
		source_next(s);
}

char *
source_word(struct source *s)
{
	const char *from = s->at;
	while (isalnum((unsigned char)*s->at) || *s->at == '_')
		s->at++;
	return s->at > from ? take_part(from, (size_t)(s->at - from)) : NULL;
}

void
die(const char *path, int line, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	report(path, line, fmt, args);
	va_end(args);
	exit(1);
}

void
complain(const char *path, int line, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	report(path, line, fmt, args);
	va_end(args);
	complaints++;
}

void
complaints_end(void)
{
	if (complaints)
		exit(1);
}

void *
take(size_t bytes)
{
	void *p = calloc(1, bytes ? bytes : 1);
	if (!p)
		die("memory", 0, "none left");
	return p;
}

char *
take_print(const char *fmt, ...)
{
	char *s;
	va_list args;
	va_start(args, fmt);
	int len = vasprintf(&s, fmt, args);
	va_end(args);
	if (len < 0)
		die("memory", 0, "none left");
	return s;
}

char *
take_part(const char *s, size_t len)
{
	char *part = take(len + 1);
	memcpy(part, s, len);
	return part;
}

char *
take_symbol(const char *prefix, const char *name)
{
	char *symbol = take_print("%s%s", prefix, name);
	for (char *c = symbol; *c; c++)
		if (!isalnum((unsigned char)*c))
			*c = '_';
	return symbol;
}

void *
take_more(void *list, size_t count, size_t element_bytes)
{
	void *p = reallocarray(list, count + 1, element_bytes);
	if (!p)
		die("memory", 0, "none left");
	memset((char *)p + count * element_bytes, 0, element_bytes);
	return p;
}

const char *
path_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

char *
next_argument(char **list)
{
	char *from = *list, quote = 0;
	int depth = 0;
	if (!from)
		return NULL;
	for (char *c = from; *c; c++) {
		if (quote && *c == '\\' && c[1])
			c++;
		else if (quote)
			quote = *c == quote ? 0 : quote;
		else if (*c == '"' || *c == '\'')
			quote = *c;
		else if (strchr("([{", *c))
			depth++;
		else if (strchr(")]}", *c))
			depth--;
		else if (*c == ',' && depth == 0) {
			*c = '\0';
			*list = c + 1;
			return trim(from);
		}
	}
	*list = NULL;
	return trim(from);
}

char *
trim(char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	size_t len = strlen(s);
	while (len && isspace((unsigned char)s[len - 1]))
		s[--len] = '\0';
	return s;
}

struct output *
output_open(const char *dir, const char *name)
{
	struct output *o = take(sizeof(*o));
	o->path = take_print("%s/%s", dir, name);
	o->to = open_memstream(&o->data, &o->len);
	o->line = 1;
	if (!o->to)
		die(o->path, 0, "%s", strerror(errno));
	return o;
}

void
put(struct output *o, const char *fmt, ...)
{
	va_list args;
	char *s;
	va_start(args, fmt);
	int len = vasprintf(&s, fmt, args);
	va_end(args);
	if (len < 0)
		die("memory", 0, "none left");
	for (const char *c = s; *c; c++)
		o->line += *c == '\n';
	fputs(s, o->to);
	free(s);
}

void
put_string(struct output *o, const char *s, size_t len)
{
	put(o, "\"");
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c == '\n')
			put(o, "\\n%s", i + 1 < len ? "\"\n\t    \"" : "");
		else if (c == '"' || c == '\\' || c == '?')
			put(o, "\\%c", c);
		else if (c < ' ' || c == 0x7f)
			put(o, "\\%03o", c);
		else
			fputc(c, o->to);
	}
	put(o, "\"");
}

void
output_close(struct output *o)
{
	if (fclose(o->to) != 0)
		die(o->path, 0, "%s", strerror(errno));

	FILE *old = fopen(o->path, "rb");
	if (old) {
		size_t len;
		const char *data = read_whole(old, o->path, &len);
		fclose(old);
		if (len == o->len && memcmp(data, o->data, len) == 0)
			return;
	}
	FILE *to = fopen(o->path, "wb");
	if (!to)
		die(o->path, 0, "%s", strerror(errno));
	if (fwrite(o->data, 1, o->len, to) != o->len || fclose(to) != 0)
		die(o->path, 0, "%s", strerror(errno));
}

static char *
read_whole(FILE *from, const char *path, size_t *len)
{
	size_t room = 1 << 16;
	char *data = take(room);
	*len = 0;
	for (size_t got;
	     (got = fread(data + *len, 1, room - *len - 1, from));) {
		*len += got;
		if (*len < room - 1)
			continue;
		room *= 2;
		data = realloc(data, room);
		if (!data)
			die("memory", 0, "none left");
	}
	if (ferror(from))
		die(path, 0, "%s", strerror(errno));
	data[*len] = '\0';
	return data;
}

static void
report(const char *path, int line, const char *fmt, va_list args)
{
	fputs(path, stderr);
	if (line > 0)
		fprintf(stderr, ":%d", line);
	fputs(": ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
}
