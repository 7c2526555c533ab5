/*
 * Whole answers, kept as they were sent, until the room changes or a minute
 * passes: anonymous pages, which hold no byte of the visitor, so that what
 * one was shown is what the next is shown, and the feeds of calendars, each
 * under its secret address.  Those who take gzip and those who do not have
 * answers of their own.
 */
#ifndef WEB_CACHE_H
#define WEB_CACHE_H

#include "catalogue.h"	/* generated: enum lang */
#include "web/web.h"

struct cache;

/* At most 512 answers of at most 64 KiB: 32 MiB. */
struct cache *cache_open(void);
void cache_close(struct cache *);	/* NULL is fine */

/* Fills a reply but for its type from what is kept under a key; false when
 * there is nothing fresh.  What it points to is the cache's until the next
 * call. */
bool cache_find(struct web *, struct request *, const char *key,
    struct reply *);
/* Keeps a reply of status 200 that was just made, and gives it the
 * compressed body when she takes that, sewn together where it has seams.
 * `generation` is the writer's from before it was begun. */
void cache_put(struct web *, struct request *, const char *key,
    uint64_t generation, struct reply *);

/* Answers from what is kept; false when there is nothing fresh.  The page of
 * the same address and language must be the same for everybody. */
bool cache_answer(struct web *, struct request *);

/* Answers with a page that was just made and keeps it. */
void cache_keep(struct web *, struct request *, enum lang,
    uint64_t generation, const struct reply *);

#endif
