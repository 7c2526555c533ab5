/*
 * Text from people: the sole owner of libunistring.  Nothing here keeps
 * state, so every thread may call it.
 */
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/log.h"

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789+/";
static const char base64url_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "abcdefghijklmnopqrstuvwxyz"
				       "0123456789-_";

static const uint8_t *u8(const char *);
static bool is_control(ucs4_t);
static bool is_space(ucs4_t);
static bool is_unreserved(char);
static int hex_value(char);
static char *base64(struct arena *, struct bytes, const char *digits, bool pad);

bool
text_valid(const char *s, size_t len_bytes)
{
	return !memchr(s, '\0', len_bytes) && !u8_check(u8(s), len_bytes);
}

size_t
text_length(const char *s)
{
	return u8_mbsnlen(u8(s), strlen(s));
}

bool
text_has_control(const char *s, bool lines)
{
	const uint8_t *p = u8(s);
	ucs4_t c;

	while ((p = u8_next(&c, p))) {
		if (lines && (c == '\n' || c == '\t'))
			continue;
		if (lines && c == '\r' && *p == '\n')
			continue;
		if (is_control(c))
			return true;
	}
	return false;
}

char *
text_nfkc(struct arena *arena, const char *s)
{
	size_t len;
	uint8_t *form = u8_normalize(UNINORM_NFKC, u8(s), strlen(s), NULL,
	    &len);
	char *copy;

	if (!form && errno == ENOMEM)
		log_die("text.lost", "bytes=%zu", strlen(s));
	if (!form)
		return arena_dup(arena, ""); /* not UTF-8: nothing to say */
	copy = arena_dup_len(arena, (char *)form, len);
	free(form);
	return copy;
}

char *
text_digits(struct arena *arena, const char *s)
{
	char *digits = text_nfkc(arena, s), *end = digits;

	for (const char *p = digits; *p; p++)
		if (*p >= '0' && *p <= '9')
			*end++ = *p;
	*end = '\0';
	return digits;
}

char *
text_trim(struct arena *arena, const char *s)
{
	const uint8_t *start = u8(s), *end = start + strlen(s), *p;
	ucs4_t c;

	while ((p = u8_next(&c, start)) && is_space(c))
		start = p;
	while (end > start && (p = u8_prev(&c, end, start)) && is_space(c))
		end = p;
	return arena_dup_len(arena, (const char *)start, (size_t)(end - start));
}

char *
text_percent(struct arena *arena, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";
	char *escaped = arena_get(arena, 3 * strlen(s) + 1), *end = escaped;

	for (; *s; s++) {
		if (is_unreserved(*s)) {
			*end++ = *s;
			continue;
		}
		*end++ = '%';
		*end++ = hex[(unsigned char)*s >> 4];
		*end++ = hex[(unsigned char)*s & 15];
	}
	return escaped;
}

char *
text_unpercent(struct arena *arena, const char *s, size_t len, bool plus)
{
	char *plain = arena_get(arena, len + 1), *end = plain;

	for (size_t i = 0; i < len; i++) {
		int high, low;

		if (s[i] != '%') {
			if (!s[i])
				return NULL;
			*end++ = plus && s[i] == '+' ? ' ' : s[i];
			continue;
		}
		if (len - i < 3 || (high = hex_value(s[i + 1])) < 0 ||
		    (low = hex_value(s[i + 2])) < 0 || high + low == 0)
			return NULL;
		*end++ = (char)(high << 4 | low);
		i += 2;
	}
	return plain;
}

char *
text_base64(struct arena *arena, struct bytes bytes)
{
	return base64(arena, bytes, base64_digits, true);
}

char *
text_base64url(struct arena *arena, struct bytes bytes)
{
	return base64(arena, bytes, base64url_digits, false);
}

/* Only the one spelling that text_base64url gives: no padding, no bits left
 * over (RFC 4648 3.5), so that a token has no second form. */
struct bytes
text_unbase64url(struct arena *arena, const char *s)
{
	size_t len = strlen(s), n = 0;
	uint8_t *plain = arena_get(arena, len / 4 * 3 + 3);
	uint32_t bits = 0;
	int held = 0;

	for (size_t i = 0; i < len; i++) {
		const char *digit = strchr(base64url_digits, s[i]);

		if (!digit)
			return (struct bytes) { 0 };
		bits = (bits << 6 | (uint32_t)(digit - base64url_digits));
		held += 6;
		if (held >= 8) {
			held -= 8;
			plain[n++] = (uint8_t)(bits >> held);
		}
	}
	if (held >= 6 || (bits & ((1U << held) - 1)))
		return (struct bytes) { 0 };
	return (struct bytes) { plain, n };
}

static const uint8_t *
u8(const char *s)
{
	return (const uint8_t *)s;
}

/* C0, DEL and C1; U+2028 and U+2029; the marks, embeddings, overrides and
 * isolates of UAX #9, which can make a text read otherwise than it is. */
static bool
is_control(ucs4_t c)
{
	static const struct {
		ucs4_t first, last;
	} ranges[] = {
		{ 0x00, 0x1f },
		{ 0x7f, 0x9f },
		{ 0x61c, 0x61c },
		{ 0x200e, 0x200f },
		{ 0x2028, 0x202e },
		{ 0x2066, 0x2069 },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

/* White_Space of Unicode's PropList. */
static bool
is_space(ucs4_t c)
{
	return (c >= 0x09 && c <= 0x0d) || c == ' ' || c == 0x85 || c == 0xa0 ||
	    c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
	    c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/* RFC 3986 2.3. */
static bool
is_unreserved(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    c == '~';
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

static char *
base64(struct arena *arena, struct bytes bytes, const char *digits, bool pad)
{
	const uint8_t *in = bytes.data;
	char *out = arena_get(arena, (bytes.len + 2) / 3 * 4 + 1), *end = out;

	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t left = bytes.len - i;
		uint32_t bits = (uint32_t)in[i] << 16;

		if (left > 1)
			bits |= (uint32_t)in[i + 1] << 8;
		if (left > 2)
			bits |= in[i + 2];
		*end++ = digits[bits >> 18];
		*end++ = digits[bits >> 12 & 63];
		if (left > 1)
			*end++ = digits[bits >> 6 & 63];
		else if (pad)
			*end++ = '=';
		if (left > 2)
			*end++ = digits[bits & 63];
		else if (pad)
			*end++ = '=';
	}
	return out;
}
