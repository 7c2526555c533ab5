#include "gen/ruby.h"

#include <stdint.h>
#include <string.h>

#include "gen/tool.h"

/* {base|reading}, each without its marks; end is behind the brace. */
struct group {
	const char *base, *reading, *end;
};

static bool group_at(const char *open, struct group *);
static const char *group_write(const struct group *, enum writing);
static const char *group_fault(const struct group *);
static uint32_t next_letter(const char **text);
static bool is_kana(uint32_t letter);
static bool is_kanji(uint32_t letter);

char *
ruby_write(const char *text, enum writing writing)
{
	char *out = take(1);
	struct group g;
	const char *open = text;
	while ((open = strchr(open, '{'))) {
		if (!group_at(open, &g)) {
			open++;
			continue;
		}
		out = take_print("%s%.*s%s", out, (int)(open - text), text,
		    group_write(&g, writing));
		open = text = g.end;
	}
	return take_print("%s%s", out, text);
}

const char *
ruby_html(const char *text)
{
	struct group g;
	const char *html = ruby_write(text, AS_HTML);
	bool one = group_at(text, &g) && !*g.end;
	return strcmp(html, text) == 0 || one
	    ? html
	    : take_print("<bdi>%s</bdi>", html);
}

const char *
ruby_fault(const char *text)
{
	while (*text) {
		struct group g;
		const char *from = text;
		if (*text == '{' && group_at(text, &g)) {
			const char *fault = group_fault(&g);
			if (fault)
				return fault;
			text = g.end;
			continue;
		}
		if (is_kanji(next_letter(&text)))
			return take_print("'%s' has no reading",
			    take_part(from, (size_t)(text - from)));
	}
	return NULL;
}

bool
has_japanese(const char *text)
{
	while (*text) {
		uint32_t letter = next_letter(&text);
		if (is_kana(letter) || is_kanji(letter) || letter == 0x30fb ||
		    (letter >= 0xff66 && letter <= 0xff9f))
			return true;
	}
	return false;
}

bool
has_kanji(const char *text)
{
	while (*text)
		if (is_kanji(next_letter(&text)))
			return true;
	return false;
}

bool
has_letters(const char *text)
{
	for (const char *c = text; *c; c++)
		if ((*c | 32) >= 'a' && (*c | 32) <= 'z')
			return true;
	return has_japanese(text);
}

static bool
group_at(const char *open, struct group *g)
{
	const char *bar = open + 1 + strcspn(open + 1, "{|}");
	const char *end = *bar == '|' ? bar + 1 + strcspn(bar + 1, "{|}") : bar;
	if (*bar != '|' || *end != '}')
		return false;
	g->base = take_part(open + 1, (size_t)(bar - open - 1));
	g->reading = take_part(bar + 1, (size_t)(end - bar - 1));
	g->end = end + 1;
	return true;
}

static const char *
group_write(const struct group *g, enum writing writing)
{
	switch (writing) {
	case AS_HTML:
		return take_print("<ruby>%s<rp>（</rp><rt>%s</rt>"
				  "<rp>）</rp></ruby>",
		    g->base, g->reading);
	case AS_PLAIN:
		return take_print("%s（%s）", g->base, g->reading);
	case AS_BARE:
		break;
	}
	return g->reading;
}

static const char *
group_fault(const struct group *g)
{
	if (!has_kanji(g->base))
		return take_print("'%s' needs no reading", g->base);
	for (const char *c = g->reading; *c;) {
		uint32_t letter = next_letter(&c);
		if (!is_kana(letter) && letter != ' ')
			return take_print("the reading of '%s' is not kana",
			    g->base);
	}
	return *g->reading
	    ? NULL
	    : take_print("the reading of '%s' is empty", g->base);
}

/* Planes above the first hold kanji; all that stands there is one. */
static uint32_t
next_letter(const char **text)
{
	static const unsigned char lead[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	unsigned char first = (unsigned char)*(*text)++;
	int bytes = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	uint32_t letter = first & (bytes == 1 ? 0xffu : lead[bytes]);
	for (; bytes > 1; bytes--)
		letter = letter << 6 | (*(*text)++ & 0x3fu);
	return letter;
}

static bool
is_kana(uint32_t letter)
{
	return (letter >= 0x3041 && letter <= 0x30fa) || letter == 0x30fc;
}

static bool
is_kanji(uint32_t letter)
{
	return letter == 0x3005 || (letter >= 0x3400 && letter <= 0x9fff) ||
	    (letter >= 0xf900 && letter <= 0xfaff) ||
	    (letter >= 0x20000 && letter <= 0x3ffff);
}
