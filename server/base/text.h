/*
 * Text from people: UTF-8 checked, normalised for comparing, never for
 * storing.  Names stay as they were typed.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

/* True for well-formed UTF-8 without NUL. */
bool text_valid(const char *s, size_t len_bytes);

/* Length in code points; `s` must be valid. */
size_t text_length(const char *s);

/* Any C0, C1 control, DEL, line or paragraph separator or bidi control;
 * LF and TAB (CR before LF too) pass where `lines` is true. */
bool text_has_control(const char *s, bool lines);

/* NFKC form (full width to ASCII, half width kana to kana). */
char *text_nfkc(struct arena *, const char *s);

/* NFKC, then only the ASCII digits: "４８２７ー1935" gives "48271935". */
char *text_digits(struct arena *, const char *s);

/* Without white space (also U+3000) at both ends. */
char *text_trim(struct arena *, const char *s);

/* Percent-encoding of RFC 3986; decoding returns NULL for a bad escape or
 * an escaped NUL.  `plus` reads '+' as a space (form bodies, queries). */
char *text_percent(struct arena *, const char *s);
char *text_unpercent(struct arena *, const char *s, size_t len, bool plus);

/* base64 of RFC 4648: the standard alphabet with padding, or the URL one
 * without.  text_unbase64url returns a view with data == NULL when bad. */
char *text_base64(struct arena *, struct bytes);
char *text_base64url(struct arena *, struct bytes);
struct bytes text_unbase64url(struct arena *, const char *s);

#endif
