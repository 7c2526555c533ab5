/* What people read about the room's things, in their language. */
#ifndef ROOM_WORDS_H
#define ROOM_WORDS_H

#include "room/desk.h"

struct words {
	const char *body;	/* "" when there is none in any language */
	const char *lang;	/* the one it is in: pages mark a fallback */
};

/* Words that were looked up, until the room changes: at most some hundreds.
 * What words_get() gives of them stands until then. */
struct wordbook;
struct wordbook *wordbook_open(void);
void wordbook_close(struct wordbook *);	/* NULL is fine */

/* The text of owner and field in `lang` ("ja", "easy", "en"), else in
 * Japanese. */
struct words words_get(struct desk *, int64_t owner, const char *field,
    const char *lang);
/* Replaces one text; an empty body deletes it.  0 or -1. */
int words_set(struct desk *, int64_t owner, const char *field,
    const char *lang, const char *body);

#endif
