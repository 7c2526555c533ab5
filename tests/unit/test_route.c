/* Routes: which line answers, what the others allow, what a name is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/web.h"

enum { A = METHOD_GET, B = METHOD_POST };

static const struct route table[] = {
	{ A, "/", NULL, .guard = GUARD_OPEN },
	{ A, "/mail", NULL, .guard = GUARD_OPEN },
	{ A, "/mail/:id", NULL, .guard = GUARD_OPEN },
	{ A, "/room", NULL, .guard = GUARD_OPEN },
	{ B, "/room", NULL, .guard = GUARD_VISIT },
	{ B, "/bookings/:code/move", NULL, .api = true },
	{ A, "/static/:rest", NULL, .guard = GUARD_OPEN },
	{ B, "/leave", NULL, .guard = GUARD_OPEN },
	{ 0 },
};

static const struct {
	int method;
	const char *path;
	int line; /* -1: none */
	const char *parameter;
	int allowed;
} cases[] = {
	{ METHOD_GET, "/", 0, NULL, 0 },
	{ METHOD_HEAD, "/", 0, NULL, 0 },
	{ METHOD_POST, "/", -1, NULL, METHOD_GET | METHOD_HEAD },
	{ METHOD_GET, "/mail", 1, NULL, 0 },
	{ METHOD_GET, "/mail/", -1, NULL, 0 },
	{ METHOD_GET, "/mail/7", 2, "7", 0 },
	{ METHOD_GET, "/mail/春", 2, "春", 0 },
	{ METHOD_GET, "/mail/7/8", -1, NULL, 0 },
	{ METHOD_GET, "/mail//", -1, NULL, 0 },
	{ METHOD_GET, "/mails", -1, NULL, 0 },
	{ METHOD_GET, "/Mail", -1, NULL, 0 },
	{ METHOD_DELETE, "/mail/7", -1, NULL, METHOD_GET | METHOD_HEAD },
	{ METHOD_GET, "/room", 3, NULL, 0 },
	{ METHOD_POST, "/room", 4, NULL, METHOD_GET },
	{ METHOD_PUT, "/room", -1, NULL,
	    METHOD_GET | METHOD_HEAD | METHOD_POST },
	{ METHOD_POST, "/bookings/48271935/move", 5, "48271935", 0 },
	{ METHOD_POST, "/bookings//move", -1, NULL, 0 },
	{ METHOD_POST, "/bookings/1/moved", -1, NULL, 0 },
	{ METHOD_POST, "/bookings/1", -1, NULL, 0 },
	{ METHOD_POST, "/bookings/1/2/move", -1, NULL, 0 },
	{ METHOD_GET, "/static/ab/c.css", 6, "ab/c.css", 0 },
	{ METHOD_GET, "/static/", -1, NULL, 0 },
	{ METHOD_HEAD, "/leave", -1, NULL, METHOD_POST },
	{ METHOD_OPTIONS, "/leave", -1, NULL, METHOD_POST },
	{ METHOD_GET, "", -1, NULL, 0 },
};

static void
test_find(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena *arena = arena_new();
		const char *parameter = NULL;
		const struct route *at = NULL, *found;
		int allowed = -1, line = cases[i].line;
		found = route_find(table, arena, cases[i].method, cases[i].path,
		    &parameter, &allowed, &at);
		if (found != (line < 0 ? NULL : &table[line]))
			fail_msg("%s", cases[i].path);
		if (found != NULL)
			assert_ptr_equal(at, found);
		if (cases[i].parameter != NULL)
			assert_string_equal(parameter, cases[i].parameter);
		else if (line >= 0)
			assert_null(parameter);
		if (line < 0)
			assert_int_equal(allowed, cases[i].allowed);
		arena_free(arena);
	}
}

/* The table itself: no address twice, handlers everywhere, changes by forms
 * only behind a POST. */
static void
test_table(void **state)
{
	(void)state;
	for (const struct route *r = web_routes; r->path != NULL; r++) {
		assert_non_null(r->handle);
		assert_int_equal(r->path[0], '/');
		assert_int_equal(r->api, strncmp(r->path, "/api/", 5) == 0);
		for (const struct route *s = r + 1; s->path != NULL; s++)
			assert_false(strcmp(r->path, s->path) == 0 &&
			    r->methods & s->methods);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
