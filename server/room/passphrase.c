/*
 * Passphrases: derived from the server's key, spelled for people, and
 * recognised however they are typed.  Nothing of them is stored.
 */
#include "room/passphrase.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "room/passphrase_words.h"

#define TYPED_MAX_BYTES 256
#define LETTERS_MAX 1024

#define SMALL_TSU 0x3063
#define SMALL_YA 0x3083
#define SMALL_YU 0x3085
#define SMALL_YO 0x3087
#define KANA_N 0x3093
#define KANA_FIRST 0x3041
#define KANA_LAST 0x3094
#define KATAKANA_AHEAD 0x60
#define LONG_VOWEL 0x30fc

/* From U+3041 on.  Small tsu, ya, yu, yo and n are spelled by what stands
 * around them. */
/* clang-format off */
static const char *const hepburn[] = {
	"a", "a", "i", "i", "u", "u", "e", "e", "o", "o",
	"ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko", "go",
	"sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo",
	"ta", "da", "chi", "ji", "", "tsu", "zu", "te", "de", "to", "do",
	"na", "ni", "nu", "ne", "no",
	"ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu", "pu", "he", "be",
	"pe", "ho", "bo", "po",
	"ma", "mi", "mu", "me", "mo",
	"ya", "ya", "yu", "yu", "yo", "yo",
	"ra", "ri", "ru", "re", "ro",
	"wa", "wa", "i", "e", "o", "n", "vu",
};
/* clang-format on */

/* Spellings that are brought to kunrei, the longer before the shorter:
 * where `from` stands, `take` letters of it become `to`. */
static const struct spelling {
	const char *from;
	size_t take;
	const char *to;
} spellings[] = {
	{ "'", 1, "" },
	{ "tch", 1, "" },
	{ "cc", 1, "" },
	{ "chi", 2, "t" },
	{ "ch", 2, "ty" },
	{ "cy", 1, "t" },
	{ "shi", 2, "s" },
	{ "sh", 2, "sy" },
	{ "tsu", 2, "t" },
	{ "jj", 1, "" },
	{ "ji", 1, "z" },
	{ "jy", 1, "z" },
	{ "j", 1, "zy" },
	{ "dz", 1, "" },
	{ "di", 1, "z" },
	{ "dy", 1, "z" },
	{ "du", 1, "z" },
	{ "f", 1, "h" },
	{ "l", 1, "r" },
	{ "wo", 1, "" },
	{ "mb", 1, "n" },
	{ "mp", 1, "n" },
	{ "mm", 1, "n" },
};

/* Long vowels with a macron (Hepburn) or a circumflex (kunrei), small and
 * large. */
static const struct {
	char letter;
	unsigned codes[4];
} long_vowels[] = {
	{ 'a', { 0x101, 0x100, 0xe2, 0xc2 } },
	{ 'e', { 0x113, 0x112, 0xea, 0xca } },
	{ 'i', { 0x12b, 0x12a, 0xee, 0xce } },
	{ 'o', { 0x14d, 0x14c, 0xf4, 0xd4 } },
	{ 'u', { 0x16b, 0x16a, 0xfb, 0xdb } },
};

/* Kana being spelled. */
struct speller {
	struct buf letters;
	bool twice; /* a small tsu doubles the next consonant */
	bool after_n; /* a syllable's n, to be kept from the next vowel */
};

static unsigned next_code(const char **s);
static void spell(struct speller *, unsigned code);
static void spell_small_y(struct speller *, char vowel);
static bool ends_with(const struct buf *, const char *end);
static void read_letters(struct speller *, const char *typed);
static char latin(unsigned code);
static bool is_pause(unsigned code);
static bool is_vowel(char c);
static void put_once(struct buf *, const char *letters);

void
passphrase_words(const struct keys *keys, int64_t booking, int64_t generation,
    const char *words[PASSPHRASE_WORDS])
{
	uint8_t whose[16], digest[16];
	uint32_t bits = 0;

	for (int i = 0; i < 8; i++) {
		whose[i] = (uint8_t)((uint64_t)booking >> (56 - 8 * i));
		whose[8 + i] = (uint8_t)((uint64_t)generation >> (56 - 8 * i));
	}
	seal_digest(keys, SEAL_PASSPHRASE,
	    (struct bytes) { whose, sizeof(whose) }, digest, sizeof(digest));
	for (int i = 0; i < 4; i++)
		bits = bits << 8 | digest[i];
	for (int i = 0; i < PASSPHRASE_WORDS; i++, bits >>= 10)
		words[i] = passphrase_list[bits % PASSPHRASE_LIST];
}

char *
passphrase_print(const struct keys *keys, struct arena *a, int64_t booking,
    int64_t generation, bool romaji)
{
	const char *words[PASSPHRASE_WORDS];
	struct speller s = { 0 };
	char *text;

	passphrase_words(keys, booking, generation, words);
	if (!romaji)
		return arena_print(a, "%s %s %s", words[0], words[1], words[2]);
	buf_init(&s.letters, LETTERS_MAX);
	for (int i = 0; i < PASSPHRASE_WORDS; i++) {
		s.after_n = false;
		buf_puts(&s.letters, i ? " " : "");
		for (const char *at = words[i]; *at;)
			spell(&s, next_code(&at));
	}
	text = buf_keep(&s.letters, a);
	buf_free(&s.letters);
	return text;
}

char *
passphrase_fold(struct arena *a, const char *typed)
{
	struct speller s = { 0 };
	struct buf folded;
	char *text;

	buf_init(&s.letters, LETTERS_MAX);
	buf_init(&folded, LETTERS_MAX);
	read_letters(&s, text_nfkc(a, typed));
	for (const char *at = s.letters.data; at && *at;) {
		char one[2] = { *at };
		struct spelling as = { "", 1, one };
		for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]);
		     i++) {
			if (strncmp(at, spellings[i].from,
				strlen(spellings[i].from)) == 0) {
				as = spellings[i];
				break;
			}
		}
		put_once(&folded, as.to);
		at += as.take;
	}
	text = buf_keep(&folded, a);
	buf_free(&folded);
	buf_free(&s.letters);
	return text;
}

bool
passphrase_is(const struct keys *keys, struct arena *a, int64_t booking,
    int64_t generation, const char *typed)
{
	const char *right, *given;
	size_t len = strlen(typed);

	if (len > TYPED_MAX_BYTES || !text_valid(typed, len))
		return false;
	right = passphrase_fold(a,
	    passphrase_print(keys, a, booking, generation, false));
	given = passphrase_fold(a, typed);
	len = strlen(right);
	return strlen(given) == len && seal_equal(right, given, len);
}

/* One code point of well-formed UTF-8. */
static unsigned
next_code(const char **s)
{
	const unsigned char *at = (const unsigned char *)*s;
	unsigned code = at[0];
	int more = code < 0x80 ? 0 : code < 0xe0 ? 1 : code < 0xf0 ? 2 : 3;

	if (more)
		code &= 0x3fu >> more;
	for (int i = 1; i <= more; i++)
		code = code << 6 | (at[i] & 0x3fu);
	*s += more + 1;
	return code;
}

/* Adds one hiragana in Hepburn letters. */
static void
spell(struct speller *s, unsigned code)
{
	const char *as = hepburn[code - KANA_FIRST];

	if (code == SMALL_YA || code == SMALL_YU || code == SMALL_YO) {
		spell_small_y(s, as[1]);
		return;
	}
	if (s->twice)
		buf_putc(&s->letters, *as == 'c' ? 't' : *as);
	if (s->after_n && (is_vowel(*as) || *as == 'y'))
		buf_putc(&s->letters, '\'');
	buf_puts(&s->letters, as);
	s->twice = code == SMALL_TSU;
	s->after_n = code == KANA_N;
}

/* ki + small ya is kya, shi + small ya is sha. */
static void
spell_small_y(struct speller *s, char vowel)
{
	struct buf *b = &s->letters;

	if (b->len > 0 && b->data[b->len - 1] == 'i')
		b->data[--b->len] = '\0';
	if (!ends_with(b, "sh") && !ends_with(b, "ch") && !ends_with(b, "j"))
		buf_putc(b, 'y');
	buf_putc(b, vowel);
}

static bool
ends_with(const struct buf *b, const char *end)
{
	size_t len = strlen(end);

	return b->len >= len && memcmp(b->data + b->len - len, end, len) == 0;
}

/* All that was typed as Latin letters; pauses between words vanish. */
static void
read_letters(struct speller *s, const char *typed)
{
	while (*typed) {
		unsigned code = next_code(&typed);

		if (is_pause(code))
			continue;
		if (code >= KANA_FIRST + KATAKANA_AHEAD &&
		    code <= KANA_LAST + KATAKANA_AHEAD)
			code -= KATAKANA_AHEAD;
		if (code >= KANA_FIRST && code <= KANA_LAST)
			spell(s, code);
		else
			buf_putc(&s->letters, latin(code));
	}
}

/* A Latin letter, small and short; '?' for anything else. */
static char
latin(unsigned code)
{
	if (code < 0x80)
		return isalpha((int)code) ? (char)tolower((int)code) : '?';
	for (size_t v = 0; v < sizeof(long_vowels) / sizeof(long_vowels[0]);
	     v++)
		for (size_t i = 0; i < 4; i++)
			if (long_vowels[v].codes[i] == code)
				return long_vowels[v].letter;
	return '?';
}

/* Spaces, commas, full stops, hyphens, apostrophes, middle dots, and the
 * long vowel's bar, which changes nothing. */
static bool
is_pause(unsigned code)
{
	return (code < 0x80 && strchr(" \t\r\n,.-'", (int)code)) ||
	    code == LONG_VOWEL || code == 0x00b7 || code == 0x2010 ||
	    code == 0x2019 || code == 0x2212 || code == 0x3000 ||
	    code == 0x3001 || code == 0x3002 || code == 0x30fb;
}

static bool
is_vowel(char c)
{
	return c == 'a' || c == 'i' || c == 'u' || c == 'e' || c == 'o';
}

/* Long vowels and doubled consonants become one letter. */
static void
put_once(struct buf *to, const char *letters)
{
	for (; *letters; letters++) {
		char last = to->len ? to->data[to->len - 1] : '\0';
		if (*letters != last && !(last == 'o' && *letters == 'u'))
			buf_putc(to, *letters);
	}
}
