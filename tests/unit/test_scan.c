/* The header scan: what a request may look like, before any parser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/scan.h"

#define FIRST "GET / HTTP/1.1\r\n"
#define HOST "Host: a\r\n"
#define END "\r\n"
#define EIGHT(x) x x x x x x x x

struct piece {
	const char *data;
	size_t len;
};
#define PIECE(s)                                                               \
	{                                                                      \
		s, sizeof(s) - 1                                               \
	}

/* status -1: refused while looking for its end. */
static const struct {
	struct piece head;
	int status;
} heads[] = {
	{ PIECE(FIRST HOST END), 0 },
	{ PIECE(END FIRST HOST END), 0 },
	{ PIECE("HEAD /a?b=c HTTP/1.0\r\n" HOST END), 0 },
	{ PIECE("OPTIONS /%E3%81%82 HTTP/1.1\r\n" HOST END), 0 },
	{ PIECE(FIRST HOST "A:b\r\nC: \t d \t\r\nE:\r\n" END), 0 },
	{ PIECE(FIRST "host:[::1]:8080\r\n" END), 0 },
	{ PIECE(FIRST HOST "Content-Length: 007\r\n" END), 0 },
	{ PIECE(FIRST END), 400 },
	{ PIECE(FIRST HOST HOST END), 400 },
	{ PIECE(FIRST "Host: \r\n" END), 400 },
	{ PIECE(FIRST "Host: a/b\r\n" END), 400 },
	{ PIECE(FIRST "Host: a, b\r\n" END), 400 },
	{ PIECE(FIRST "Host : a\r\n" END), 400 },
	{ PIECE(FIRST "Ho st: a\r\n" HOST END), 400 },
	{ PIECE(FIRST HOST "A: b\r\n c\r\n" END), 400 },
	{ PIECE(FIRST HOST "\tA: b\r\n" END), 400 },
	{ PIECE(FIRST HOST "A\r\n" END), 400 },
	{ PIECE(FIRST HOST ": b\r\n" END), 400 },
	{ PIECE(FIRST HOST "A: \x01\r\n" END), 400 },
	{ PIECE(FIRST HOST "A: \x7f\r\n" END), 400 },
	{ PIECE(FIRST HOST "A: \xff\r\n" END), 0 },
	{ PIECE(FIRST HOST "Content-Length: 1\r\ncontent-length: 1\r\n" END),
	    400 },
	{ PIECE(FIRST HOST "Content-Length: 1,1\r\n" END), 400 },
	{ PIECE(FIRST HOST "Content-Length: +1\r\n" END), 400 },
	{ PIECE(FIRST HOST "Content-Length: 1 \r\n" END), 0 },
	{ PIECE(FIRST HOST "Content-Length: 1 1\r\n" END), 400 },
	{ PIECE(FIRST HOST "Content-Length:\r\n" END), 400 },
	{ PIECE(FIRST HOST "Content-Length: 1234567890123456789\r\n" END),
	    413 },
	{ PIECE(FIRST HOST "Transfer-Encoding: chunked\r\n" END), 411 },
	{ PIECE(FIRST HOST "transfer-encoding:\r\n" END), 411 },
	{ PIECE(FIRST HOST EIGHT(EIGHT("A: b\r\n")) END), 431 },
	{ PIECE(FIRST EIGHT(EIGHT("A: b\r\n")) END), 400 },
	{ PIECE("GET / HTTP/1.2\r\n" HOST END), 505 },
	{ PIECE("GET / HTTP/2.0\r\n" HOST END), 505 },
	{ PIECE("GET / HTTP/1.11\r\n" HOST END), 400 },
	{ PIECE("GET / http/1.1\r\n" HOST END), 400 },
	{ PIECE("GET / HTTP/1.1 \r\n" HOST END), 400 },
	{ PIECE("GET /\r\n" HOST END), 400 },
	{ PIECE("GET  / HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET\t/\tHTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("get / HTTP/1.1\r\n" HOST END), 501 },
	{ PIECE("PATCH / HTTP/1.1\r\n" HOST END), 501 },
	{ PIECE("G[T / HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE(" / HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET * HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET //a HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET http://a/ HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET /a#b HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET /a\tb HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET /\xe3 HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET /\x7f HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET /%1f HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET /%7F HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET /?%0a HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET /%4 HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET /% HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE("GET /%g0 HTTP/1.1\r\n" HOST END), 400 },
	{ PIECE(END END), 400 },
	{ PIECE("GET / HTTP/1.1\n" HOST END), -1 },
	{ PIECE("\n" FIRST HOST END), -1 },
	{ PIECE(FIRST HOST "A: b\rc\r\n" END), -1 },
	{ PIECE(FIRST HOST "A: b\r\r\n" END), -1 },
	{ PIECE(FIRST HOST "A: \0\r\n" END), -1 },
};

static const struct {
	const char *target, *path, *query;
} targets[] = {
	{ "/", "/", "" },
	{ "/a/b?c=%41&d", "/a/b", "c=%41&d" },
	{ "/?a?b", "/", "a?b" },
	{ "/%41+b%2fc", "/A+b/c", "" },
	{ "/%e6%98%a5", "/春", "" },
	{ "/%ff", NULL, NULL },
	{ "/%c0%af", NULL, NULL },
	{ "/%c2%85", NULL, NULL },
	{ "/%e2%80%ae", NULL, NULL },
	{ "/?%ff", "/", "%ff" },
};

/* What a head is answered with when it comes in steps of `step` bytes. */
static int
scan_in_steps(const struct piece *head, size_t step)
{
	size_t seen = 0, have = 0;
	long end = 0;

	while (end == 0 && have < head->len) {
		have = have + step < head->len ? have + step : head->len;
		end = scan_end(head->data, have, &seen);
	}
	if (end <= 0)
		return end < 0 ? -1 : -2;
	return scan_head(head->data, (size_t)end);
}

static void
test_heads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		for (size_t step = 1; step <= heads[i].head.len; step++)
			if (scan_in_steps(&heads[i].head, step) !=
			    heads[i].status)
				fail_msg("%zu by %zu: %s", i, step,
				    heads[i].head.data);
}

static void
test_end_waits(void **state)
{
	static const char head[] = FIRST HOST END "more";
	size_t whole = sizeof(head) - 1 - 4;

	(void)state;
	for (size_t len = 0; len < whole; len++) {
		size_t seen = 0;
		assert_int_equal(scan_end(head, len, &seen), 0);
		assert_true(seen <= len);
	}
	size_t seen = 0;
	assert_int_equal(scan_end(head, sizeof(head) - 1, &seen), whole);
}

static void
test_targets(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++) {
		struct arena *arena = arena_new();
		const char *path, *query;
		int status = scan_target(arena, targets[i].target,
		    strlen(targets[i].target), &path, &query);
		assert_int_equal(status, targets[i].path == NULL ? 400 : 0);
		if (status == 0) {
			assert_string_equal(path, targets[i].path);
			assert_string_equal(query, targets[i].query);
		}
		arena_free(arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_end_waits),
		cmocka_unit_test(test_targets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
