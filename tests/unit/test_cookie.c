/* Cookies and guards: names, seals, and who may post what from where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "asking.h"
#include "base/text.h"
#include "web/cookie.h"

static struct keys *keys;
static struct config plain = { .public_url = "http://127.0.0.1:8080" };
static struct config tls = { .public_url = "https://yoyaku.example.jp" };
static const struct route open_route = { .guard = GUARD_OPEN },
			  visit_route = { .guard = GUARD_VISIT },
			  office_route = { .guard = GUARD_SITTING };

static const struct {
	const char *header, *value;
} cookies[] = {
	{ "visit=a", "a" },
	{ "x=y; visit=a", "a" },
	{ "x=y;visit=a;z=b", "a" },
	{ "visit=a; visit=b", "a" },
	{ "visit= a ", "a" },
	{ "visit=", "" },
	{ "visit=a=b", "a=b" },
	{ "visited=a", NULL },
	{ "xvisit=a", NULL },
	{ "x=visit=a", NULL },
	{ "visit", NULL },
	{ "VISIT=a", NULL },
	{ "", NULL },
	{ ";;;", NULL },
	{ NULL, NULL },
};

/* A POST to a page of ours at the public address or at Host. */
static const struct {
	bool tls;
	const char *host, *origin, *site;
	bool ok;
} origins[] = {
	{ false, "127.0.0.1:8080", NULL, NULL, true },
	{ false, "127.0.0.1:8080", "http://127.0.0.1:8080", NULL, true },
	{ false, "127.0.0.1:8080", "http://127.0.0.1:8080", "same-origin",
	    true },
	{ false, "127.0.0.1:8080", "null", "same-origin", true },
	{ false, "127.0.0.1:8080", "null", NULL, true },
	{ false, "localhost:9", "http://localhost:9", NULL, true },
	{ false, "localhost", "http://LOCALHOST", NULL, true },
	{ false, "[::1]:9", "http://[::1]:9", NULL, true },
	{ false, "localhost:9", "http://localhost:10", NULL, false },
	{ false, "localhost:9", "https://localhost:9", NULL, false },
	{ false, "localhost.example:9", "http://localhost.example:9", NULL,
	    false },
	{ false, "127.0.0.1:8080", "http://example.com", NULL, false },
	{ false, "127.0.0.1:8080", "http://127.0.0.1:80801", NULL, false },
	{ false, "127.0.0.1:8080", "http://127.0.0.1:808", NULL, false },
	{ false, "127.0.0.1:8080", NULL, "cross-site", false },
	{ false, "127.0.0.1:8080", NULL, "same-site", false },
	{ false, "127.0.0.1:8080", NULL, "none", false },
	{ false, "127.0.0.1:8080", "null", "cross-site", false },
	{ false, "127.0.0.1:8080", "http://127.0.0.1:8080", "cross-site",
	    false },
	{ false, "127.0.0.1:8080", "http://example.com", "same-origin", false },
	{ true, "yoyaku.example.jp", "https://yoyaku.example.jp", NULL, true },
	{ true, "127.0.0.1:8080", "https://yoyaku.example.jp", "same-origin",
	    true },
	{ true, "yoyaku.example.jp", "http://yoyaku.example.jp", NULL, false },
	{ true, "yoyaku.example.jp", "https://yoyaku.example.jp.evil", NULL,
	    false },
	{ true, "yoyaku.example.jp", "https://example.jp", NULL, false },
};

static struct web
web_of(struct config *config)
{
	return (struct web) { .config = config, .keys = keys };
}

/* A request on a route with a visit and a sitting, or with none. */
static struct incoming *
browse(const struct route *route, const char *cookie)
{
	struct incoming *in = ask(METHOD_POST, "/x");

	in->request.route = route;
	ask_header(in, "host", "127.0.0.1:8080");
	ask_header(in, "cookie", cookie);
	return in;
}

/* The cookie "visit=..." of a visit, in the arena. */
static char *
visit_cookie(struct web *web, struct arena *arena, int64_t booking)
{
	struct visit visit = { .booking = booking,
		.generation = 3,
		.level = VISIT_FULL };
	char *line = visit_line(web, arena, visit);
	const char *value = line + strlen("Set-Cookie: ");

	return arena_dup_len(arena, value, strcspn(value, ";"));
}

static bool
passes(struct web *web, const struct route *made, const char *made_with,
    const struct route *posted, const char *posted_with)
{
	struct incoming *page = browse(made, made_with);
	struct incoming *post = browse(posted, posted_with);
	bool ok = guard_ok(web, &post->request,
	    guard_make(web, &page->request));

	ask_end(page);
	ask_end(post);
	return ok;
}

static void
test_get(void **state)
{
	struct web web = web_of(&plain);

	(void)state;
	for (size_t i = 0; i < sizeof(cookies) / sizeof(*cookies); i++) {
		struct incoming *in = browse(&open_route, cookies[i].header);
		const char *value = cookie_get(&web, &in->request, "visit");
		if (cookies[i].value == NULL)
			assert_null(value);
		else
			assert_string_equal(value, cookies[i].value);
		ask_end(in);
	}
}

static void
test_line(void **state)
{
	struct web web = web_of(&plain), safe = web_of(&tls);
	struct arena *arena = arena_new();
	struct incoming *in = browse(&open_route, "visit=a; __Host-visit=b");

	(void)state;
	assert_string_equal(cookie_line(&web, arena, "visit", "a", 0),
	    "Set-Cookie: visit=a; Path=/; HttpOnly; SameSite=Lax\r\n");
	assert_string_equal(cookie_line(&web, arena, "lang", "ja", 60),
	    "Set-Cookie: lang=ja; Path=/; HttpOnly; SameSite=Lax; "
	    "Max-Age=60\r\n");
	assert_string_equal(cookie_line(&safe, arena, "visit", "", -1),
	    "Set-Cookie: __Host-visit=; Path=/; HttpOnly; SameSite=Lax; "
	    "Secure; Max-Age=0\r\n");
	assert_string_equal(cookie_get(&safe, &in->request, "visit"), "b");
	ask_end(in);
	arena_free(arena);
}

static void
test_visit(void **state)
{
	struct web web = web_of(&plain);
	struct arena *arena = arena_new();
	char *cookie = visit_cookie(&web, arena, 7);
	struct incoming *in = browse(&visit_route, cookie);
	struct visit visit = visit_get(&web, &in->request);

	(void)state;
	assert_int_equal(visit.booking, 7);
	assert_int_equal(visit.generation, 3);
	assert_int_equal(visit.level, VISIT_FULL);
	ask_end(in);
	for (size_t i = strlen("visit="); cookie[i] != '\0'; i++) {
		char was = cookie[i];
		cookie[i] = was == 'A' ? 'B' : 'A';
		in = browse(&visit_route, cookie);
		visit = visit_get(&web, &in->request);
		/* The last character may hold spare bits. */
		if (cookie[i + 1] != '\0')
			assert_int_equal(visit.level, VISIT_NONE);
		cookie[i] = was;
		ask_end(in);
	}
	in = browse(&visit_route, NULL);
	assert_int_equal(visit_get(&web, &in->request).level, VISIT_NONE);
	ask_end(in);
	/* Sealed by the same key, but for another purpose. */
	char *other = seal_wrap(keys, arena, SEAL_COOKIE,
	    (struct bytes) { "other", 5 }, "7 3 2 99999999999");
	in = browse(&visit_route, arena_print(arena, "visit=%s", other));
	assert_int_equal(visit_get(&web, &in->request).level, VISIT_NONE);
	ask_end(in);
	/* Over. */
	char *old = seal_wrap(keys, arena, SEAL_COOKIE,
	    (struct bytes) { "visit", 5 }, "7 3 2 1700000000");
	in = browse(&visit_route, arena_print(arena, "visit=%s", old));
	assert_int_equal(visit_get(&web, &in->request).level, VISIT_NONE);
	ask_end(in);
	arena_free(arena);
}

static void
test_origins(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(origins) / sizeof(*origins); i++) {
		struct web web = web_of(origins[i].tls ? &tls : &plain);
		struct incoming *in = ask(METHOD_POST, "/holds");
		ask_header(in, "host", origins[i].host);
		ask_header(in, "origin", origins[i].origin);
		ask_header(in, "sec-fetch-site", origins[i].site);
		in->request.route = &open_route;
		const char *guard = guard_make(&web, &in->request);
		if (guard_ok(&web, &in->request, guard) != origins[i].ok)
			fail_msg("%zu: %s", i, origins[i].host);
		ask_end(in);
	}
}

static void
test_bound(void **state)
{
	struct web web = web_of(&plain);
	struct arena *arena = arena_new();
	const char *mine = visit_cookie(&web, arena, 7);
	const char *again = visit_cookie(&web, arena, 7);
	const char *other = visit_cookie(&web, arena, 8);
	const struct route *o = &open_route, *v = &visit_route,
			   *s = &office_route;

	(void)state;
	/* The stamp alone serves open forms, whatever she has become. */
	assert_true(passes(&web, o, NULL, o, NULL));
	assert_true(passes(&web, o, NULL, o, mine));
	assert_true(passes(&web, o, mine, o, other));
	/* A page of a visit leads to open forms, also when it is over. */
	assert_true(passes(&web, v, mine, o, NULL));
	assert_true(passes(&web, v, mine, v, again));
	assert_false(passes(&web, v, mine, v, other));
	assert_false(passes(&web, o, mine, v, mine));
	assert_true(passes(&web, v, mine, v, NULL));
	/* Sittings. */
	assert_true(passes(&web, s, "sitting=a", s, "sitting=a"));
	assert_false(passes(&web, s, "sitting=a", s, "sitting=b"));
	assert_false(passes(&web, o, NULL, s, "sitting=a"));
	assert_false(passes(&web, v, mine, s, "sitting=a"));
	arena_free(arena);
}

static void
test_stamps(void **state)
{
	static const char *const bad[] = { "", ".", "0", "0.", "x.y",
		"zzz.AAAAAAAAAAAAAAAAAAAAAA", "-1.AAAAAAAAAAAAAAAAAAAAAA",
		"8000000000000000.A", "7fffffffffffffff.A",
		"ffffffffffffffffffff.A", "1.AAAAAAAAAAAAAAAAAAAAAA" };
	struct web web = web_of(&plain);
	struct incoming *in = browse(&open_route, NULL);
	char *guard = guard_make(&web, &in->request);

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(guard_ok(&web, &in->request, bad[i]));
	assert_true(guard_ok(&web, &in->request, guard));
	/* The same digest does not serve another minute. */
	char *dot = strchr(guard, '.');
	dot[-1] = dot[-1] == '0' ? '1' : '0';
	assert_false(guard_ok(&web, &in->request, guard));
	ask_end(in);
}

/* An open guard as it was made `minutes` ago. */
static char *
old_guard(struct arena *arena, int64_t minutes)
{
	int64_t minute = time(NULL) / 60 - minutes;
	const char *stamped = arena_print(arena, "%lld ", (long long)minute);
	uint8_t digest[16];

	seal_digest(keys, SEAL_STAMP,
	    (struct bytes) { stamped, strlen(stamped) }, digest,
	    sizeof(digest));
	return arena_print(arena, "%llx.%s", (unsigned long long)minute,
	    text_base64url(arena, (struct bytes) { digest, 16 }));
}

static void
test_ages(void **state)
{
	static const struct {
		int64_t minutes;
		bool ok;
	} ages[] = { { 0, true }, { 11 * 60, true }, { 12 * 60 + 1, false },
		{ 365 * 24 * 60, false }, { -3, false } };
	struct web web = web_of(&plain);
	struct incoming *in = browse(&open_route, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(ages) / sizeof(*ages); i++)
		assert_int_equal(
		    guard_ok(&web, &in->request,
			old_guard(in->request.arena, ages[i].minutes)),
		    ages[i].ok);
	ask_end(in);
}

static int
open_keys(void **state)
{
	char dir[] = "/tmp/test_cookie.XXXXXX", path[64];

	(void)state;
	if (seal_init() < 0 || mkdtemp(dir) == NULL)
		return -1;
	strcpy(stpcpy(path, dir), "/keys");
	if (keys_create(path) == 0)
		keys = keys_open(path);
	unlink(path);
	rmdir(dir);
	return keys == NULL ? -1 : 0;
}

static int
close_keys(void **state)
{
	(void)state;
	keys_close(keys);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_get),
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_visit),
		cmocka_unit_test(test_origins),
		cmocka_unit_test(test_bound),
		cmocka_unit_test(test_stamps),
		cmocka_unit_test(test_ages),
	};

	return cmocka_run_group_tests(tests, open_keys, close_keys);
}
