/*
 * What people read about the room's things.  Owns the table of words: one
 * text for each owner, field and language.
 */
#include "room/words.h"

#include <stdlib.h>
#include <string.h>

#define ENTRIES 1024 /* of which a room uses a tenth */
#define TRIES 8

struct entry {
	int64_t owner; /* 0: empty */
	const char *field, *lang;
	struct words words;
};

struct wordbook {
	struct arena *arena;
	int64_t room; /* policy.generation */
	struct entry entries[ENTRIES];
};

static const struct db_field words_row[] = {
	DB_FIELD(struct words, body),
	DB_FIELD(struct words, lang),
	DB_END,
};

static struct words look_up(struct desk *, int64_t owner, const char *field,
    const char *lang);
static struct entry *entry_of(struct wordbook *, int64_t owner,
    const char *field, const char *lang);
static void begin_anew(struct wordbook *, int64_t room);

struct wordbook *
wordbook_open(void)
{
	return mem_get(sizeof(struct wordbook));
}

void
wordbook_close(struct wordbook *book)
{
	if (book != NULL)
		arena_free(book->arena);
	free(book);
}

struct words
words_get(struct desk *d, int64_t owner, const char *field, const char *lang)
{
	struct entry *entry;
	struct desk kept;

	if (d->wordbook == NULL || d->room == 0)
		return look_up(d, owner, field, lang);
	if (d->wordbook->room != d->room)
		begin_anew(d->wordbook, d->room);
	entry = entry_of(d->wordbook, owner, field, lang);
	if (entry == NULL)
		return look_up(d, owner, field, lang);
	if (entry->owner == 0) {
		kept = *d;
		kept.arena = d->wordbook->arena;
		*entry = (struct entry) { owner, arena_dup(kept.arena, field),
			arena_dup(kept.arena, lang), { 0 } };
		entry->words = look_up(&kept, owner, field, entry->lang);
	}
	return entry->words;
}

static struct words
look_up(struct desk *d, int64_t owner, const char *field, const char *lang)
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

/* Where it is or may be put; NULL where others are in the way. */
static struct entry *
entry_of(struct wordbook *book, int64_t owner, const char *field,
    const char *lang)
{
	uint64_t hash = (uint64_t)owner;

	for (const char *c = field; *c != '\0'; c++)
		hash = hash * 31 + (unsigned char)*c;
	hash = hash * 31 + (unsigned char)*lang;
	for (size_t i = 0; i < TRIES; i++) {
		struct entry *e = &book->entries[(hash + i) % ENTRIES];

		if (e->owner == 0 ||
		    (e->owner == owner && strcmp(e->field, field) == 0 &&
			strcmp(e->lang, lang) == 0))
			return e;
	}
	return NULL;
}

static void
begin_anew(struct wordbook *book, int64_t room)
{
	arena_free(book->arena);
	*book = (struct wordbook) { .arena = arena_new(), .room = room };
}
