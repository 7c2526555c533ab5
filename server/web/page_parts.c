/*
 * Parts that compiled pages call: dates and times in the one form the room
 * writes them, the room's own words, the drawings a page has used.
 */
#include <string.h>

#include "base/dates.h"
#include "room/words.h"
#include "web/page.h"

#define SYMBOLS_MAX 48
#define MINUTES_MAX 200 /* bytes */
#define SYMBOL_USE "href=\"" /* and a # behind it, rarer than an h */

static void put_seam(struct page *, struct seam);
static struct words words_of(struct page *, int64_t owner, const char *field);
static void put_date(struct page *, int32_t day);
static void note_symbol(const char **names, size_t *count, struct arena *,
    const char *id, size_t len);

void
page_apart(struct page *page)
{
	put_seam(page, (struct seam) { page->out.len, SEAM_APART });
}

void
page_alike(struct page *page)
{
	put_seam(page, (struct seam) { page->out.len, SEAM_ALIKE });
}

/* Each row of a list of free times says its day. */
void
page_date(struct page *page, int64_t at)
{
	int32_t day = when_day(at);
	size_t from = page->out.len;

	if (page->day_html && page->day == day) {
		buf_puts(&page->out, page->day_html);
		return;
	}
	put_date(page, day);
	page->day = day;
	page->day_html = arena_dup_len(page->request->arena,
	    page->out.data + from, page->out.len - from);
}

void
page_time(struct page *page, int64_t from_at, int64_t until_at)
{
	struct arena *arena = page->request->arena;
	const struct value values[] = {
		/* nothing in them to escape */
		VALUE((struct raw) { dates_clock(arena, from_at) }),
		VALUE((struct raw) { dates_clock(arena, until_at) }),
		VALUE((struct raw) { when_print(arena, from_at) }),
		VALUE((struct raw) { when_print(arena, until_at) }),
	};

	buf_puts(&page->out, "<span class=\"num\">");
	page_text(page, T_date_span_html, values, 4);
	buf_puts(&page->out, "</span>");
}

void
page_moment(struct page *page, int64_t from_at, int64_t until_at)
{
	page_date(page, from_at);
	page_text(page, T_date_then_html, NULL, 0);
	page_time(page, from_at, until_at);
}

void
page_clock(struct page *page, int64_t at)
{
	buf_puts(&page->out, dates_clock(page->request->arena, at));
}

/* Read as fun behind 2, 5, 7 and 9, as pun behind all others. */
struct value
page_minutes(struct page *page, int minutes)
{
	enum text text = strchr("2579", '0' + minutes % 10)
	    ? T_date_minutes_fun_html
	    : T_date_minutes_pun_html;
	const struct value number = VALUE(minutes);
	struct page part = { .lang = page->lang, .bare = page->bare };
	const char *html;

	buf_init(&part.out, MINUTES_MAX);
	page_text(&part, text, &number, 1);
	html = buf_keep(&part.out, page->request->arena);
	buf_free(&part.out);
	return VALUE((struct raw) { html });
}

void
page_words(struct page *page, int64_t owner, const char *field)
{
	const char *code = lang_code(page->lang);
	struct words words = words_of(page, owner, field);
	bool foreign = !page->bare && words.body[0] &&
	    strcmp(words.lang, code) != 0;

	if (foreign)
		buf_printf(&page->out, "<span lang=\"%s\">", words.lang);
	page_value(page, VALUE((struct ruby) { words.body }));
	if (foreign)
		buf_puts(&page->out, "</span>");
}

bool
page_has_words(struct page *page, int64_t owner, const char *field)
{
	return words_of(page, owner, field).body[0] != '\0';
}

void
page_text_in(struct page *page, enum lang lang, enum text text)
{
	buf_puts(&page->out, text_as(AS_HTML, lang, text));
}

void
page_speak(struct page *page, enum lang lang)
{
	page->lang = lang;
}

void
page_here_in(struct page *page, enum lang lang)
{
	page_value(page, VALUE(page->here));
	page_value(page, VALUE(strchr(page->here, '?') ? "&" : "?"));
	page_value(page, VALUE("lang="));
	page_value(page, VALUE(lang_code(lang)));
}

/* One look through the page finds the drawings it points to, so that
 * templates name them where they stand and nowhere else. */
void
page_note_symbols(struct page *page)
{
	const char **names = arena_array(page->request->arena, const char *,
	    SYMBOLS_MAX + 1);
	const char *p = page->out.data;
	size_t before = strlen(SYMBOL_USE), count = 0;

	for (; (p = strchr(p, '#')); p++)
		if ((size_t)(p - page->out.data) >= before &&
		    memcmp(p - before, SYMBOL_USE, before) == 0)
			note_symbol(names, &count, page->request->arena, p + 1,
			    strcspn(p + 1, "\""));
	page->symbols = names;
}

bool
page_uses(const struct page *page, const char *symbol)
{
	for (size_t i = 0; page->symbols && page->symbols[i]; i++)
		if (strcmp(page->symbols[i], symbol) == 0)
			return true;
	return false;
}

static void
put_seam(struct page *page, struct seam seam)
{
	struct seams *seams = page->seams;

	if (seams != NULL && seams->count < SEAMS_MOST)
		seams->seam[seams->count++] = seam;
}

static struct words
words_of(struct page *page, int64_t owner, const char *field)
{
	return words_get(&page->desk, owner, field, lang_code(page->lang));
}

/* A Japanese date never breaks inside; an English one may, at 320 px it
 * must. */
static void
put_date(struct page *page, int32_t day)
{
	buf_puts(&page->out, "<time");
	if (page->lang == LANG_JA)
		buf_puts(&page->out, " class=\"num\"");
	buf_puts(&page->out, " datetime=\"");
	buf_puts(&page->out, when_print_day(page->request->arena, day));
	buf_puts(&page->out, "\">");
	dates_put(&page->out, page->lang, day, AS_HTML);
	buf_puts(&page->out, "</time>");
}

static void
note_symbol(const char **names, size_t *count, struct arena *arena,
    const char *id, size_t len)
{
	for (size_t i = 0; i < *count; i++)
		if (strlen(names[i]) == len && !strncmp(names[i], id, len))
			return;
	if (*count < SYMBOLS_MAX)
		names[(*count)++] = arena_dup_len(arena, id, len);
}
