/* Text from people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct arena *arena;

static int
setup(void **)
{
	arena = arena_new();
	return 0;
}

static int
teardown(void **)
{
	arena_free(arena);
	return 0;
}

static void
test_valid(void **)
{
	static const struct {
		const char *bytes;
		size_t len;
		bool valid;
	} cases[] = {
		{ "", 0, true }, { "ひらがな😀", 16, true },
		{ "a\0b", 3, false }, { "\xff", 1, false },
		{ "\xe3\x81", 2, false }, /* cut */
		{ "\xc0\xaf", 2, false }, /* overlong */
		{ "\xed\xa0\x80", 3, false }, /* surrogate */
		{ "\xf4\x90\x80\x80", 4, false }, /* beyond U+10FFFF */
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		if (text_valid(cases[i].bytes, cases[i].len) != cases[i].valid)
			fail_msg("case %zu", i);
}

static void
test_length(void **)
{
	assert_int_equal(text_length(""), 0);
	assert_int_equal(text_length("さとう"), 3);
	assert_int_equal(text_length("a😀b"), 3);
}

static void
test_control(void **)
{
	static const struct {
		const char *s;
		bool in_line, in_lines;
	} cases[] = {
		{ "佐藤 はな😀　ａ", false, false }, { "a\nb\tc", true, false },
		{ "a\r\nb", true, false }, { "a\rb", true, true },
		{ "a\r", true, true }, { "\x01", true, true },
		{ "\x7f", true, true }, { "\xc2\x85", true, true }, /* NEL */
		{ "\xe2\x80\xa8", true, true }, /* line separator */
		{ "\xe2\x80\xae", true, true }, /* override */
		{ "\xe2\x81\xa6", true, true }, /* isolate */
		{ "\xe2\x80\x8d", false, false }, /* joiner of emoji */
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		if (text_has_control(cases[i].s, false) != cases[i].in_line ||
		    text_has_control(cases[i].s, true) != cases[i].in_lines)
			fail_msg("case %zu", i);
}

static void
test_forms(void **)
{
	assert_string_equal(text_nfkc(arena, "ＡＢＣ１２３ｶﾞ"), "ABC123ガ");
	assert_string_equal(text_nfkc(arena, ""), "");
	assert_string_equal(text_nfkc(arena, "か\xe3\x82\x99"), "が");
	assert_string_equal(text_digits(arena, "４８２７ー1935"), "48271935");
	assert_string_equal(text_digits(arena, "予約 ①２ ٣"), "12");
	assert_string_equal(text_trim(arena, " 　\t佐藤　はな\xc2\xa0\n"),
	    "佐藤　はな");
	assert_string_equal(text_trim(arena, " 　 "), "");
	assert_string_equal(text_trim(arena, ""), "");
	assert_string_equal(text_trim(arena, "あ"), "あ");
}

static void
test_percent(void **)
{
	static const struct {
		const char *escaped;
		bool plus;
		const char *plain;
	} cases[] = {
		{ "a+b%20c", true, "a b c" },
		{ "a+b%20c", false, "a+b c" },
		{ "%E3%81%82%e3%81%84", false, "あい" },
		{ "", false, "" },
		{ "%", false, NULL },
		{ "%2", false, NULL },
		{ "%2g", false, NULL },
		{ "%g2", false, NULL },
		{ "%00", false, NULL },
		{ "%+1", false, NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char *plain = text_unpercent(arena, cases[i].escaped,
		    strlen(cases[i].escaped), cases[i].plus);

		if (!cases[i].plain)
			assert_null(plain);
		else
			assert_string_equal(plain, cases[i].plain);
	}
	assert_null(text_unpercent(arena, "a\0b", 3, false));
	assert_string_equal(text_unpercent(arena, "abc", 2, false), "ab");
	assert_string_equal(text_percent(arena, "aZ9-._~ /あ%"),
	    "aZ9-._~%20%2F%E3%81%82%25");
}

/* RFC 4648 section 10. */
static void
test_base64(void **)
{
	static const struct {
		const char *plain, *padded, *url;
	} cases[] = {
		{ "", "", "" },
		{ "f", "Zg==", "Zg" },
		{ "fo", "Zm8=", "Zm8" },
		{ "foo", "Zm9v", "Zm9v" },
		{ "foob", "Zm9vYg==", "Zm9vYg" },
		{ "fooba", "Zm9vYmE=", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy", "Zm9vYmFy" },
		{ "\xfb\xff\xbf", "+/+/", "-_-_" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes plain = { cases[i].plain, strlen(cases[i].plain) };
		struct bytes back = text_unbase64url(arena, cases[i].url);

		assert_string_equal(text_base64(arena, plain), cases[i].padded);
		assert_string_equal(text_base64url(arena, plain), cases[i].url);
		assert_non_null(back.data);
		assert_int_equal(back.len, plain.len);
		assert_memory_equal(back.data, plain.data, plain.len);
	}
}

static void
test_bad_base64(void **)
{
	static const char *const bad[] = { "Z", "A", "Zm9vA", "Zg==", "Zh",
		"Zm9", "+/+/", "Zm9v Yg", "Zm9vY", "あ" };

	for (size_t i = 0; i < COUNT(bad); i++)
		if (text_unbase64url(arena, bad[i]).data)
			fail_msg("accepted: %s", bad[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_control),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_percent),
		cmocka_unit_test(test_base64),
		cmocka_unit_test(test_bad_base64),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
