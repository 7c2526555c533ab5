/*
 * Whole answers in a table with four places for each hash: an answer takes
 * the one that was used longest ago.  No address, however odd, can make it
 * grow.
 */
#include "web/cache.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "http/reply.h"
#include "web/lang.h"

#define PLACES 512
#define WAYS 4 /* with fewer, the pages of one day push each other out */
#define MOST_BYTES ((size_t)64 << 10)
#define KEY_MOST_BYTES 512

struct kept {
	char *key; /* NULL: empty */
	char *headers;
	char *plain, *packed;
	size_t plain_len, packed_len;
	uint64_t used; /* when, in answers */
	/* It is fresh while these are as they were: */
	uint64_t generation;
	int64_t minute; /* of the stamp in its forms */
	int64_t domain_minute; /* of notice, window and holds */
};

struct cache {
	struct press *press;
	uint64_t answers;
	struct kept places[PLACES];
};

static char *key_of(struct request *, enum lang);
static struct kept *place_of(struct cache *, const char *key);
static bool fresh(struct web *, const struct kept *);
static void fill(struct kept *, const char *key, const struct reply *,
    struct bytes packed);
static void empty(struct kept *);
static char *copy(struct bytes);

struct cache *
cache_open(void)
{
	struct cache *cache = mem_get(sizeof(*cache));

	cache->press = press_open();
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
	free(cache);
}

bool
cache_find(struct web *web, struct request *request, const char *key,
    struct reply *reply)
{
	struct kept *kept = place_of(web->cache, key);
	bool packed;

	if (kept->key == NULL || strcmp(kept->key, key) != 0 ||
	    !fresh(web, kept))
		return false;
	packed = kept->packed_len > 0 &&
	    reply_takes_gzip(http_header(request, "accept-encoding"));
	if (!packed && kept->plain == NULL)
		return false;
	kept->used = ++web->cache->answers;
	reply->status = 200;
	reply->headers = kept->headers;
	reply->packed = packed;
	reply->body = packed ? (struct bytes) { kept->packed, kept->packed_len }
			     : (struct bytes) { kept->plain, kept->plain_len };
	return true;
}

void
cache_put(struct web *web, struct request *request, const char *key,
    uint64_t generation, struct reply *reply)
{
	struct kept *kept = place_of(web->cache, key);
	struct bytes packed = reply_pack(web->cache->press, reply->body);

	if (packed.len <= MOST_BYTES) {
		empty(kept);
		fill(kept, key, reply, packed);
		kept->used = ++web->cache->answers;
		kept->generation = generation;
		kept->minute = time(NULL) / 60;
		kept->domain_minute = clock_now(web->clock) / 60;
	}
	if (packed.len > 0 &&
	    reply_takes_gzip(http_header(request, "accept-encoding"))) {
		reply->body = packed;
		reply->packed = true;
	}
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

/* Where it is, or may be put: FNV-1a. */
static struct kept *
place_of(struct cache *cache, const char *key)
{
	uint32_t hash = 2166136261;
	struct kept *first, *oldest;

	for (const char *c = key; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619;
	first = oldest = &cache->places[hash % (PLACES / WAYS) * WAYS];
	for (struct kept *kept = first; kept < first + WAYS; kept++) {
		if (kept->key != NULL && strcmp(kept->key, key) == 0)
			return kept;
		if (kept->used < oldest->used)
			oldest = kept;
	}
	return oldest;
}

static bool
fresh(struct web *web, const struct kept *kept)
{
	return kept->generation == writer_generation(web->writer) &&
	    kept->minute == time(NULL) / 60 &&
	    kept->domain_minute == clock_now(web->clock) / 60;
}

/* What is long is kept in its short form only. */
static void
fill(struct kept *kept, const char *key, const struct reply *reply,
    struct bytes packed)
{
	kept->key = mem_dup(key);
	kept->headers = mem_dup(reply->headers);
	if (reply->body.len <= MOST_BYTES) {
		kept->plain = copy(reply->body);
		kept->plain_len = reply->body.len;
	}
	kept->packed = copy(packed);
	kept->packed_len = packed.len;
}

static void
empty(struct kept *kept)
{
	free(kept->key);
	free(kept->headers);
	free(kept->plain);
	free(kept->packed);
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
