/*
 * Cookies and the guards of forms.  It owns their names on the wire, what
 * is sealed into them, and the rule which POST may come from where.  Time
 * is real here, also in a rehearsal: browsers know no other.
 */
#include "web/cookie.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/seal.h"
#include "base/text.h"

#define VISIT_S (2 * HOUR_S)
#define ASKING_S 3000 /* no longer than a throttle remembers an answer */
#define STAMP_MINUTES (12 * 60)
#define STAMP_BYTES 16

static const char *wire_name(const struct web *, struct arena *,
    const char *name);
static bool is_tls(const struct web *);
static struct bytes visit_context(void);
static bool from_elsewhere(const struct web *, const struct request *);
static bool is_origin(const char *origin, const char *url);
static bool is_loopback_origin(const char *origin, const char *host);
static char *stamp(const struct web *, struct arena *, int64_t minute,
    const char *subject);
static const char *subject_of(struct web *, const struct request *);
static enum guarded guard_of(const struct request *);
static bool same(const char *, const char *);

const char *
cookie_get(struct web *web, const struct request *request, const char *name)
{
	const char *at = http_header(request, "cookie");
	const char *wire = wire_name(web, request->arena, name);
	size_t len = strlen(wire);

	while (at != NULL && *at != '\0') {
		at += strspn(at, "; \t");
		size_t pair = strcspn(at, ";");
		if (pair > len && strncmp(at, wire, len) == 0 && at[len] == '=')
			return text_trim(request->arena,
			    arena_dup_len(request->arena, at + len + 1,
				pair - len - 1));
		at += pair;
	}
	return NULL;
}

char *
cookie_line(struct web *web, struct arena *arena, const char *name,
    const char *value, int max_age_s)
{
	const char *age = max_age_s == 0
	    ? ""
	    : arena_print(arena, "; Max-Age=%d", max_age_s < 0 ? 0 : max_age_s);

	return arena_print(arena,
	    "Set-Cookie: %s=%s; Path=/; HttpOnly; SameSite=Lax%s%s\r\n",
	    wire_name(web, arena, name), value, is_tls(web) ? "; Secure" : "",
	    age);
}

struct visit
visit_get(struct web *web, const struct request *request)
{
	const char *sealed = cookie_get(web, request, COOKIE_VISIT);
	const char *plain = sealed == NULL
	    ? NULL
	    : seal_unwrap(web->keys, request->arena, SEAL_COOKIE,
		  visit_context(), sealed);
	struct visit visit = { 0 };
	int64_t until;
	int level, asking = 0;

	/* Those of earlier versions end after four. */
	if (plain == NULL ||
	    sscanf(plain,
		"%" SCNd64 " %" SCNd64 " %d %" SCNd64 " %" SCNd64 " %d",
		&visit.booking, &visit.generation, &level, &until,
		&visit.outlet, &asking) < 4 ||
	    time(NULL) >= until)
		return (struct visit) { 0 };
	visit.level = level == VISIT_FULL ? VISIT_FULL : VISIT_LINK;
	visit.asking = asking && time(NULL) < until - VISIT_S + ASKING_S;
	return visit;
}

char *
visit_line(struct web *web, struct arena *arena, struct visit visit)
{
	const char *plain = arena_print(arena,
	    "%" PRId64 " %" PRId64 " %d %" PRId64 " %" PRId64 " %d",
	    visit.booking, visit.generation, (int)visit.level,
	    (int64_t)time(NULL) + VISIT_S, visit.outlet, (int)visit.asking);

	return cookie_line(web, arena, COOKIE_VISIT,
	    seal_wrap(web->keys, arena, SEAL_COOKIE, visit_context(), plain),
	    0);
}

char *
visit_gone(struct web *web, struct arena *arena)
{
	return cookie_line(web, arena, COOKIE_VISIT, "", -1);
}

/* "minute.stamp" or "minute.stamp.bound stamp": an open route looks at the
 * first stamp only, so that a page about a visit that is over can still
 * lead to a new one. */
char *
guard_make(struct web *web, struct request *request)
{
	struct arena *arena = request->arena;
	int64_t minute = time(NULL) / 60;
	const char *subject = subject_of(web, request);
	char *open = arena_print(arena, "%" PRIx64 ".%s", (uint64_t)minute,
	    stamp(web, arena, minute, ""));

	if (*subject == '\0')
		return open;
	return arena_print(arena, "%s.%s", open,
	    stamp(web, arena, minute, subject));
}

bool
guard_ok(struct web *web, struct request *request, const char *guard)
{
	struct arena *arena = request->arena;
	const char *subject = subject_of(web, request);
	char *open, *bound;
	int64_t minute = (int64_t)strtoull(guard, &open, 16);
	int64_t now = time(NULL) / 60;

	/* A minute to come: the clock was set back a little. */
	if (*open != '.' || minute > now + 1 || minute < now - STAMP_MINUTES ||
	    from_elsewhere(web, request))
		return false;
	open = arena_dup(arena, open + 1);
	bound = strchr(open, '.');
	if (bound != NULL)
		*bound++ = '\0';
	if (!same(open, stamp(web, arena, minute, "")))
		return false;
	return *subject == '\0' ||
	    same(bound, stamp(web, arena, minute, subject));
}

/* "__Host-": no subdomain and no plain HTTP can set it (RFC 6265bis 4.1.3);
 * browsers take it over HTTPS only. */
static const char *
wire_name(const struct web *web, struct arena *arena, const char *name)
{
	return arena_print(arena, "%s%s", is_tls(web) ? "__Host-" : "", name);
}

static bool
is_tls(const struct web *web)
{
	return strncmp(web->config->public_url, "https://", 8) == 0;
}

/* A sealed text of another kind is no visit. */
static struct bytes
visit_context(void)
{
	return (struct bytes) { COOKIE_VISIT, sizeof(COOKIE_VISIT) - 1 };
}

/*
 * What the browser says about the page that posts.  Under our referrer
 * policy some send "Origin: null" for our own forms (Fetch 4.6), so null
 * says nothing; those that know Sec-Fetch-Site tell the truth there.
 */
static bool
from_elsewhere(const struct web *web, const struct request *request)
{
	const char *site = http_header(request, "sec-fetch-site");
	const char *origin = http_header(request, "origin");

	if (site != NULL && strcmp(site, "same-origin") != 0)
		return true;
	if (origin == NULL || strcmp(origin, "null") == 0)
		return false;
	return !is_origin(origin, web->config->public_url) &&
	    !is_loopback_origin(origin, http_header(request, "host"));
}

static bool
is_origin(const char *origin, const char *url)
{
	const char *host = strstr(url, "://");
	size_t len;

	if (host == NULL)
		return false;
	len = (size_t)(host - url) + 3;
	len += strcspn(url + len, "/?#");
	return strlen(origin) == len && strncasecmp(origin, url, len) == 0;
}

/* Where Host is loopback, so is the page: nobody else can serve from it. */
static bool
is_loopback_origin(const char *origin, const char *host)
{
	static const char *const names[] = { "localhost", "127.0.0.1",
		"[::1]" };

	if (strncasecmp(origin, "http://", 7) != 0 ||
	    strcasecmp(origin + 7, host) != 0)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t len = strlen(names[i]);
		if (strncasecmp(host, names[i], len) == 0 &&
		    (host[len] == ':' || host[len] == '\0'))
			return true;
	}
	return false;
}

static char *
stamp(const struct web *web, struct arena *arena, int64_t minute,
    const char *subject)
{
	const char *plain = arena_print(arena, "%" PRId64 " %s", minute,
	    subject);
	uint8_t digest[STAMP_BYTES];

	seal_digest(web->keys, SEAL_STAMP,
	    (struct bytes) { plain, strlen(plain) }, digest, sizeof(digest));
	return text_base64url(arena, (struct bytes) { digest, sizeof(digest) });
}

/* What forms of this route are bound to; "" on open routes and where the
 * browser brings nothing. */
static const char *
subject_of(struct web *web, const struct request *request)
{
	const char *sitting;
	struct visit visit;

	switch (guard_of(request)) {
	case GUARD_OPEN:
		break;
	case GUARD_VISIT:
		visit = visit_get(web, request);
		if (visit.level != VISIT_NONE)
			return arena_print(request->arena, "visit %" PRId64,
			    visit.booking);
		break;
	case GUARD_SITTING:
		sitting = cookie_get(web, request, COOKIE_SITTING);
		if (sitting != NULL)
			return arena_print(request->arena, "sitting %s",
			    sitting);
		break;
	}
	return "";
}

static enum guarded
guard_of(const struct request *request)
{
	return request->route == NULL ? GUARD_OPEN : request->route->guard;
}

static bool
same(const char *a, const char *b)
{
	size_t len = strlen(b);

	return a != NULL && strlen(a) == len && seal_equal(a, b, len);
}
