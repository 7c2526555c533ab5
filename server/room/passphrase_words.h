/* The words of passphrases. */
#ifndef ROOM_PASSPHRASE_WORDS_H
#define ROOM_PASSPHRASE_WORDS_H

#define PASSPHRASE_LIST 1024	/* 10 bits a word */

/* In hiragana, two to four mora each. */
extern const char *const passphrase_list[PASSPHRASE_LIST];

#endif
