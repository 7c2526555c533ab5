/*
 * Pages: client/pages/NAME.html becomes `void page_NAME(struct page *,
 * const struct NAME_page *)` at build time (see server/gen/pages.c), where
 * each value is escaped by its type.  A handler fills the struct, calls the
 * function, sends the page.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "base/mem.h"
#include "base/value.h"
#include "catalogue.h"	/* generated: enum text, enum lang, text_of() */
#include "web/web.h"

struct queue_trouble;

enum page_kind {
	PAGE_PUBLIC,	/* anonymous: the room's name and languages above */
	PAGE_VISIT,	/* about her visit: neutral, quick exit, no-store */
	PAGE_STAFF	/* signed in: menu of the office */
};

struct page {
	struct web *web;
	struct request *request;
	struct desk desk;
	struct buf out;
	enum lang lang;
	enum page_kind kind;
	enum text title;	/* before the room's name on public pages */
	const char *guard;	/* for its forms: guard_make() */
	const char *here;	/* path and query without lang */
	const char *typed;	/* id of the form that comes along to another
				 * language, by POST to `here`: see
				 * lang_turned(); NULL: none does */
	const char *staff_tab;	/* "day", "usage" on staff pages */
	const char *role;	/* of the account on staff pages; NULL before
				 * sign-in: no menu */
	const struct queue_trouble *trouble;	/* with letters, for those who
				 * can do something about it; else NULL */
	const char *phone;	/* of the room, "" if none */
	bool slim;		/* one narrow column: true on visit pages */
	bool error;		/* the title begins with "Error:" */
	bool rehearsal;		/* the clock is not the world's: says so */
	int bare;		/* above 0: no markup may be written */
	bool chosen;		/* the language comes from the query */
	struct seams *seams;	/* where its parts join, or NULL: it does not
				 * recur */
	const char *const *symbols;	/* used on it, for layout_end */
	uint64_t generation;	/* of the room when it was begun */
	int32_t day;		/* the date that was printed last, */
	const char *day_html;	/* and how */
};

/*
 * Every page begins with {> layout_open()} and ends with {> layout_close()}:
 * document, title, skip link, header, <main><div class="wrap">, and back.
 * A drawing is used by its id as in <use href="#i-cal"/>, or by
 * {> icon("cal")} for the usual 24 px; layout_end() adds the symbols that
 * were used (client/pages/symbols.html).
 */

/* Chooses the language (query `lang`, cookie, Accept-Language, Japanese) and
 * fills what every page shows. */
void page_open(struct page *, struct web *, struct request *,
    enum page_kind, enum text title);
/* Sends it; headers may be NULL.  Sets the security headers of its kind. */
void page_send(struct page *, int status, const char *headers);
/* The same for a public page that is alike for everybody: it is kept for the
 * next visitor (web/cache.h). */
void page_send_alike(struct page *);
/* Gives the page up after a fault of ours: 500. */
void page_fail(struct page *);
/* 303 to a path of ours. */
void page_go(struct request *, const char *path, const char *headers);
/* A whole page that says what happened and what to do. */
void page_error(struct web *, struct request *, int status,
    enum text title, enum text what);
/* The same with the usual words for 400, 403, 404, 405, 409, 413, 415, 422,
 * 429, 500 or 503; headers (Allow, Retry-After) may be NULL. */
void page_status(struct web *, struct request *, int status,
    const char *headers);

/* Called by compiled pages. */
void page_put(struct page *, const char *html, size_t len);
void page_value(struct page *, struct value);		/* escaped */
void page_text(struct page *, enum text, const struct value *, size_t n);

/* Parts that pages use as {> name(...)}. */
void page_apart(struct page *);		/* what follows recurs on others, */
void page_alike(struct page *);		/* and resembles what is before it */
void page_date(struct page *, int64_t at);	/* <time>2026年7月1日（水）</time> */
void page_time(struct page *, int64_t from_at, int64_t until_at);
void page_moment(struct page *, int64_t from_at, int64_t until_at); /* both */
void page_clock(struct page *, int64_t at);	/* 9:50 */
/* "10分" for a text; how the counter is read depends on the number. */
struct value page_minutes(struct page *, int minutes);
/* A text of the room; a fallback to Japanese is marked with lang. */
void page_words(struct page *, int64_t owner, const char *field);
bool page_has_words(struct page *, int64_t owner, const char *field);
/* A text in its own language whatever the page's is. */
void page_text_in(struct page *, enum lang, enum text);
/* What follows is written in another language. */
void page_speak(struct page *, enum lang);
/* This page in another language, as an address for href. */
void page_here_in(struct page *, enum lang);

/* Called by layout_end: notes which drawings the page used, says whether
 * one is among them. */
void page_note_symbols(struct page *);
bool page_uses(const struct page *, const char *symbol);

#endif
