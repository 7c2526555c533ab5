/*
 * Parts that compiled pages call: dates and times in the one form the room
 * writes them, the room's own words, the drawings a page has used.
 */
#include <string.h>

#include "room/words.h"
#include "web/page.h"

#define SYMBOLS_MAX 48
#define SYMBOL_USE "href=\"#"

/* A list of free times says the same few words in every row. */
#define MEMORY_MAX 48
struct page_memory {
	size_t count;
	struct {
		int64_t owner;
		const char *field;
		struct words words;
	} known[MEMORY_MAX];
};

static struct words words_of(struct page *, int64_t owner, const char *field);
static enum text month_text(int month);
static enum text weekday_text(int weekday);
static void put_clock(struct page *, int64_t at);
static void note_symbol(const char **names, size_t *count, struct arena *,
    const char *id, size_t len);

const char *
page_day_text(struct page *page, int32_t day)
{
	struct date date = when_date(day);
	const struct value values[] = {
		VALUE(date.year),
		VALUE(text_of(page->lang, month_text(date.month))),
		VALUE(date.mday),
		VALUE(text_of(page->lang, weekday_text(date.weekday))),
	};
	struct buf out;
	char *text;

	buf_init(&out, 200);
	value_fill(&out, text_of(page->lang, T_date_full), values, 4, false);
	text = buf_keep(&out, page->request->arena);
	buf_free(&out);
	return text;
}

/* A Japanese date never breaks inside; an English one may, at 320 px it
 * must. */
void
page_date(struct page *page, int64_t at)
{
	int32_t day = when_day(at);

	buf_printf(&page->out, "<time%s datetime=\"%s\">",
	    page->lang == LANG_JA ? " class=\"num\"" : "",
	    when_print_day(page->request->arena, day));
	page_value(page, VALUE(page_day_text(page, day)));
	buf_puts(&page->out, "</time>");
}

void
page_time(struct page *page, int64_t from_at, int64_t until_at)
{
	buf_puts(&page->out, "<span class=\"num\">");
	put_clock(page, from_at);
	page_text(page, T_date_until, NULL, 0);
	put_clock(page, until_at);
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
	int minute = when_minute(at);

	buf_printf(&page->out, "%d:%02d", minute / 60, minute % 60);
}

void
page_words(struct page *page, int64_t owner, const char *field)
{
	const char *code = lang_code(page->lang);
	struct words words = words_of(page, owner, field);
	bool foreign = words.body[0] && strcmp(words.lang, code) != 0;

	if (foreign)
		buf_printf(&page->out, "<span lang=\"%s\">", words.lang);
	page_value(page, VALUE(words.body));
	if (foreign)
		buf_puts(&page->out, "</span>");
}

bool
page_has_words(struct page *page, int64_t owner, const char *field)
{
	return words_of(page, owner, field).body[0] != '\0';
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
	const char *end = page->out.data + page->out.len;
	const char *p = page->out.data;
	size_t count = 0;

	while (p && p < end &&
	    (p = memmem(p, (size_t)(end - p), SYMBOL_USE,
		 strlen(SYMBOL_USE)))) {
		p += strlen(SYMBOL_USE);
		note_symbol(names, &count, page->request->arena, p,
		    strcspn(p, "\""));
	}
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

static struct words
words_of(struct page *page, int64_t owner, const char *field)
{
	struct arena *arena = page->request->arena;
	struct page_memory *memory = page->memory;

	if (!memory)
		memory = page->memory = arena_get(arena, sizeof(*page->memory));
	for (size_t i = 0; i < memory->count; i++)
		if (memory->known[i].owner == owner &&
		    strcmp(memory->known[i].field, field) == 0)
			return memory->known[i].words;

	struct words words = words_get(&page->desk, owner, field,
	    lang_code(page->lang));
	if (memory->count < MEMORY_MAX) {
		size_t i = memory->count++;

		memory->known[i].owner = owner;
		memory->known[i].field = arena_dup(arena, field);
		memory->known[i].words = words;
	}
	return words;
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

static void
put_clock(struct page *page, int64_t at)
{
	buf_printf(&page->out, "<time datetime=\"%s\">",
	    when_print(page->request->arena, at));
	page_clock(page, at);
	buf_puts(&page->out, "</time>");
}

static enum text
month_text(int month)
{
	static const enum text months[] = {
		T_date_month_1,
		T_date_month_2,
		T_date_month_3,
		T_date_month_4,
		T_date_month_5,
		T_date_month_6,
		T_date_month_7,
		T_date_month_8,
		T_date_month_9,
		T_date_month_10,
		T_date_month_11,
		T_date_month_12,
	};

	return months[month - 1];
}

static enum text
weekday_text(int weekday)
{
	static const enum text weekdays[] = {
		T_date_weekday_1,
		T_date_weekday_2,
		T_date_weekday_3,
		T_date_weekday_4,
		T_date_weekday_5,
		T_date_weekday_6,
		T_date_weekday_7,
	};

	return weekdays[weekday - 1];
}
