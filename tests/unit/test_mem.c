/* Arenas and bounded buffers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static void
test_arena(void **)
{
	static const size_t sizes[] = { 0, 1, 15, 16, 17, 2000, 2100, 8000,
		9000, 100000, 3 };
	struct arena *arena = arena_new();

	for (int round = 0; round < 50; round++)
		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			unsigned char *p = arena_get(arena, sizes[i]);

			assert_int_equal((uintptr_t)p % 16, 0);
			for (size_t k = 0; k < sizes[i]; k++)
				assert_int_equal(p[k], 0);
			memset(p, 0xff, sizes[i]);
		}
	arena_free(arena);
	arena_free(NULL);
}

/* Small things stay where they were put although a big one comes between. */
static void
test_arena_keeps(void **)
{
	struct arena *arena = arena_new();
	char *first = arena_dup(arena, "first");
	char *big = arena_get(arena, 50000);
	char *second = arena_print(arena, "%s-%d", "second", 2);

	memset(big, 'x', 50000);
	assert_string_equal(first, "first");
	assert_string_equal(second, "second-2");
	assert_null(arena_dup(arena, NULL));
	assert_string_equal(arena_dup_len(arena, "abcdef", 3), "abc");
	assert_int_equal(arena_bytes(arena, "a\0b", 3).len, 3);
	assert_memory_equal(arena_bytes(arena, "a\0b", 3).data, "a\0b", 3);
	arena_free(arena);
}

static void
test_buf(void **)
{
	struct arena *arena = arena_new();
	struct buf buf;

	buf_init(&buf, 1000);
	assert_string_equal(buf.data, "");
	buf_puts(&buf, "a");
	buf_putc(&buf, 'b');
	buf_number(&buf, INT64_MIN);
	buf_printf(&buf, " %03d", 7);
	buf_put(&buf, NULL, 0);
	assert_string_equal(buf.data, "ab-9223372036854775808 007");
	assert_int_equal(buf.len, strlen(buf.data));
	assert_string_equal(buf_keep(&buf, arena), buf.data);
	buf_free(&buf);
	arena_free(arena);
}

static void
test_buf_full(void **)
{
	static const size_t limits[] = { 0, 1, 255, 256, 257, 5000 };

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		struct buf buf;

		buf_init(&buf, limits[i]);
		for (size_t k = 0; k < limits[i]; k++)
			buf_putc(&buf, 'x');
		assert_false(buf.full);
		assert_int_equal(buf.len, limits[i]);
		buf_printf(&buf, "%s", "y");
		assert_true(buf.full);
		buf_putc(&buf, 'z');
		assert_int_equal(buf.len, limits[i]);
		assert_int_equal(strlen(buf.data), limits[i]);
		buf_free(&buf);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_arena_keeps),
		cmocka_unit_test(test_buf),
		cmocka_unit_test(test_buf_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
