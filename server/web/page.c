/*
 * Pages from opening to sending: their language, what all of them show,
 * and the headers of their kind.  It owns the rule that a page about a
 * visit or behind a sign-in is never stored, and that no page loads
 * anything from elsewhere.
 */
#include "web/page.h"

#include <assert.h>
#include <string.h>

#include "base/dates.h"
#include "base/log.h"
#include "base/text.h"
#include "room/policy.h"
#include "room/words.h"
#include "web/cache.h"
#include "web/cookie.h"
#include "web/lang.h"

#define PAGE_MAX_BYTES ((size_t)256 << 10)
#define YEAR_S (365 * 24 * 60 * 60)

static enum writing page_writing(const struct page *);
static void read_room(struct page *);
static const char *here(struct request *);
static void put_path(struct buf *, const char *path);
static void put_query(struct buf *, const char *query);
static char *headers_of(struct page *, const char *more);
static const char *policy_away(struct page *);
static const char *origin_of(struct arena *, const char *url);

void
page_open(struct page *page, struct web *web, struct request *request,
    enum page_kind kind, enum text title)
{
	*page = (struct page) {
		.web = web,
		.request = request,
		.desk = web_desk(web, request),
		.kind = kind,
		.slim = kind == PAGE_VISIT,
		.guard = guard_make(web, request),
		.generation = writer_generation(web->writer),
	};
	buf_init(&page->out, PAGE_MAX_BYTES);
	page->lang = lang_choose(web, request, &page->chosen);
	if (kind == PAGE_STAFF)
		page->lang = lang_office(page->lang);
	page->title = title;
	read_room(page);
	page->here = here(request);
	page->rehearsal = web->clock->rehearsal;
}

void
page_send(struct page *page, int status, const char *headers)
{
	static const char sorry[] = "500\n";
	struct reply reply = {
		.status = status,
		.type = "text/html; charset=utf-8",
		.body = { page->out.data, page->out.len },
		.headers = headers_of(page, headers),
	};

	if (page->out.full) {
		log_fault("page.full", "most=%zu", page->out.max);
		reply.status = 500;
		reply.type = "text/plain; charset=utf-8";
		reply.body = (struct bytes) { sorry, sizeof(sorry) - 1 };
	}
	http_answer(page->request, &reply);
	buf_free(&page->out);
}

void
page_send_alike(struct page *page)
{
	assert(page->kind == PAGE_PUBLIC);
	if (page->chosen || page->out.full) {
		page_send(page, 200, NULL);
		return;
	}
	cache_keep(page->web, page->request, page->lang, page->generation,
	    &(struct reply) {
		.status = 200,
		.type = "text/html; charset=utf-8",
		.body = { page->out.data, page->out.len },
		.seams = page->seams,
		.headers = headers_of(page, NULL),
	    });
	buf_free(&page->out);
}

void
page_go(struct request *request, const char *path, const char *headers)
{
	struct reply reply = { .status = 303 };

	assert(path[0] == '/' && path[1] != '/');
	reply.headers = arena_print(request->arena,
	    "Location: %s\r\nCache-Control: no-store\r\n"
	    "Referrer-Policy: no-referrer\r\n%s",
	    path, headers ? headers : "");
	http_answer(request, &reply);
}

void
page_put(struct page *page, const char *html, size_t len)
{
	buf_put(&page->out, html, len);
}

void
page_value(struct page *page, struct value value)
{
	value_print(&page->out, value, page_writing(page));
}

void
page_text(struct page *page, enum text text, const struct value *values,
    size_t n)
{
	enum writing writing = page_writing(page);

	value_fill(&page->out, text_as(writing, page->lang, text), values, n,
	    writing);
}

/* Words that are read later are of this generation or newer. */
static void
read_room(struct page *page)
{
	struct policy policy = { .phone = "" };

	if (policy_get(&page->desk, &policy) == 1)
		page->desk.room = policy.generation;
	page->phone = policy.phone;
}

static enum writing
page_writing(const struct page *page)
{
	return page->bare > 0 ? AS_BARE : AS_HTML;
}

/* Where she is, to stay there in another language.  What a form was sent
 * to may not answer a GET; the page behind it does. */
static const char *
here(struct request *request)
{
	struct buf out;
	char *address;

	buf_init(&out, (size_t)16 << 10);
	put_path(&out, request->path);
	put_query(&out, request->query);
	address = buf_keep(&out, request->arena);
	buf_free(&out);
	return address;
}

static void
put_path(struct buf *out, const char *path)
{
	for (const char *p = path; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || strchr("-._~/:@", c))
			buf_putc(out, *p);
		else
			buf_printf(out, "%%%02X", c);
	}
}

/* The query as it came, without `lang`. */
static void
put_query(struct buf *out, const char *query)
{
	char between = '?';

	for (const char *p = query; *p;) {
		size_t len = strcspn(p, "&");

		if (len > 0 && strncmp(p, "lang=", 5) != 0) {
			buf_putc(out, between);
			buf_put(out, p, len);
			between = '&';
		}
		p += len + (p[len] == '&');
	}
}

static char *
headers_of(struct page *page, const char *more)
{
	struct arena *arena = page->request->arena;
	bool visit = page->kind == PAGE_VISIT;
	const char *chosen = "";

	if (page->chosen)
		chosen = cookie_line(page->web, arena, COOKIE_LANG,
		    lang_code(page->lang), YEAR_S);
	return arena_print(arena,
	    "Content-Language: %s\r\n"
	    "Vary: Cookie, Accept-Language\r\n"
	    "Cache-Control: %s\r\n"
	    "Referrer-Policy: %s\r\n"
	    "%s%s%s",
	    lang_tag(page->lang),
	    page->kind == PAGE_PUBLIC ? "no-cache" : "no-store",
	    visit ? "no-referrer" : "same-origin",
	    visit ? policy_away(page) : "", chosen, more ? more : "");
}

/* Leaving a visit page is a POST that redirects to another site; browsers
 * hold a redirect against form-action, so that site is named there.  The
 * rest is the policy of all answers (http/reply.c). */
static const char *
policy_away(struct page *page)
{
	struct arena *arena = page->request->arena;

	return arena_print(arena,
	    "Content-Security-Policy: default-src 'none'; "
	    "style-src 'self'; script-src 'self'; img-src 'self' data:; "
	    "font-src 'self'; connect-src 'self'; "
	    "form-action 'self' %s; base-uri 'none'; "
	    "frame-ancestors 'none'\r\n",
	    origin_of(arena, page->web->config->leave_url));
}

/* "https://example.jp" of "https://example.jp/path"; "" of anything else. */
static const char *
origin_of(struct arena *arena, const char *url)
{
	const char *host = strstr(url, "://");

	if (!host || strpbrk(url, " ;,\r\n"))
		return "";
	host += 3;
	return arena_dup_len(arena, url,
	    (size_t)(host - url) + strcspn(host, "/?#"));
}
