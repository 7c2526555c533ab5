/* Peers: networks, what a proxy says about them, how many come at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/seal.h"
#include "http/peer.h"

static const struct {
	const char *text, *printed; /* NULL: no address */
} addresses[] = {
	{ "192.0.2.1", "192.0.2.1" },
	{ "127.0.0.1", "127.0.0.1" },
	{ "::ffff:192.0.2.1", "192.0.2.1" },
	{ "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
	{ "::1", "::/64" },
	{ "192.0.2", NULL },
	{ "192.0.2.256", NULL },
	{ "192.0.2.1:80", NULL },
	{ "[::1]", NULL },
	{ "example.jp", NULL },
	{ "", NULL },
};

/* The proxy is 10.0.0.1. */
static const struct {
	const char *header, *peer;
} forwarded[] = {
	{ "192.0.2.1", "192.0.2.1" },
	{ " 192.0.2.1 ", "192.0.2.1" },
	{ "192.0.2.9, 192.0.2.1", "192.0.2.1" },
	{ "192.0.2.1,10.0.0.1", "192.0.2.1" },
	{ "192.0.2.9,\t192.0.2.1, 10.0.0.1, 10.0.0.1", "192.0.2.1" },
	{ "2001:db8::1", "2001:db8::/64" },
	{ "10.0.0.1", "10.0.0.1" },
	{ "", "10.0.0.1" },
	{ ",", "10.0.0.1" },
	{ "192.0.2.1,", "10.0.0.1" },
	{ "192.0.2.1, unknown", "10.0.0.1" },
	{ "192.0.2.1, <script>, 10.0.0.1", "10.0.0.1" },
};

static struct address
address(const char *text)
{
	struct address a;

	assert_true(address_read(text, strlen(text), &a));
	return a;
}

static void
test_addresses(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(addresses) / sizeof(*addresses); i++) {
		struct address a;
		bool read = address_read(addresses[i].text,
		    strlen(addresses[i].text), &a);
		assert_int_equal(read, addresses[i].printed != NULL);
		if (read)
			assert_string_equal(address_print(arena, &a),
			    addresses[i].printed);
	}
	arena_free(arena);
}

static void
test_loopback(void **state)
{
	struct address a = address("127.8.9.1"), b = address("::1"),
		       c = address("::2"), d = address("128.0.0.1");

	(void)state;
	assert_true(address_loopback(&a));
	assert_true(address_loopback(&b));
	assert_false(address_loopback(&c));
	assert_false(address_loopback(&d));
}

static void
test_forwarded(void **state)
{
	struct arena *arena = arena_new();
	struct address proxy = address("10.0.0.1");

	(void)state;
	for (size_t i = 0; i < sizeof(forwarded) / sizeof(*forwarded); i++) {
		struct address a = address_forwarded(forwarded[i].header,
		    &proxy);
		assert_string_equal(address_print(arena, &a),
		    forwarded[i].peer);
	}
	arena_free(arena);
}

static void
test_crowd(void **state)
{
	struct crowd *crowd = crowd_new();
	struct address one = address("2001:db8::1"),
		       same = address("2001:db8::2"),
		       other = address("2001:db8:0:1::1");

	(void)state;
	assert_true(crowd_enter(crowd, &one, 2));
	assert_true(crowd_enter(crowd, &same, 2));
	assert_false(crowd_enter(crowd, &one, 2));
	assert_true(crowd_enter(crowd, &other, 2));
	crowd_leave(crowd, &same);
	assert_true(crowd_enter(crowd, &one, 2));
	for (uint8_t i = 0; i < 200; i++) {
		struct address many = one;
		many.octet[7] = i;
		many.octet[6] = 1;
		assert_true(crowd_enter(crowd, &many, 1));
		assert_false(crowd_enter(crowd, &many, 1));
	}
	crowd_free(crowd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_loopback),
		cmocka_unit_test(test_forwarded),
		cmocka_unit_test(test_crowd),
	};

	if (seal_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
