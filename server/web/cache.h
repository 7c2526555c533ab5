/*
 * Whole anonymous pages, kept with their compressed form until the room
 * changes or a minute passes.  They hold no byte of the visitor, so what one
 * was shown is what the next is shown; only the language differs.
 */
#ifndef WEB_CACHE_H
#define WEB_CACHE_H

#include "catalogue.h"	/* generated: enum lang */
#include "web/web.h"

struct cache;

/* At most 512 pages of at most 64 KiB: 32 MiB. */
struct cache *cache_open(void);
void cache_close(struct cache *);	/* NULL is fine */

/* Answers from what is kept; false when there is nothing fresh.  The page of
 * the same address and language must be the same for everybody. */
bool cache_answer(struct web *, struct request *);

/* Answers with a page that was just made and keeps it.  `generation` is the
 * writer's from before the page was begun. */
void cache_keep(struct web *, struct request *, enum lang,
    uint64_t generation, const struct reply *);

#endif
