/*
 * Whole anonymous pages: a hash table whose entries also form a list, the
 * last used first, from whose end the oldest go.
 */
#include "web/cache.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "web/http_reply.h"
#include "web/lang.h"

#define BUCKETS 1024 /* a power of two */
#define KEY_MAX_BYTES 512

struct kept {
	struct kept *next; /* of its bucket */
	struct kept *newer, *older; /* of the list of uses */
	char *key;
	char *headers;
	struct bytes plain, packed; /* own copies */
	/* When it is fresh: */
	uint64_t generation;
	int64_t minute; /* of the stamp in its forms */
	int64_t domain_minute; /* of notice, window and holds */
};

struct cache {
	struct kept *buckets[BUCKETS];
	struct kept *newest, *oldest;
	size_t bytes, most_bytes;
};

static char *key_of(struct request *, enum lang);
static struct kept **place_of(struct cache *, const char *key);
static bool fresh(struct web *, const struct kept *);
static void answer(struct request *, const struct kept *);
static void put_first(struct cache *, struct kept *);
static void take_out(struct cache *, struct kept *);
static void forget(struct cache *, struct kept *);
static size_t size_of(const struct kept *);
static struct bytes copy(struct bytes);

struct cache *
cache_open(size_t most_bytes)
{
	struct cache *cache = mem_get(sizeof(*cache));

	cache->most_bytes = most_bytes;
	return cache;
}

void
cache_close(struct cache *cache)
{
	if (cache == NULL)
		return;
	while (cache->oldest != NULL)
		forget(cache, cache->oldest);
	free(cache);
}

bool
cache_answer(struct web *web, struct request *request)
{
	struct cache *cache = web->cache;
	bool chosen;
	enum lang lang = lang_choose(web, request, &chosen);
	char *key = key_of(request, lang);
	struct kept *kept;

	if (chosen || key == NULL)
		return false;
	kept = *place_of(cache, key);
	if (kept == NULL)
		return false;
	if (!fresh(web, kept)) {
		forget(cache, kept);
		return false;
	}
	take_out(cache, kept);
	put_first(cache, kept);
	answer(request, kept);
	return true;
}

void
cache_keep(struct web *web, struct request *request, enum lang lang,
    uint64_t generation, const struct reply *reply)
{
	struct cache *cache = web->cache;
	char *key = key_of(request, lang);
	struct kept *kept, **place;

	if (key == NULL) {
		http_answer(request, reply);
		return;
	}
	place = place_of(cache, key);
	if (*place != NULL) {
		forget(cache, *place);
		place = place_of(cache, key);
	}
	kept = mem_get(sizeof(*kept));
	*kept = (struct kept) {
		.key = mem_dup(key),
		.headers = mem_dup(reply->headers),
		.plain = copy(reply->body),
		.packed = copy(reply_pack(request->arena, reply->body)),
		.generation = generation,
		.minute = time(NULL) / 60,
		.domain_minute = clock_now(web->clock) / 60,
	};
	*place = kept;
	put_first(cache, kept);
	cache->bytes += size_of(kept);
	answer(request, kept);
	while (cache->bytes > cache->most_bytes)
		forget(cache, cache->oldest);
}

/* NULL for an address that is not worth keeping. */
static char *
key_of(struct request *request, enum lang lang)
{
	if (strlen(request->path) + strlen(request->query) > KEY_MAX_BYTES)
		return NULL;
	return arena_print(request->arena, "%s %s?%s", lang_code(lang),
	    request->path, request->query);
}

/* Where the entry of a key is linked, or would be (FNV-1a). */
static struct kept **
place_of(struct cache *cache, const char *key)
{
	uint32_t hash = 2166136261;
	struct kept **place;

	for (const char *c = key; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619;
	place = &cache->buckets[hash % BUCKETS];
	while (*place != NULL && strcmp((*place)->key, key) != 0)
		place = &(*place)->next;
	return place;
}

static bool
fresh(struct web *web, const struct kept *kept)
{
	return kept->generation == writer_generation(web->writer) &&
	    kept->minute == time(NULL) / 60 &&
	    kept->domain_minute == clock_now(web->clock) / 60;
}

static void
answer(struct request *request, const struct kept *kept)
{
	bool packed = kept->packed.len > 0 &&
	    reply_takes_gzip(http_header(request, "accept-encoding"));
	const struct reply reply = {
		.status = 200,
		.type = "text/html; charset=utf-8",
		.body = packed ? kept->packed : kept->plain,
		.packed = packed,
		.headers = kept->headers,
	};

	http_answer(request, &reply);
}

static void
put_first(struct cache *cache, struct kept *kept)
{
	kept->newer = NULL;
	kept->older = cache->newest;
	if (kept->older != NULL)
		kept->older->newer = kept;
	else
		cache->oldest = kept;
	cache->newest = kept;
}

static void
take_out(struct cache *cache, struct kept *kept)
{
	*(kept->newer != NULL ? &kept->newer->older
			      : &cache->newest) = kept->older;
	*(kept->older != NULL ? &kept->older->newer
			      : &cache->oldest) = kept->newer;
}

static void
forget(struct cache *cache, struct kept *kept)
{
	struct kept **place = place_of(cache, kept->key);

	*place = kept->next;
	take_out(cache, kept);
	cache->bytes -= size_of(kept);
	free(kept->key);
	free(kept->headers);
	free((void *)(uintptr_t)kept->plain.data);
	free((void *)(uintptr_t)kept->packed.data);
	free(kept);
}

static size_t
size_of(const struct kept *kept)
{
	return sizeof(*kept) + strlen(kept->key) + strlen(kept->headers) +
	    kept->plain.len + kept->packed.len;
}

static struct bytes
copy(struct bytes from)
{
	void *to = mem_get(from.len + 1);

	if (from.len > 0)
		memcpy(to, from.data, from.len);
	return (struct bytes) { to, from.len };
}
