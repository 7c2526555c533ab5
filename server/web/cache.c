/*
 * Whole anonymous pages in a table with one place for each hash: a page takes
 * the place of whatever was there.  Two that share a place cost a page made
 * anew, and no address, however odd, can make it grow.
 */
#include "web/cache.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "web/http_reply.h"
#include "web/lang.h"

#define PLACES 512
#define PAGE_MOST_BYTES ((size_t)64 << 10)
#define KEY_MOST_BYTES 512

struct kept {
	char *key; /* NULL: empty */
	char *headers;
	char *plain, *packed;
	size_t plain_len, packed_len;
	/* It is fresh while these are as they were: */
	uint64_t generation;
	int64_t minute; /* of the stamp in its forms */
	int64_t domain_minute; /* of notice, window and holds */
};

struct cache {
	struct kept places[PLACES];
};

static char *key_of(struct request *, enum lang);
static struct kept *place_of(struct cache *, const char *key);
static bool fresh(struct web *, const struct kept *);
static void fill(struct kept *, struct request *, const char *key,
    const struct reply *);
static void empty(struct kept *);
static char *copy(struct bytes);

struct cache *
cache_open(void)
{
	return mem_get(sizeof(struct cache));
}

void
cache_close(struct cache *cache)
{
	for (size_t i = 0; cache != NULL && i < PLACES; i++)
		empty(&cache->places[i]);
	free(cache);
}

bool
cache_answer(struct web *web, struct request *request)
{
	bool chosen;
	enum lang lang = lang_choose(web, request, &chosen);
	const char *key = key_of(request, lang);
	const struct kept *kept;
	struct reply reply = {
		.status = 200,
		.type = "text/html; charset=utf-8",
	};

	if (chosen || key == NULL)
		return false;
	kept = place_of(web->cache, key);
	if (kept->key == NULL || strcmp(kept->key, key) != 0 ||
	    !fresh(web, kept))
		return false;
	reply.headers = kept->headers;
	reply.packed = kept->packed_len > 0 &&
	    reply_takes_gzip(http_header(request, "accept-encoding"));
	reply.body = reply.packed
	    ? (struct bytes) { kept->packed, kept->packed_len }
	    : (struct bytes) { kept->plain, kept->plain_len };
	http_answer(request, &reply);
	return true;
}

void
cache_keep(struct web *web, struct request *request, enum lang lang,
    uint64_t generation, const struct reply *reply)
{
	const char *key = key_of(request, lang);
	struct kept *kept;

	if (key != NULL && reply->body.len <= PAGE_MOST_BYTES) {
		kept = place_of(web->cache, key);
		empty(kept);
		fill(kept, request, key, reply);
		kept->generation = generation;
		kept->minute = time(NULL) / 60;
		kept->domain_minute = clock_now(web->clock) / 60;
	}
	http_answer(request, reply);
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

/* FNV-1a. */
static struct kept *
place_of(struct cache *cache, const char *key)
{
	uint32_t hash = 2166136261;

	for (const char *c = key; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619;
	return &cache->places[hash % PLACES];
}

static bool
fresh(struct web *web, const struct kept *kept)
{
	return kept->generation == writer_generation(web->writer) &&
	    kept->minute == time(NULL) / 60 &&
	    kept->domain_minute == clock_now(web->clock) / 60;
}

static void
fill(struct kept *kept, struct request *request, const char *key,
    const struct reply *reply)
{
	struct bytes packed = reply_pack(request->arena, reply->body);

	kept->key = mem_dup(key);
	kept->headers = mem_dup(reply->headers);
	kept->plain = copy(reply->body);
	kept->plain_len = reply->body.len;
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
