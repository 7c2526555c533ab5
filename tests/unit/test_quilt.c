/* Bodies that are sewn from patches unpack to what they were. */
#include "http/quilt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#define ZLIB_CONST /* its input is */
#include <zlib.h>

#include <cmocka.h>

#define ROOM_BYTES (64 * 1024)

static void
add_rows(struct buf *body, int day, int rows)
{
	for (int i = 0; i < rows; i++)
		buf_printf(body, "<li>2026-07-%02d %d:00 to %d:00</li>\n", day,
		    i, i + 1);
}

static void
add_seam(struct seams *seams, const struct buf *body, int kind)
{
	seams->seam[seams->count++] = (struct seam) { body->len, kind };
}

/* A head and days of rows, of which one differs; `apart` days lean on
 * nothing. */
static void
write_page(struct buf *body, struct seams *seams, int other_day, bool apart)
{
	buf_init(body, ROOM_BYTES);
	*seams = (struct seams) { 0 };
	buf_puts(body, "<p>short");
	for (int day = 1; day <= 14; day++) {
		add_seam(seams, body,
		    apart || day == 1 ? SEAM_APART : SEAM_ALIKE);
		add_rows(body, day, day == other_day ? 7 : 40);
	}
}

/* Its packed length; it must be one member, whole, and unpack to the body. */
static size_t
check(struct quilt *quilt, const struct buf *body, const struct seams *seams)
{
	struct bytes packed = quilt_sew(quilt,
	    (struct bytes) { body->data, body->len }, seams);
	static unsigned char plain[2 * ROOM_BYTES];
	z_stream stream = { 0 };

	assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
	stream.next_in = packed.data;
	stream.avail_in = (uInt)packed.len;
	stream.next_out = plain;
	stream.avail_out = sizeof(plain);
	assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
	assert_int_equal(stream.avail_in, 0);
	assert_int_equal(stream.total_out, body->len);
	assert_memory_equal(plain, body->data, body->len);
	inflateEnd(&stream);
	return packed.len;
}

static void
changed_days(void **state)
{
	struct quilt *quilt = quilt_open();
	struct seams seams;
	struct buf body;

	(void)state;
	for (int round = 0; round < 3; round++)
		for (int other = 0; other <= 14; other++) {
			write_page(&body, &seams, other, round == 1);
			check(quilt, &body, &seams);
			buf_free(&body);
		}
	quilt_close(quilt);
}

/* The same text behind another one refers to other bytes. */
static void
leaning(void **state)
{
	struct quilt *quilt = quilt_open();
	struct seams seams, none = { 0 };
	struct buf body;
	size_t apart, alike;

	(void)state;
	write_page(&body, &seams, 0, true);
	apart = check(quilt, &body, &seams);
	buf_free(&body);
	write_page(&body, &seams, 0, false);
	alike = check(quilt, &body, &seams);
	assert_true(alike < apart);
	assert_true(check(quilt, &body, &none) < alike);
	buf_free(&body);
	quilt_close(quilt);
}

/* Empty patches, one too long to be remembered, and one behind it. */
static void
odd_lengths(void **state)
{
	struct quilt *quilt = quilt_open();
	struct seams seams = { 0 };
	struct buf body;

	(void)state;
	buf_init(&body, ROOM_BYTES);
	add_seam(&seams, &body, SEAM_ALIKE);
	add_seam(&seams, &body, SEAM_APART);
	add_rows(&body, 1, 600);
	add_seam(&seams, &body, SEAM_ALIKE);
	add_rows(&body, 2, 30);
	add_seam(&seams, &body, SEAM_ALIKE);
	check(quilt, &body, &seams);
	check(quilt, &body, &seams);
	buf_free(&body);
	quilt_close(quilt);
}

/* More patches than there is room for. */
static void
many(void **state)
{
	struct quilt *quilt = quilt_open();

	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct seams seams = { 0 };
		struct buf body;

		buf_init(&body, ROOM_BYTES);
		buf_printf(&body, "%d", i % 2500);
		add_rows(&body, i % 2500, 15);
		add_seam(&seams, &body, SEAM_APART);
		add_rows(&body, 3, 15);
		check(quilt, &body, &seams);
		buf_free(&body);
	}
	quilt_close(quilt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changed_days),
		cmocka_unit_test(leaning),
		cmocka_unit_test(odd_lengths),
		cmocka_unit_test(many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
