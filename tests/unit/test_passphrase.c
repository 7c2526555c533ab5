/* The list of words, and the ways in which people type three of them. */
#include "desk.h"
#include "room/passphrase.h"
#include "room/passphrase_words.h"

static const struct {
	const char *typed, *folded;
} spellings[] = {
	{ "ゆき りんご とけい", "yukiringotokei" },
	{ "ユキ リンゴ トケイ", "yukiringotokei" },
	{ "ﾕｷ ﾘﾝｺﾞ ﾄｹｲ", "yukiringotokei" },
	{ "ゆきりんごとけい", "yukiringotokei" },
	{ "yuki ringo tokei", "yukiringotokei" },
	{ "YUKI-RINGO-TOKEI", "yukiringotokei" },
	{ "ｙｕｋｉ　ｒｉｎｇｏ　ｔｏｋｅｉ", "yukiringotokei" },
	{ "yuki,ringo・tokei", "yukiringotokei" },
	{ "ゆき、りんご、とけい。", "yukiringotokei" },
	{ "  yukiRingoTokei\n", "yukiringotokei" },
	{ "shashin", "syasin" },
	{ "syasin", "syasin" },
	{ "しゃしん", "syasin" },
	{ "chawan", "tyawan" },
	{ "tyawan", "tyawan" },
	{ "cyawan", "tyawan" },
	{ "じゃんけん", "zyanken" },
	{ "janken", "zyanken" },
	{ "jyanken", "zyanken" },
	{ "zyankenn", "zyanken" },
	{ "tsuzumi", "tuzumi" },
	{ "tudumi", "tuzumi" },
	{ "つづみ", "tuzumi" },
	{ "fuji", "huzi" },
	{ "huzi", "huzi" },
	{ "ふぢ", "huzi" },
	{ "matcha", "matya" },
	{ "maccha", "matya" },
	{ "まっちゃ", "matya" },
	{ "zasshi", "zasi" },
	{ "zassi", "zasi" },
	{ "shimbun", "sinbun" },
	{ "しんぶん", "sinbun" },
	{ "sanma", "sanma" },
	{ "samma", "sanma" },
	{ "tempura", "tenpura" },
	{ "jōro", "zyoro" },
	{ "JÔRO", "zyoro" },
	{ "じょうろ", "zyoro" },
	{ "じょーろ", "zyoro" },
	{ "jouro", "zyoro" },
	{ "joro", "zyoro" },
	{ "ookami", "okami" },
	{ "おおかみ", "okami" },
	{ "kan'i", "kani" },
	{ "かんい", "kani" },
	{ "雪", "?" },
	{ "yuki1", "yuki?" },
	{ "", "" },
};

static void
test_list(void **state)
{
	struct arena *a = arena_new();
	static char *folded[PASSPHRASE_LIST];

	(void)state;
	for (size_t i = 0; i < PASSPHRASE_LIST; i++) {
		const char *word = passphrase_list[i];
		size_t mora = 0;
		assert_non_null(word);
		for (const char *at = word; *at; at += 3) {
			/* Hiragana: E3 81 81 to E3 82 94. */
			assert_int_equal((unsigned char)at[0], 0xe3);
			assert_in_range((unsigned char)at[1], 0x81, 0x82);
			if ((unsigned char)at[1] == 0x82)
				assert_in_range((unsigned char)at[2], 0x80,
				    0x94);
			mora += strncmp(at, "ゃ", 3) != 0 &&
			    strncmp(at, "ゅ", 3) != 0 &&
			    strncmp(at, "ょ", 3) != 0;
		}
		assert_in_range(mora, 2, 4);
		folded[i] = passphrase_fold(a, word);
		assert_null(strchr(folded[i], '?'));
		for (size_t k = 0; k < i; k++) {
			if (strcmp(folded[i], folded[k]) == 0)
				fail_msg("%s and %s are both %s", word,
				    passphrase_list[k], folded[i]);
		}
	}
	arena_free(a);
}

static void
test_spellings(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		print_message("%s\n", spellings[i].typed);
		assert_string_equal(passphrase_fold(a, spellings[i].typed),
		    spellings[i].folded);
	}
	arena_free(a);
}

/* Every word is recognised as it is printed, alone and in its phrase. */
static void
test_printed(void **state)
{
	struct test_desk *t = *state;
	struct arena *a = t->desk.arena;

	for (int64_t id = 1; id <= 3000; id++) {
		const char *kana = passphrase_print(t->keys, a, id, 1, false);
		const char *romaji = passphrase_print(t->keys, a, id, 1, true);
		for (const char *c = romaji; *c; c++)
			assert_non_null(
			    strchr("abcdefghijklmnopqrstuvwxyz '", *c));
		assert_true(passphrase_is(t->keys, a, id, 1, kana));
		assert_true(passphrase_is(t->keys, a, id, 1, romaji));
		assert_false(passphrase_is(t->keys, a, id, 2, kana));
		assert_false(passphrase_is(t->keys, a, id + 1, 1, romaji));
	}
}

static void
test_refused(void **state)
{
	struct test_desk *t = *state;
	struct arena *a = t->desk.arena;
	const char *words[PASSPHRASE_WORDS];
	char endless[300];

	passphrase_words(t->keys, 7, 1, words);
	memset(endless, 'a', sizeof(endless) - 1);
	endless[sizeof(endless) - 1] = '\0';
	assert_false(passphrase_is(t->keys, a, 7, 1, ""));
	assert_false(passphrase_is(t->keys, a, 7, 1, words[0]));
	assert_false(passphrase_is(t->keys, a, 7, 1, "\xff\xfe"));
	assert_false(passphrase_is(t->keys, a, 7, 1, endless));
	assert_false(passphrase_is(t->keys, a, 7, 1,
	    arena_print(a, "%s %s %s", words[1], words[0], words[2])));
	assert_false(passphrase_is(t->keys, a, 7, 1,
	    arena_print(a, "%s %s %s あさ", words[0], words[1], words[2])));
}

/* Each of the 1,024 words turns up in each of the three positions. */
static void
test_spread(void **state)
{
	struct test_desk *t = *state;
	static int seen[PASSPHRASE_WORDS][PASSPHRASE_LIST];

	for (int64_t id = 0; id < 20000; id++) {
		const char *words[PASSPHRASE_WORDS];
		passphrase_words(t->keys, seal_id(), 1, words);
		for (size_t k = 0; k < PASSPHRASE_WORDS; k++) {
			size_t i = 0;
			while (passphrase_list[i] != words[k])
				i++;
			seen[k][i]++;
		}
	}
	for (size_t k = 0; k < PASSPHRASE_WORDS; k++) {
		for (size_t i = 0; i < PASSPHRASE_LIST; i++)
			assert_int_not_equal(seen[k][i], 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_spellings),
		cmocka_unit_test_setup_teardown(test_printed, test_desk_open,
		    test_desk_close),
		cmocka_unit_test_setup_teardown(test_refused, test_desk_open,
		    test_desk_close),
		cmocka_unit_test_setup_teardown(test_spread, test_desk_open,
		    test_desk_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
