/* Parts of pages: dates, drawings, the language of an answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/dates.h"
#include "web/lang.h"
#include "web/page.h"

static void
page_begin(struct page *page, struct request *request, enum lang lang)
{
	*request = (struct request) { .arena = arena_new() };
	*page = (struct page) { .request = request, .lang = lang };
	buf_init(&page->out, 1 << 16);
}

static void
page_end(struct page *page)
{
	buf_free(&page->out);
	arena_free(page->request->arena);
}

/* What is read when the tags are gone. */
static void
strip(const char *html, char *out)
{
	bool tag = false;

	for (; *html; html++) {
		if (*html == '<')
			tag = true;
		if (!tag)
			*out++ = *html;
		if (*html == '>')
			tag = false;
	}
	*out = '\0';
}

static void
test_moment(void **state)
{
	static const struct {
		enum lang lang;
		const char *from, *until, *want;
	} cases[] = {
		{ LANG_JA, "2026-07-01T14:00:00+09:00",
		    "2026-07-01T15:00:00+09:00",
		    "2026年7月1日（水）14:00～15:00" },
		{ LANG_EN, "2026-07-01T14:00:00+09:00",
		    "2026-07-01T15:00:00+09:00",
		    "Wednesday, 1 July 2026, 14:00–15:00" },
		{ LANG_EASY, "2026-07-01T14:00:00+09:00",
		    "2026-07-01T15:00:00+09:00",
		    "2026年（ねん） 7月（しちがつ） 1日（ついたち） "
		    "水曜日（すいようび） 14:00から 15:00まで" },
		{ LANG_JA, "2026-12-31T15:00:00Z", "2026-12-31T15:45:00Z",
		    "2027年1月1日（金）0:00～0:45" },
		{ LANG_EN, "2026-11-29T09:15:00+09:00",
		    "2026-11-29T10:00:00+09:00",
		    "Sunday, 29 November 2026, 9:15–10:00" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct request request;
		struct page page;
		char text[200];

		page_begin(&page, &request, cases[i].lang);
		page_moment(&page, when_parse(cases[i].from),
		    when_parse(cases[i].until));
		strip(page.out.data, text);
		assert_string_equal(text, cases[i].want);
		page_end(&page);
	}
}

/* How days and months are read, against a table of its own: those that are
 * not the number and にち or がつ. */
static void
test_days_in_easy(void **state)
{
	static const char *const days[32] = {
		[1] = "ついたち",
		[2] = "ふつか",
		[3] = "みっか",
		[4] = "よっか",
		[5] = "いつか",
		[6] = "むいか",
		[7] = "なのか",
		[8] = "ようか",
		[9] = "ここのか",
		[10] = "とおか",
		[14] = "じゅうよっか",
		[20] = "はつか",
		[24] = "にじゅうよっか",
	};
	static const char *const months[13] = {
		[4] = "しがつ",
		[7] = "しちがつ",
		[9] = "くがつ",
	};
	struct arena *arena = arena_new();
	int32_t first = when_day(when_parse("2027-01-01T00:00:00+09:00"));

	(void)state;
	for (int32_t day = first; day < first + 365; day++) {
		struct date date = when_date(day);
		const char *month = months[date.month] ? months[date.month]
						       : "がつ";
		const char *mday = days[date.mday] ? days[date.mday] : "にち";
		char *want = arena_print(arena,
		    "2027年（ねん） %d月（%s） %d日（%s） ", date.month, month,
		    date.mday, mday);
		char *said = dates_day(arena, LANG_EASY, day);

		assert_memory_equal(said, want, strlen(want));
	}
	arena_free(arena);
}

static void
test_machine_time(void **state)
{
	struct request request;
	struct page page;

	(void)state;
	page_begin(&page, &request, LANG_JA);
	page_date(&page, when_parse("2026-06-30T15:00:00Z"));
	assert_string_equal(page.out.data,
	    "<time class=\"num\" datetime=\"2026-07-01\">"
	    "2026年7月1日（水）</time>");
	page_end(&page);

	page_begin(&page, &request, LANG_EN);
	page_time(&page, when_parse("2026-07-01T05:00:00Z"),
	    when_parse("2026-07-01T06:00:00Z"));
	assert_string_equal(page.out.data,
	    "<span class=\"num\">"
	    "<time datetime=\"2026-07-01T14:00:00+09:00\">14:00</time>–"
	    "<time datetime=\"2026-07-01T15:00:00+09:00\">15:00</time>"
	    "</span>");
	page_end(&page);
}

static void
test_symbols(void **state)
{
	static const char html[] =
	    "<use href=\"#i-go\"/><a href=\"#main\">"
	    "<use href=\"#t-health\"/><use href=\"#i-go\"/>";
	struct request request;
	struct page page;

	(void)state;
	page_begin(&page, &request, LANG_JA);
	assert_false(page_uses(&page, "i-go"));
	page_put(&page, html, sizeof(html) - 1);
	page_note_symbols(&page);
	assert_true(page_uses(&page, "i-go"));
	assert_true(page_uses(&page, "t-health"));
	assert_false(page_uses(&page, "i-cal"));
	assert_false(page_uses(&page, "i-g"));
	page_end(&page);
}

static void
test_escaping(void **state)
{
	struct request request;
	struct page page;

	(void)state;
	page_begin(&page, &request, LANG_EN);
	page_value(&page, VALUE("<b a='1'>&\"髙\""));
	assert_null(strpbrk(page.out.data, "<>\"'"));
	assert_non_null(strstr(page.out.data, "髙"));
	page_end(&page);

	page_begin(&page, &request, LANG_EN);
	page.here = "/slots?theme=health&t=evening";
	page_here_in(&page, LANG_JA);
	assert_string_equal(page.out.data,
	    "/slots?theme=health&amp;t=evening&amp;lang=ja");
	page_end(&page);

	page_begin(&page, &request, LANG_EN);
	page.here = "/";
	page_here_in(&page, LANG_EN);
	assert_string_equal(page.out.data, "/?lang=en");
	page_end(&page);
}

static void
test_accepted(void **state)
{
	static const struct {
		const char *header;
		enum lang want;
	} cases[] = {
		{ "ja", LANG_JA },
		{ "en-GB", LANG_EN },
		{ "EN-us,ja;q=0.9", LANG_EN },
		{ "en;q=0.3, ja;q=0.31", LANG_JA },
		{ "fr, en;q=0.8, ja;q=0.7", LANG_EN },
		{ "ja, en", LANG_JA },
		{ "en;q=0, ja;q=0.1", LANG_JA },
		{ "en;q=0", LANGS },
		{ "de-AT, fr", LANGS },
		{ "*", LANGS },
		{ "", LANGS },
		{ ",,;q=,en", LANG_EN },
		{ "en;q=0.", LANGS },
		{ "verylonglanguage", LANGS },
		{ "e", LANGS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (lang_accepted(cases[i].header) != cases[i].want)
			fail_msg("%s", cases[i].header);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_moment),
		cmocka_unit_test(test_days_in_easy),
		cmocka_unit_test(test_machine_time),
		cmocka_unit_test(test_symbols),
		cmocka_unit_test(test_escaping),
		cmocka_unit_test(test_accepted),
	};

	if (when_zone("Asia/Tokyo") < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
