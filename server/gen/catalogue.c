/*
 * client/po/NAME.LANG.po -> catalogue.h, catalogue.c: every msgid such as
 * "slots.title" becomes T_slots_title, whose text stands there plain, as
 * HTML, and as HTML without markup.  Keys that end in `_html` hold markup
 * already; their other forms are without tags.  Every key has a text in every
 * language but those of the office in a language that it does not speak.
 *
 *	catalogue OUT_DIR FILE.po...
 *	catalogue --check FILE.po... -- SOURCE...
 *
 * --check, for make lint, also wants every key used in a source, the same
 * {1}, {2}, ... in every language, no kana or kanji in other languages than
 * Japanese, a reading for every kanji in easy Japanese, and no text that is
 * equal to the Japanese one though it might differ; the comment `#. same`
 * above a key allows a foreign or an equal text.
 */
#include "gen/ruby.h"
#include "gen/tool.h"

#include <ctype.h>
#include <gettext-po.h>
#include <stdlib.h>
#include <string.h>

/* The languages, Japanese first, in the order in which pages offer them. */
enum { JA, EASY, EN, LANGS };
static const struct {
	const char *code; /* in addresses and catalogues */
	const char *upper; /* in C */
	const char *tag; /* in HTML */
	bool readings; /* above every kanji */
	bool office; /* spoken in the office */
} langs[LANGS] = {
	{ "ja", "JA", "ja", false, true },
	{ "easy", "EASY", "ja", true, false },
	{ "en", "EN", "en", false, true },
};

/* The catalogues of pages behind the sign-in. */
static const char *const office[] = { "account", "answers", "desk", "flyer",
	"staff", "tidings" };

struct entry {
	char *key, *symbol;
	bool markup, office, same, used;
	struct {
		const char *text, *path;
		int line;
	} in[LANGS];
};

static struct entry *entries;
static size_t count;

static void read_catalogue(const char *path);
static int lang_of(const char *path);
static bool is_office(const char *path);
static const char *lang_list(void);
static void add(po_message_t, const char *path, const char *whole, int lang);
static struct entry *entry_of(const char *key);
static int by_symbol(const void *, const void *);
static int by_key(const void *, const void *);
static void entries_end(void);
static void check_texts(void);
static void check_text(const struct entry *, int lang);
static void check_use(char **sources, int n);
static void note_uses(struct source);
static unsigned arguments(const char *text);
static void write_header(const char *dir);
static void write_tables(const char *dir);
static void write_table(struct output *, enum writing);
static const char *written(const char *text, bool markup, enum writing);
static char *html_of(const char *text);
static char *plain_of(const char *markup);

int
main(int argc, char **argv)
{
	if (argc < 2)
		die("usage", 0, "catalogue OUT_DIR|--check FILE.po... ");
	bool check = strcmp(argv[1], "--check") == 0;
	int i = 2;
	for (; i < argc && strcmp(argv[i], "--") != 0; i++)
		read_catalogue(argv[i]);
	entries_end();
	if (check) {
		check_texts();
		check_use(argv + i, argc - i);
		complaints_end();
	} else {
		if (count)
			qsort(entries, count, sizeof(*entries), by_key);
		write_header(argv[1]);
		write_tables(argv[1]);
	}
}

static void
po_error(int severity, po_message_t message, const char *path, size_t line,
    size_t column, int many_lines, const char *text)
{
	(void)message, (void)column, (void)many_lines;
	complain(path ? path : "catalogue", line < 1 << 20 ? (int)line : 0,
	    "%s", text);
	if (severity == PO_SEVERITY_FATAL_ERROR)
		exit(1);
}

static void
po_error_two(int severity, po_message_t message, const char *path, size_t line,
    size_t column, int many_lines, const char *text, po_message_t message2,
    const char *path2, size_t line2, size_t column2, int many_lines2,
    const char *text2)
{
	po_error(severity, message, path, line, column, many_lines, text);
	po_error(severity, message2, path2, line2, column2, many_lines2, text2);
}

static void
read_catalogue(const char *path)
{
	static const struct po_xerror_handler handler = { po_error,
		po_error_two };
	int lang = lang_of(path);
	if (is_office(path) && !langs[lang].office)
		die(path, 0, "the office does not speak '%s'",
		    langs[lang].code);
	struct source s = source_open(path);
	po_file_t file = po_file_read(path, &handler);
	if (!file)
		die(path, 0, "not a catalogue");
	po_message_iterator_t all = po_message_iterator(file, NULL);
	for (po_message_t m; (m = po_next_message(all));)
		if (*po_message_msgid(m) && !po_message_is_obsolete(m))
			add(m, path, s.at, lang);
	po_message_iterator_free(all);
}

/* pages.ja.po is JA. */
static int
lang_of(const char *path)
{
	for (int lang = 0; lang < LANGS; lang++) {
		const char *end = take_print(".%s.po", langs[lang].code);
		if (strlen(path) > strlen(end) &&
		    strcmp(path + strlen(path) - strlen(end), end) == 0)
			return lang;
	}
	die(path, 0, "a catalogue is called NAME.LANG.po: %s", lang_list());
}

static bool
is_office(const char *path)
{
	const char *name = path_name(path);
	for (size_t i = 0; i < sizeof(office) / sizeof(*office); i++)
		if (strncmp(name, office[i], strlen(office[i])) == 0 &&
		    name[strlen(office[i])] == '.')
			return true;
	return false;
}

static const char *
lang_list(void)
{
	const char *list = langs[0].code;
	for (int lang = 1; lang < LANGS; lang++)
		list = take_print("%s, %s", list, langs[lang].code);
	return list;
}

static void
add(po_message_t m, const char *path, const char *whole, int lang)
{
	const char *key = po_message_msgid(m), *text = po_message_msgstr(m);
	int line = 1;
	const char *at = strstr(whole, take_print("msgid \"%s\"", key));
	for (const char *c = whole; at && c < at; c++)
		line += *c == '\n';

	if (key[strspn(key, KEY_LETTERS)]) {
		complain(path, line, "key '%s' is not of [a-z0-9_.]", key);
		return;
	}
	struct entry *e = entry_of(key);
	if (e->in[lang].text)
		complain(path, line, "'%s' stands at %s:%d already", key,
		    e->in[lang].path, e->in[lang].line);
	if (!*text || po_message_is_fuzzy(m))
		complain(path, line, "'%s' has no finished text", key);
	e->in[lang].text = text;
	e->in[lang].path = path;
	e->in[lang].line = line;
	e->office |= is_office(path);
	e->same |= strstr(po_message_extracted_comments(m), "same") != NULL;
}

static struct entry *
entry_of(const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(entries[i].key, key) == 0)
			return &entries[i];
	size_t len = strlen(key);
	entries = take_more(entries, count, sizeof(*entries));
	struct entry *e = &entries[count++];
	e->key = take_part(key, len);
	e->symbol = take_symbol("", key);
	e->markup = len > 5 && strcmp(key + len - 5, "_html") == 0;
	return e;
}

static int
by_symbol(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->symbol,
	    ((const struct entry *)b)->symbol);
}

static int
by_key(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->key,
	    ((const struct entry *)b)->key);
}

static void
entries_end(void)
{
	if (count)
		qsort(entries, count, sizeof(*entries), by_symbol);
	for (size_t i = 0; i < count; i++) {
		struct entry *e = &entries[i];
		int has = 0;
		while (!e->in[has].text)
			has++;
		for (int lang = 0; lang < LANGS; lang++)
			if (e->in[lang].text)
				continue;
			else if (e->office && !langs[lang].office)
				e->in[lang] = e->in[JA];
			else
				complain(e->in[has].path, e->in[has].line,
				    "'%s' is missing in '%s'", e->key,
				    langs[lang].code);
		if (i && strcmp(e->symbol, e[-1].symbol) == 0)
			complain(e->in[has].path, e->in[has].line,
			    "'%s' and '%s' are both T_%s", e->key, e[-1].key,
			    e->symbol);
	}
	complaints_end();
}

static void
check_texts(void)
{
	for (const struct entry *e = entries; e < entries + count; e++)
		for (int lang = 0; lang < LANGS; lang++)
			if (e->in[lang].text != e->in[JA].text)
				check_text(e, lang);
}

static void
check_text(const struct entry *e, int lang)
{
	const char *ja = e->in[JA].text, *text = e->in[lang].text;
	const char *path = e->in[lang].path, *fault;
	int line = e->in[lang].line;
	bool readings = langs[lang].readings;
	if (arguments(ja) != arguments(text))
		complain(path, line, "'%s': other {n} than in Japanese",
		    e->key);
	if (!readings && !e->same && has_japanese(text))
		complain(path, line, "'%s': Japanese in '%s'", e->key,
		    langs[lang].code);
	if (!e->same && strcmp(ja, text) == 0 &&
	    (readings ? has_kanji(text) : has_letters(text)))
		complain(path, line, "'%s': equal to the Japanese", e->key);
	else if (readings && (fault = ruby_fault(text)))
		complain(path, line, "'%s': %s", e->key, fault);
}

static void
check_use(char **sources, int n)
{
	for (int i = 1; i < n; i++)
		note_uses(source_open(sources[i]));
	for (const struct entry *e = entries; e < entries + count; e++)
		if (!e->used)
			complain(e->in[JA].path, e->in[JA].line,
			    "'%s' is used nowhere", e->key);
}

/* A use is T_key in C, {_ key} in a template or "key" anywhere. */
static void
note_uses(struct source s)
{
	for (char last = 0; *s.at; last = source_next(&s)) {
		size_t len = strspn(s.at, KEY_LETTERS "T");
		bool symbol = strncmp(s.at, "T_", 2) == 0;
		bool inside = isalnum((unsigned char)last) || last == '_';
		if (!len || (symbol ? inside : last != '"' && last != ' '))
			continue;
		const char *word = take_part(s.at, len);
		struct entry key = { 0 };
		key.symbol = take_symbol("", symbol ? word + 2 : word);
		struct entry *e = count
		    ? bsearch(&key, entries, count, sizeof(key), by_symbol)
		    : NULL;
		if (e)
			e->used = true;
		s.at += len - 1;
	}
}

/* The set of {1} .. {9} in a text, as bits. */
static unsigned
arguments(const char *text)
{
	unsigned set = 0;
	for (; (text = strchr(text, '{')); text++)
		if (text[1] >= '1' && text[1] <= '9' && text[2] == '}')
			set |= 1u << (text[1] - '0');
	return set;
}

static void
write_header(const char *dir)
{
	struct output *o = output_open(dir, "catalogue.h");
	put(o,
	    "/* Written by server/gen/catalogue.c from client/po. */\n"
	    "#ifndef CATALOGUE_H\n#define CATALOGUE_H\n\n"
	    "#include \"base/value.h\"\n\n"
	    "enum lang {");
	for (int lang = 0; lang < LANGS; lang++)
		put(o, " LANG_%s,", langs[lang].upper);
	put(o, " LANGS };\n\nenum text {\n\tTEXT_NONE,\n");
	for (size_t i = 0; i < count; i++)
		put(o, "\tT_%s,\n", entries[i].symbol);
	put(o,
	    "\tTEXT_COUNT\n};\n\n"
	    "/* A text, plain or written so; \"\" for TEXT_NONE. */\n"
	    "const char *text_of(enum lang, enum text);\n"
	    "const char *text_as(enum writing, enum lang, enum text);\n"
	    "/* By a key such as \"slots.title\"; TEXT_NONE if unknown. */\n"
	    "enum text text_by_key(const char *key);\n\n"
	    "/* The name of a language in addresses and catalogues, and what\n"
	    " * HTML calls it; LANGS for any other code. */\n"
	    "const char *lang_code(enum lang);\n"
	    "const char *lang_tag(enum lang);\n"
	    "enum lang lang_by_code(const char *code);\n"
	    "/* What the office speaks with somebody of this language. */\n"
	    "enum lang lang_office(enum lang);\n\n#endif\n");
	output_close(o);
}

static const char lookups[] =
    "const char *\ntext_of(enum lang lang, enum text text)\n{\n"
    "\treturn plain[lang][text];\n}\n\n"
    "const char *\ntext_as(enum writing writing, enum lang lang, enum text "
    "text)\n{\n"
    "\tswitch (writing) {\n"
    "\tcase AS_HTML:\n\t\treturn html[lang][text];\n"
    "\tcase AS_BARE:\n\t\treturn bare[lang][text];\n"
    "\tcase AS_PLAIN:\n\t\tbreak;\n\t}\n"
    "\treturn plain[lang][text];\n}\n\n"
    "enum text\ntext_by_key(const char *key)\n{\n"
    "\tsize_t low = 1, high = TEXT_COUNT;\n"
    "\twhile (low < high) {\n"
    "\t\tsize_t middle = (low + high) / 2;\n"
    "\t\tint order = strcmp(key, keys[middle]);\n"
    "\t\tif (order == 0)\n\t\t\treturn (enum text)middle;\n"
    "\t\tif (order < 0)\n\t\t\thigh = middle;\n"
    "\t\telse\n\t\t\tlow = middle + 1;\n"
    "\t}\n\treturn TEXT_NONE;\n}\n\n"
    "const char *\nlang_code(enum lang lang)\n{\n"
    "\treturn langs[lang].code;\n}\n\n"
    "const char *\nlang_tag(enum lang lang)\n{\n"
    "\treturn langs[lang].tag;\n}\n\n"
    "enum lang\nlang_by_code(const char *code)\n{\n"
    "\tenum lang lang = 0;\n"
    "\twhile (lang < LANGS && strcmp(langs[lang].code, code) != 0)\n"
    "\t\tlang++;\n\treturn lang;\n}\n\n"
    "enum lang\nlang_office(enum lang lang)\n{\n"
    "\treturn langs[lang].office;\n}\n";

static void
write_tables(const char *dir)
{
	struct output *o = output_open(dir, "catalogue.c");
	put(o,
	    "/* Written by server/gen/catalogue.c from client/po. */\n"
	    "#include \"catalogue.h\"\n\n#include <stddef.h>\n"
	    "#include <string.h>\n\n"
	    "static const struct {\n\tconst char *code, *tag;\n"
	    "\tenum lang office;\n"
	    "} langs[LANGS] = {\n");
	for (int lang = 0; lang < LANGS; lang++)
		put(o, "\t{ \"%s\", \"%s\", LANG_%s },\n", langs[lang].code,
		    langs[lang].tag,
		    langs[langs[lang].office ? lang : JA].upper);
	put(o,
	    "};\n\n/* Sorted. */\n"
	    "static const char *const keys[TEXT_COUNT] = {\n\t\"\",\n");
	for (size_t i = 0; i < count; i++)
		put(o, "\t\"%s\",\n", entries[i].key);
	put(o, "};\n\n");
	write_table(o, AS_PLAIN);
	write_table(o, AS_HTML);
	write_table(o, AS_BARE);
	put(o, "%s", lookups);
	output_close(o);
}

static void
write_table(struct output *o, enum writing writing)
{
	static const char *const names[] = { [AS_PLAIN] = "plain",
		[AS_HTML] = "html",
		[AS_BARE] = "bare" };
	put(o, "static const char *const %s[LANGS][TEXT_COUNT] = {\n",
	    names[writing]);
	for (int lang = 0; lang < LANGS; lang++) {
		put(o, "\t[LANG_%s] = {\n\t\t\"\",\n", langs[lang].upper);
		for (const struct entry *e = entries; e < entries + count;
		     e++) {
			const char *text = written(e->in[lang].text, e->markup,
			    writing);
			put(o, "\t\t");
			put_string(o, text, strlen(text));
			put(o, ",\n");
		}
		put(o, "\t},\n");
	}
	put(o, "};\n\n");
}

static const char *
written(const char *text, bool markup, enum writing writing)
{
	if (writing == AS_HTML)
		return ruby_html(markup ? text : html_of(text));
	text = ruby_write(markup ? plain_of(text) : text, writing);
	return writing == AS_BARE ? html_of(text) : text;
}

static const struct {
	char plain;
	const char *html;
} escapes[] = {
	{ '&', "&amp;" },
	{ '<', "&lt;" },
	{ '>', "&gt;" },
	{ '"', "&quot;" },
	{ '\'', "&#39;" },
};

static char *
html_of(const char *text)
{
	char *to = take(strlen(text) * 6 + 1), *out = to;
	for (; *text; text++) {
		*out++ = *text;
		for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes); i++)
			if (*text == escapes[i].plain)
				out = stpcpy(out - 1, escapes[i].html);
	}
	return to;
}

static char *
plain_of(const char *markup)
{
	char *to = take(strlen(markup) + 1), *out = to;
	while (*markup) {
		if (*markup == '<' && strchr(markup, '>')) {
			markup = strchr(markup, '>') + 1;
			continue;
		}
		size_t len = 1;
		*out = *markup;
		for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes);
		     i++) {
			size_t n = strlen(escapes[i].html);
			if (strncmp(markup, escapes[i].html, n) == 0) {
				*out = escapes[i].plain;
				len = n;
			}
		}
		out++;
		markup += len;
	}
	return to;
}
