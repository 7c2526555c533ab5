/*
 * Japanese letters in texts, and the readings that stand above them:
 * {漢字|かんじ}.  Texts are UTF-8, which libgettextpo has checked.
 */
#ifndef GEN_RUBY_H
#define GEN_RUBY_H

#include <stdbool.h>

#include "base/value.h"

/* The text with its groups written so; a brace that opens none stays. */
char *ruby_write(const char *text, enum writing);
/* The same AS_HTML, and in one box: where boxes stand in a row, each ruby
 * would be one of them. */
const char *ruby_html(const char *text);
/* What is wrong with the readings of a text in which every kanji must have
 * one, or NULL. */
const char *ruby_fault(const char *text);
/* Any kana, kanji or half width kana. */
bool has_japanese(const char *text);
/* Any kanji. */
bool has_kanji(const char *text);
/* Japanese or Latin letters. */
bool has_letters(const char *text);

#endif
