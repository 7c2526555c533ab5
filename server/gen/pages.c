/*
 * The template compiler: client/pages/NAME.html -> pages.h, pages.c and
 * client/pages/NAME.txt -> letters.h, letters.c.  A template is one C
 * function that writes the text as it stands and, between braces:
 *
 *	{use "web/slots.h"}	#include
 *	{page slots(const struct slots_page *p)}	{letter ...} in .txt
 *	{expr}			a C expression, escaped by its type
 *	{_ slots.title}		a text of the catalogue; {_ (expr)} computed
 *	{_ hold.left, p->left}	the same with {1}, {2}, ... filled
 *	{> date(p->at)}		another template or a C function page_date()
 *	{if expr} {elif expr} {else} {for a; b; c} {end}
 *	{asset style.css}	the address of a static file
 *	{# comment #}  {{	nothing; a brace
 *
 * What a page writes in an attribute or an element that holds no markup is
 * written with o->bare above 0, also by the templates that it calls there.
 *
 * In pages a run of white space with a line break is one line break, none at
 * the end of the file; in letters white space stays.  A line that holds only
 * a tag that writes nothing vanishes.
 *
 *	pages OUT_DIR FILE.html... FILE.txt...
 */
#include "gen/markup.h"
#include "gen/tool.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

/* The two kinds of template and what their generated files are called. */
struct kind {
	const char *suffix, *word, *file, *header;
	struct output *code, *declarations;
};

/* A template being compiled. */
struct sheet {
	struct source s;
	const char *from; /* where s began */
	struct kind *kind;
	char *name; /* of the file, so of the function */
	bool begun; /* {page} was met */
	bool fresh; /* at the beginning of a line */
	char *text; /* waiting to be written */
	size_t text_len;
	struct markup markup; /* up to here */
	struct {
		int line;
		bool loop, last; /* {for}; {else} was met */
	} open[32];
	size_t depth;
};

static struct kind kinds[] = {
	{ ".html", "page", "pages", "web/page.h", NULL, NULL },
	{ ".txt", "letter", "letters", "mail/letter.h", NULL, NULL },
};

static void compile(const char *path);
static void read_text(struct sheet *);
static void blank_html(struct sheet *);
static void drop_line(struct sheet *, const char *tag);
static void add_text(struct sheet *, const char *, size_t);
static void flush_text(struct sheet *);
static void read_tag(struct sheet *);
static void write_tag(struct sheet *, char *body, int line);
static char *tag_body(struct sheet *);
static bool writes_nothing(const char *body);
static char *behind(char *body, const char *word);
static void begin(struct sheet *, const char *signature, int line);
static void declare_structs(struct output *, const char *signature);
static void include(struct sheet *, const char *file, int line);
static bool control(struct sheet *, char *body, int line);
static void open_block(struct sheet *, int line, bool loop);
static void close_block(struct sheet *, int line);
static void write_text(struct sheet *, char *body, int line);
static void write_asset(struct sheet *, const char *name, int line);
static void write_part(struct sheet *, const char *call, int line);
static void code(struct sheet *, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

int
main(int argc, char **argv)
{
	if (argc < 2)
		die("usage", 0, "pages OUT_DIR FILE...");
	for (struct kind *k = kinds; k < kinds + 2; k++) {
		k->declarations = output_open(argv[1],
		    take_print("%s.h", k->file));
		k->code = output_open(argv[1], take_print("%s.c", k->file));
		put(k->declarations,
		    "/* Written by server/gen/pages.c from client/pages. */\n"
		    "#pragma once\n\n#include \"%s\"\n\n",
		    k->header);
		put(k->code,
		    "/* Written by server/gen/pages.c from client/pages. */\n"
		    "#include \"%s.h\"\n%s",
		    k->file, k == kinds ? "#include \"assets.h\"\n" : "");
	}
	for (int i = 2; i < argc; i++)
		compile(argv[i]);
	for (struct kind *k = kinds; k < kinds + 2; k++) {
		output_close(k->declarations);
		output_close(k->code);
	}
}

static void
compile(const char *path)
{
	struct sheet t = { .s = source_open(path), .fresh = true };
	const char *name = path_name(path), *dot = strrchr(name, '.');

	for (struct kind *k = kinds; dot && k < kinds + 2; k++)
		if (strcmp(dot, k->suffix) == 0)
			t.kind = k;
	if (!t.kind)
		die(path, 0, "a template is called NAME.html or NAME.txt");
	t.name = take_part(name, (size_t)(dot - name));
	t.from = t.s.at;
	while (*t.s.at) {
		read_text(&t);
		if (*t.s.at)
			read_tag(&t);
	}
	if (!t.begun)
		die(path, 0, "no {%s %s(...)}", t.kind->word, t.name);
	flush_text(&t);
	if (t.depth)
		die(path, t.open[t.depth - 1].line, "no {end} to this");
	if (markup_bare(&t.markup))
		die(path, t.s.line, "<%s> is open at the end", t.markup.name);
	put(t.kind->code, "}\n");
}

/* Up to the next tag or the end. */
static void
read_text(struct sheet *t)
{
	struct source *s = &t->s;
	bool letter = t->kind != kinds;
	while (*s->at) {
		if (source_skip(s, "{{"))
			add_text(t, "{", 1);
		else if (*s->at == '{')
			return;
		else if (isspace((unsigned char)*s->at) && !letter)
			blank_html(t);
		else {
			char c = source_next(s);
			add_text(t, &c, 1);
		}
	}
}

static void
blank_html(struct sheet *t)
{
	const char *from = t->s.at;
	int line = t->s.line;
	source_blank(&t->s);
	if (line == t->s.line)
		add_text(t, from, (size_t)(t->s.at - from));
	else if (!t->fresh && *t->s.at)
		add_text(t, "\n", 1);
}

/* Takes a letter's line away when a tag that writes nothing is all of it. */
static void
drop_line(struct sheet *t, const char *tag)
{
	const char *before = tag, *after = t->s.at;
	while (before > t->from && (before[-1] == ' ' || before[-1] == '\t'))
		before--;
	after += strspn(after, " \t");
	if ((before > t->from && before[-1] != '\n') ||
	    (*after && *after != '\n'))
		return;
	t->text_len -= (size_t)(tag - before);
	while (t->s.at < after || *t->s.at == '\n')
		if (source_next(&t->s) == '\n')
			return;
}

static void
add_text(struct sheet *t, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		t->text = take_more(t->text, t->text_len, 1);
		t->text[t->text_len++] = s[i];
	}
	t->fresh = s[len - 1] == '\n';
}

static void
flush_text(struct sheet *t)
{
	size_t len = t->text_len;
	t->text_len = 0;
	if (t->kind == kinds)
		markup_pass(&t->markup, t->text, len);
	if (!t->begun) {
		for (size_t i = 0; i < len; i++)
			if (!isspace((unsigned char)t->text[i]))
				die(t->s.path, t->s.line,
				    "text before {%s %s(...)}", t->kind->word,
				    t->name);
		return;
	}
	if (!len)
		return;
	put(t->kind->code, "%s_put(o, ", t->kind->word);
	put_string(t->kind->code, t->text, len);
	put(t->kind->code, ", %zu);\n", len);
}

static void
read_tag(struct sheet *t)
{
	const char *tag = t->s.at, *path = t->s.path;
	int line = t->s.line;
	char *body = tag_body(t), *rest;
	bool quiet = writes_nothing(body);
	if (quiet && t->kind != kinds)
		drop_line(t, tag);
	if (*body == '#')
		return;
	flush_text(t);
	t->fresh &= quiet;

	if ((rest = behind(body, "use")))
		include(t, rest, line);
	else if ((rest = behind(body, t->kind->word)))
		begin(t, rest, line);
	else if (!t->begun)
		die(path, line, "{%s} before {%s %s(...)}", body, t->kind->word,
		    t->name);
	else if (!control(t, body, line)) {
		bool bare = markup_bare(&t->markup);
		put(t->kind->code, "%s", bare ? "o->bare++;\n" : "");
		write_tag(t, body, line);
		put(t->kind->code, "%s", bare ? "o->bare--;\n" : "");
	}
}

/* A tag that writes something. */
static void
write_tag(struct sheet *t, char *body, int line)
{
	char *rest;
	if ((rest = behind(body, "asset")))
		write_asset(t, rest, line);
	else if ((rest = behind(body, "_")))
		write_text(t, rest, line);
	else if (*body == '>')
		write_part(t, trim(body + 1), line);
	else if (!*body)
		die(t->s.path, line, "{} is empty; a brace is written {{");
	else
		code(t, line, "%s_value(o, VALUE(%s));", t->kind->word, body);
}

/* What stands between the braces, which nest and may stand in literals. */
static char *
tag_body(struct sheet *t)
{
	struct source *s = &t->s;
	int line = s->line;
	source_next(s);
	const char *from = s->at;
	bool comment = *from == '#';
	char quote = 0;
	for (int depth = 1; depth;) {
		char c = source_next(s);
		if (!c)
			die(s->path, line, "'{' without its '}'");
		if (quote && c == '\\')
			source_next(s);
		else if (quote)
			quote = c == quote ? 0 : quote;
		else if (!comment && (c == '"' || c == '\''))
			quote = c;
		else
			depth += (c == '{') - (c == '}');
	}
	return trim(take_part(from, (size_t)(s->at - 1 - from)));
}

static bool
writes_nothing(const char *body)
{
	static const char *const words[] = { "use", "page", "letter", "if",
		"elif", "else", "for", "end" };
	char *copy = take_part(body, strlen(body));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (behind(copy, words[i]))
			return true;
	return *body == '#';
}

/* What follows the first word of a body if it is this one, else NULL. */
static char *
behind(char *body, const char *word)
{
	size_t len = strlen(word);
	if (strncmp(body, word, len) != 0 ||
	    (body[len] && !isspace((unsigned char)body[len])))
		return NULL;
	return trim(body + len);
}

static void
include(struct sheet *t, const char *file, int line)
{
	size_t len = strlen(file);
	char end = len < 3 ? 0 : file[len - 1];
	if (!(*file == '"' && end == '"') && !(*file == '<' && end == '>'))
		die(t->s.path, line, "expected {use \"dir/file.h\"}");
	if (t->begun)
		die(t->s.path, line, "{use} stands before {%s}", t->kind->word);
	code(t, line, "#include %s", file);
}

/* page slots(const struct slots_page *p) */
static void
begin(struct sheet *t, const char *signature, int line)
{
	size_t len = strlen(t->name);
	const char *params = signature + len + strspn(signature + len, " ");
	if (t->begun)
		die(t->s.path, line, "a second {%s}", t->kind->word);
	if (strncmp(signature, t->name, len) != 0 || *params != '(' ||
	    params[strlen(params) - 1] != ')')
		die(t->s.path, line, "expected {%s %s(...)} as the file's name",
		    t->kind->word, t->name);
	t->begun = true;
	params++;
	bool none = params[strspn(params, " ")] == ')';
	const char *head = take_print("%s_%s(struct %s *o%s%s", t->kind->word,
	    t->name, t->kind->word, none ? "" : ", ", none ? ")" : params);
	declare_structs(t->kind->declarations, params);
	put(t->kind->declarations, "void %s;\n", head);
	code(t, line, "void %s\n{", head);
}

/* A handler includes the generated header without those of each page. */
static void
declare_structs(struct output *to, const char *signature)
{
	struct source s = { .at = signature };
	while (*s.at) {
		const char *word = source_word(&s);
		if (!word) {
			source_next(&s);
			continue;
		}
		source_blank(&s);
		if (strcmp(word, "struct") == 0 && (word = source_word(&s)))
			put(to, "struct %s;\n", word);
	}
}

static bool
control(struct sheet *t, char *body, int line)
{
	char *rest;
	if ((rest = behind(body, "if"))) {
		code(t, line, "if (%s) {", rest);
		open_block(t, line, false);
	} else if ((rest = behind(body, "for"))) {
		code(t, line, "for (%s) {", rest);
		open_block(t, line, true);
	} else if ((rest = behind(body, "elif"))) {
		close_block(t, line);
		if (t->open[t->depth].loop || t->open[t->depth].last)
			die(t->s.path, line, "{elif} without its {if}");
		code(t, line, "} else if (%s) {", rest);
		t->depth++;
	} else if (strcmp(body, "else") == 0) {
		close_block(t, line);
		if (t->open[t->depth].loop || t->open[t->depth].last)
			die(t->s.path, line, "{else} without its {if}");
		put(t->kind->code, "} else {\n");
		t->open[t->depth++].last = true;
	} else if (strcmp(body, "end") == 0) {
		close_block(t, line);
		put(t->kind->code, "}\n");
	} else {
		return false;
	}
	return true;
}

static void
open_block(struct sheet *t, int line, bool loop)
{
	if (t->depth == sizeof(t->open) / sizeof(*t->open))
		die(t->s.path, line, "blocks nest too deep");
	t->open[t->depth].line = line;
	t->open[t->depth].loop = loop;
	t->open[t->depth++].last = false;
}

static void
close_block(struct sheet *t, int line)
{
	if (!t->depth)
		die(t->s.path, line, "nothing is open here");
	t->depth--;
}

/* slots.title | slots.left, p->left | (expr), p->left */
static void
write_text(struct sheet *t, char *body, int line)
{
	char *list = body, *key = next_argument(&list);
	if (!key || !*key)
		die(t->s.path, line, "expected {_ key}");
	if (key[strspn(key, KEY_LETTERS)] == '\0')
		key = take_symbol("T_", key);
	const char *values = "";
	size_t count = 0;
	for (char *value; (value = next_argument(&list)); count++)
		values = take_print("%s%sVALUE(%s)", values, count ? ", " : "",
		    value);
	if (count)
		code(t, line, "%s_text(o, %s, (struct value[]){ %s }, %zu);",
		    t->kind->word, key, values, count);
	else
		code(t, line, "%s_text(o, %s, NULL, 0);", t->kind->word, key);
}

static void
write_asset(struct sheet *t, const char *name, int line)
{
	if (t->kind != kinds)
		die(t->s.path, line, "a letter has no assets");
	const char *symbol = take_symbol("ASSET_", name);
	code(t, line, "page_put(o, %s, sizeof(%s) - 1);", symbol, symbol);
}

static void
write_part(struct sheet *t, const char *call, int line)
{
	struct source s = { .at = call };
	const char *name = source_word(&s);
	source_blank(&s);
	if (!name || !source_skip(&s, "(") || s.at[strlen(s.at) - 1] != ')')
		die(t->s.path, line, "expected {> name(...)}");
	source_blank(&s);
	code(t, line, "%s_%s(o%s%s;", t->kind->word, name,
	    *s.at == ')' ? "" : ", ", s.at);
}

/* C that the compiler finds at the template's line if it is wrong. */
static void
code(struct sheet *t, int line, const char *fmt, ...)
{
	struct output *o = t->kind->code;
	char *text;
	va_list args;
	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		die(t->s.path, line, "memory: none left");
	va_end(args);
	put(o, "#line %d \"%s\"\n", line, t->s.path);
	put(o, "%s\n", text);
	put(o, "#line %d \"%s\"\n", o->line + 1, o->path);
}
