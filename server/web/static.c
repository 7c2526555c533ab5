/*
 * What is the same for everybody: embedded files, robots.txt, and the sign
 * of life.  A file's address changes with its content, so that browsers
 * keep it for ever.
 */
#include <string.h>

#include "assets.h" /* generated: assets[] */
#include "http/reply.h"
#include "store/db.h"
#include "web/handlers.h"

#define FOREVER "Cache-Control: public, max-age=31536000, immutable\r\n"

static const struct asset *asset_find(const char *path);
static const char *name_of(const char *path);
static const char *etag_of(struct arena *, const struct asset *, bool packed);
static void send_text(struct request *, int status, const char *text,
    const char *headers);

void
static_get(struct web *web, struct request *request)
{
	const struct asset *asset = asset_find(request->path);
	bool current = asset != NULL && strcmp(asset->path, request->path) == 0;

	if (asset == NULL) {
		web_fault(web, request, 404, NULL);
		return;
	}
	bool packed = asset->packed.len > 0 &&
	    reply_takes_gzip(http_header(request, "accept-encoding"));
	const char *etag = etag_of(request->arena, asset, packed);
	struct reply reply = {
		.status = http_knows(request, etag) ? 304 : 200,
		.type = asset->type,
		.body = packed ? asset->packed : asset->plain,
		.packed = packed,
		.headers = arena_print(request->arena, "ETag: %s\r\n%s", etag,
		    current ? FOREVER : "Cache-Control: no-cache\r\n"),
	};
	http_answer(request, &reply);
}

/* Calendars that fetch a feed obey this file too, so feeds are allowed. */
void
robots_get(struct web *web, struct request *request)
{
	(void)web;
	send_text(request, 200,
	    "User-agent: *\n"
	    "Allow: /feeds/\n"
	    "Disallow: /api/\n"
	    "Disallow: /card\n"
	    "Disallow: /check\n"
	    "Disallow: /contact\n"
	    "Disallow: /done\n"
	    "Disallow: /f/\n"
	    "Disallow: /mail\n"
	    "Disallow: /manage\n"
	    "Disallow: /password\n"
	    "Disallow: /sign-in\n"
	    "Disallow: /staff\n"
	    "Disallow: /visit\n",
	    "Cache-Control: public, max-age=86400\r\n");
}

/*
 * By its address or, when only the hash is another, by its name: a page
 * that was opened before an update still finds its style.
 */
static const struct asset *
asset_find(const char *path)
{
	const char *name = name_of(path);

	for (size_t i = 0; i < asset_count; i++)
		if (strcmp(name_of(assets[i].path), name) == 0)
			return &assets[i];
	return NULL;
}

/* "style.css" of "/static/HASH/style.css"; "" of anything else. */
static const char *
name_of(const char *path)
{
	const char *hash = path + strlen("/static/");
	const char *name = strchr(hash, '/');

	return name == NULL ? "" : name + 1;
}

/* The hash in an address covers all files, so it serves as their tag. */
static const char *
etag_of(struct arena *arena, const struct asset *asset, bool packed)
{
	const char *hash = asset->path + strlen("/static/");

	return arena_print(arena, "\"%.*s%s\"", (int)strcspn(hash, "/"), hash,
	    packed ? "-gzip" : "");
}

static void
send_text(struct request *request, int status, const char *text,
    const char *headers)
{
	struct reply reply = {
		.status = status,
		.type = "text/plain; charset=utf-8",
		.body = { text, strlen(text) },
		.headers = headers,
	};

	http_answer(request, &reply);
}
