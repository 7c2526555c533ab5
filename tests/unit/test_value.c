/* Values in pages and letters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/value.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
assert_prints(struct value value, enum writing writing, const char *text)
{
	struct buf buf;

	buf_init(&buf, 1000);
	value_print(&buf, value, writing);
	assert_string_equal(buf.data, text);
	buf_free(&buf);
}

static void
test_print(void **)
{
	char text[] = "<a href=\"x\">'&amp;あ";
	struct raw raw = { "<b>" };
	unsigned char small = 200;

	assert_prints(VALUE(text), AS_HTML,
	    "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;あ");
	assert_prints(VALUE(text), AS_PLAIN, text);
	assert_prints(VALUE((const char *)NULL), AS_HTML, "");
	assert_prints(VALUE(""), AS_HTML, "");
	assert_prints(VALUE(raw), AS_HTML, "<b>");
	assert_prints(VALUE(-7), AS_HTML, "-7");
	assert_prints(VALUE(INT64_MIN), AS_HTML, "-9223372036854775808");
	assert_prints(VALUE(UINT32_MAX), AS_HTML, "4294967295");
	assert_prints(VALUE((size_t)3), AS_PLAIN, "3");
	assert_prints(VALUE((int)small), AS_PLAIN, "200");
}

static void
test_ruby(void **)
{
	static const struct {
		const char *text, *plain, *html, *bare;
	} cases[] = {
		{ "a&{漢字|かんじ}の", "a&漢字（かんじ）の",
		    "<bdi>a&amp;<ruby>漢字<rp>（</rp><rt>かんじ</rt>"
		    "<rp>）</rp></ruby>の</bdi>",
		    "a&amp;かんじの" },
		{ "{<|>}", "<（>）",
		    "<bdi><ruby>&lt;<rp>（</rp><rt>&gt;</rt><rp>）</rp>"
		    "</ruby></bdi>",
		    "&gt;" },
		{ "{{x|y}", "{x（y）",
		    "<bdi>{<ruby>x<rp>（</rp><rt>y</rt><rp>）</rp></ruby>"
		    "</bdi>",
		    "{y" },
		{ "{1}{", "{1}{", "{1}{", "{1}{" },
		{ "{a|b|c}", "{a|b|c}", "<bdi>{a|b|c}</bdi>", "{a|b|c}" },
		{ "{a|", "{a|", "<bdi>{a|</bdi>", "{a|" },
		{ "", "", "", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct ruby ruby = { cases[i].text };

		assert_prints(VALUE(ruby), AS_PLAIN, cases[i].plain);
		assert_prints(VALUE(ruby), AS_HTML, cases[i].html);
		assert_prints(VALUE(ruby), AS_BARE, cases[i].bare);
	}
}

static void
test_fill(void **)
{
	const struct value values[] = { VALUE(12), VALUE("<い>"),
		VALUE("{1}") };
	static const struct {
		const char *text, *filled;
	} cases[] = {
		{ "あと{1}分", "あと12分" },
		{ "{2}と{1}、{2}", "&lt;い&gt;と12、&lt;い&gt;" },
		{ "{3}", "{1}" }, /* what was filled in is not read again */
		{ "{0}{4}{}{x}{1", "{0}{4}{}{x}{1" },
		{ "{{1}}", "{12}" },
		{ "{99999999999999999999}", "{99999999999999999999}" },
		{ "", "" },
		{ "<b>{1}</b>", "<b>12</b>" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf buf;

		buf_init(&buf, 1000);
		value_fill(&buf, cases[i].text, values, COUNT(values), AS_HTML);
		assert_string_equal(buf.data, cases[i].filled);
		buf_free(&buf);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_ruby),
		cmocka_unit_test(test_fill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
