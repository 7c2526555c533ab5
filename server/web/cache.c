/*
 * Whole answers in a table with four places for each hash: an answer takes
 * the one that was used longest ago.  No address, however odd, can make it
 * grow.
 */
#include "web/cache.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "http/quilt.h"
#include "http/reply.h"
#include "web/lang.h"

#define PLACES 512
#define WAYS 4 /* with fewer, the pages of one day push each other out */
#define MOST_BYTES ((size_t)64 << 10)
#define KEY_MOST_BYTES 512

struct kept {
	char *key; /* NULL: empty */
	bool gzip; /* for those who take it */
	bool packed;
	char *headers;
	char *body;
	size_t len;
	uint64_t used; /* when, in answers */
	/* It is fresh while these are as they were: */
	uint64_t generation;
	int64_t minute; /* of the stamp in its forms */
	int64_t domain_minute; /* of notice, window and holds */
};

struct cache {
	struct press *press;
	struct quilt *quilt;
	uint64_t answers;
	struct kept places[PLACES];
};

static char *key_of(struct request *, enum lang);
static bool takes_gzip(struct request *);
static void pack(struct cache *, struct reply *);
static struct kept *place_of(struct cache *, const char *key, bool gzip);
static bool is_it(const struct kept *, const char *key, bool gzip);
static bool fresh(struct web *, const struct kept *);
static void fill(struct kept *, const char *key, const struct reply *);
static void empty(struct kept *);
static char *copy(struct bytes);

struct cache *
cache_open(void)
{
	struct cache *cache = mem_get(sizeof(*cache));

	cache->press = press_open();
	cache->quilt = quilt_open();
	return cache;
}

void
cache_close(struct cache *cache)
{
	if (cache == NULL)
		return;
	for (size_t i = 0; i < PLACES; i++)
		empty(&cache->places[i]);
	press_close(cache->press);
	quilt_close(cache->quilt);
	free(cache);
}

bool
cache_find(struct web *web, struct request *request, const char *key,
    struct reply *reply)
{
	bool gzip = takes_gzip(request);
	struct kept *kept = place_of(web->cache, key, gzip);

	if (!is_it(kept, key, gzip) || !fresh(web, kept))
		return false;
	kept->used = ++web->cache->answers;
	reply->status = 200;
	reply->headers = kept->headers;
	reply->packed = kept->packed;
	reply->body = (struct bytes) { kept->body, kept->len };
	return true;
}

void
cache_put(struct web *web, struct request *request, const char *key,
    uint64_t generation, struct reply *reply)
{
	bool gzip = takes_gzip(request);
	struct kept *kept = place_of(web->cache, key, gzip);

	if (gzip)
		pack(web->cache, reply);
	if (reply->body.len > MOST_BYTES)
		return;
	empty(kept);
	fill(kept, key, reply);
	kept->gzip = gzip;
	kept->used = ++web->cache->answers;
	kept->generation = generation;
	kept->minute = time(NULL) / 60;
	kept->domain_minute = clock_now(web->clock) / 60;
}

bool
cache_answer(struct web *web, struct request *request)
{
	bool chosen;
	enum lang lang = lang_choose(web, request, &chosen);
	const char *key = key_of(request, lang);
	struct reply reply = { .type = "text/html; charset=utf-8" };

	if (chosen || key == NULL || !cache_find(web, request, key, &reply))
		return false;
	http_answer(request, &reply);
	return true;
}

void
cache_keep(struct web *web, struct request *request, enum lang lang,
    uint64_t generation, const struct reply *made)
{
	const char *key = key_of(request, lang);
	struct reply reply = *made;

	if (key != NULL)
		cache_put(web, request, key, generation, &reply);
	http_answer(request, &reply);
}

/* NULL for an address that is not worth keeping. */
static char *
key_of(struct request *request, enum lang lang)
{
	if (strlen(request->path) + strlen(request->query) > KEY_MOST_BYTES)
		return NULL;
	return arena_print(request->arena, "%s %s?%s", lang_code(lang),
	    request->path, request->query);
}

static bool
takes_gzip(struct request *request)
{
	return reply_takes_gzip(http_header(request, "accept-encoding"));
}

static void
pack(struct cache *cache, struct reply *reply)
{
	if (reply->seams == NULL || reply->seams->count == 0) {
		reply_pack(cache->press, reply);
		return;
	}
	reply->body = quilt_sew(cache->quilt, reply->body, reply->seams);
	reply->packed = true;
}

/* Where it is, or may be put: FNV-1a. */
static struct kept *
place_of(struct cache *cache, const char *key, bool gzip)
{
	uint32_t hash = 2166136261;
	struct kept *first, *oldest;

	for (const char *c = key; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619;
	first = oldest = &cache->places[hash % (PLACES / WAYS) * WAYS];
	for (struct kept *kept = first; kept < first + WAYS; kept++) {
		if (is_it(kept, key, gzip))
			return kept;
		if (kept->used < oldest->used)
			oldest = kept;
	}
	return oldest;
}

static bool
is_it(const struct kept *kept, const char *key, bool gzip)
{
	return kept->key != NULL && kept->gzip == gzip &&
	    strcmp(kept->key, key) == 0;
}

static bool
fresh(struct web *web, const struct kept *kept)
{
	return kept->generation == writer_generation(web->writer) &&
	    kept->minute == time(NULL) / 60 &&
	    kept->domain_minute == clock_now(web->clock) / 60;
}

static void
fill(struct kept *kept, const char *key, const struct reply *reply)
{
	kept->key = mem_dup(key);
	kept->headers = mem_dup(reply->headers);
	kept->packed = reply->packed;
	kept->body = copy(reply->body);
	kept->len = reply->body.len;
}

static void
empty(struct kept *kept)
{
	free(kept->key);
	free(kept->headers);
	free(kept->body);
	*kept = (struct kept) { 0 };
}

static char *
copy(struct bytes from)
{
	char *to = mem_get(from.len + 1);

	if (from.len > 0)
		memcpy(to, from.data, from.len);
	return to;
}
