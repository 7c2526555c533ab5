/*
 * What people read about the room's things.  Owns the table of words: one
 * text for each owner, field and language.
 */
#include "room/words.h"

#include <string.h>

static const struct db_field words_row[] = {
	DB_FIELD(struct words, body),
	DB_FIELD(struct words, lang),
	DB_END,
};

struct words
words_get(struct desk *d, int64_t owner, const char *field, const char *lang)
{
	struct words w = { .body = "", .lang = lang };

	if (db_one(d->db, d->arena, words_row, &w, words_get, .owner = owner,
		.field = field, .lang = lang) == 1)
		return w;
	return (struct words) { .body = "", .lang = lang };
}

int
words_set(struct desk *d, int64_t owner, const char *field, const char *lang,
    const char *body)
{
	int done = *body ? db_do(d->db, words_put, .owner = owner,
			       .field = field, .lang = lang, .body = body)
			 : db_do(d->db, words_drop, .owner = owner,
			       .field = field, .lang = lang);

	return done < 0 ? -1 : 0;
}
