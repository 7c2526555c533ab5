/*
 * Three words out of 1,024 short, distinct, harmless Japanese words: 30
 * bits.  They are derived from the server's key, the booking's id and its
 * generation, so that nothing is stored and a repeated answer can repeat
 * them.  Typing is forgiving: NFKC, hiragana, katakana, Hepburn or kunrei
 * romaji, spaces, commas, hyphens and middle dots between the words.
 */
#ifndef ROOM_PASSPHRASE_H
#define ROOM_PASSPHRASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/seal.h"

#define PASSPHRASE_WORDS 3

/* The words in hiragana, each a static text. */
void passphrase_words(const struct keys *, int64_t booking,
    int64_t generation, const char *words[PASSPHRASE_WORDS]);
/* Joined by spaces, in hiragana or (romaji) in Hepburn. */
char *passphrase_print(const struct keys *, struct arena *, int64_t booking,
    int64_t generation, bool romaji);
/* What is left of typed words when all is forgiven: letters only, kunrei
 * spelling, no letter twice in a row, "ou" as "o".  "?" stands for what
 * belongs to no word. */
char *passphrase_fold(struct arena *, const char *typed);
bool passphrase_is(const struct keys *, struct arena *, int64_t booking,
    int64_t generation, const char *typed);

#endif
