/*
 * Advisors' calendars: GET /feeds/<token>.ics for programs that subscribe,
 * and the page on which staff find the addresses.
 */
#include "web/feeds.h"

#include <string.h>

#include "base/text.h"
#include "calendar/ics.h"
#include "pages.h" /* generated */
#include "web/cache.h"
#include "web/form.h"
#include "web/handlers.h"
#include "web/sign_in.h"

#define SUFFIX ".ics"

static enum lang feed_lang(struct request *);
static bool feed_make(struct web *, struct request *, struct reply *);
static char *feed_etag(struct web *, struct request *, const char *ics);
static bool unchanged(const struct request *, const char *headers);
static char *line_of(struct arena *, const char *headers, const char *name);
static int fill(struct page *, const struct account *, struct feeds_page *);

void
feed_get(struct web *web, struct request *request)
{
	const char *key = arena_print(request->arena, "%s %s",
	    lang_code(feed_lang(request)), request->path);
	uint64_t generation = writer_generation(web->writer);
	struct reply reply = { 0 };

	if (!cache_find(web, request, key, &reply)) {
		if (!feed_make(web, request, &reply))
			return;
		cache_put(web, request, key, generation, &reply);
	}
	reply.few = true;
	if (unchanged(request, reply.headers))
		reply.status = 304;
	else
		reply.type = "text/calendar; charset=utf-8";
	http_answer(request, &reply);
}

void
feeds_show(struct web *web, struct request *request)
{
	struct account account;
	struct feeds_page p;
	struct page o;

	if (!sign_in_required(web, request, RIGHT_FEEDS, &account))
		return;
	page_open(&o, web, request, PAGE_STAFF, T_feeds_title);
	sign_in_menu(&o, &account, "feeds");
	o.slim = true;
	if (fill(&o, &account, &p) < 0) {
		page_fail(&o);
		return;
	}
	page_feeds(&o, &p);
	page_send(&o, 200, NULL);
}

static enum lang
feed_lang(struct request *request)
{
	struct form *query = form_query(request);
	enum lang lang = query == NULL ? LANGS
				       : lang_by_code(form_get(query, "lang"));

	return lang == LANGS ? LANG_JA : lang_office(lang);
}

/* False: the request has been answered. */
static bool
feed_make(struct web *web, struct request *request, struct reply *reply)
{
	struct desk d = web_desk(web, request);
	const char *file = web_parameter(request);
	size_t len = strlen(file);
	struct advisor advisor;
	char date[HTTP_DATE_BYTES];
	int64_t updated_at;
	char *ics;
	int found = 0;

	if (len > strlen(SUFFIX) &&
	    strcmp(file + len - strlen(SUFFIX), SUFFIX) == 0)
		found = advisor_by_feed_token(&d,
		    arena_dup_len(d.arena, file, len - strlen(SUFFIX)),
		    &advisor);
	if (found != 1) {
		reply->status = found < 0 ? 500 : 404;
		reply->type = "text/plain";
		http_answer(request, reply);
		return false;
	}
	ics = ics_feed(&d, &advisor, feed_lang(request), &updated_at);
	if (ics == NULL) {
		web_unavailable(web, request);
		return false;
	}
	reply->status = 200;
	reply->body = (struct bytes) { ics, strlen(ics) };
	http_date(updated_at, date);
	reply->headers = arena_print(d.arena,
	    "ETag: %s\r\nLast-Modified: %s\r\n"
	    "Cache-Control: private, no-cache\r\n",
	    feed_etag(web, request, ics), date);
	return true;
}

/* Equal bytes give an equal tag. */
static char *
feed_etag(struct web *web, struct request *request, const char *ics)
{
	uint8_t digest[16];

	seal_digest(web->keys, SEAL_FEED, (struct bytes) { ics, strlen(ics) },
	    digest, sizeof(digest));
	return arena_print(request->arena, "\"%s\"",
	    text_base64url(request->arena,
		(struct bytes) { digest, sizeof(digest) }));
}

/* If-None-Match wins over If-Modified-Since (RFC 9110 13.2.2).  A date that
 * is not the very one we sent counts as changed: the newest booking may have
 * been cancelled, which moves Last-Modified backwards. */
static bool
unchanged(const struct request *request, const char *headers)
{
	const char *since = http_header(request, "if-modified-since");
	struct arena *arena = request->arena;

	if (http_header(request, "if-none-match") != NULL)
		return http_knows(request, line_of(arena, headers, "ETag: "));
	return since != NULL &&
	    strcmp(since, line_of(arena, headers, "Last-Modified: ")) == 0;
}

/* What feed_make() wrote there. */
static char *
line_of(struct arena *arena, const char *headers, const char *name)
{
	const char *value = strstr(headers, name) + strlen(name);

	return arena_dup_len(arena, value, strcspn(value, "\r"));
}

/* An advisor sees her own address, staff all of them. */
static int
fill(struct page *o, const struct account *account, struct feeds_page *p)
{
	const char *url = o->web->config->public_url;
	struct desk *d = &o->desk;
	struct advisor *advisors;
	int count = advisor_list(d, &advisors);

	if (count < 0)
		return -1;
	*p = (struct feeds_page) {
		.rows = arena_array(d->arena, struct feed_row,
		    (size_t)count + 1),
	};
	for (int i = 0; i < count; i++) {
		const char *token;

		if (strcmp(account->role, "advisor") == 0 &&
		    account->advisor != advisors[i].id)
			continue;
		token = advisor_feed_token(d, &advisors[i]);
		p->rows[p->count++] = (struct feed_row) {
			.advisor = advisors[i].id,
			.code = advisors[i].code,
			.url = arena_print(d->arena, "%s/feeds/%s" SUFFIX, url,
			    token),
			.webcal = arena_print(d->arena,
			    "webcal%s/feeds/%s" SUFFIX, strchr(url, ':'),
			    token),
		};
	}
	return 0;
}
