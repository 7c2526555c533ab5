/* QR codes as paths: each run of dark modules in a row is one stroke. */
#include "base/qr.h"

#include <qrencode.h>

#define QUIET 4
#define PATH_MAX_BYTES ((size_t)256 << 10)

static void put_row(struct buf *, const unsigned char *row, int width, int y);

int
qr_make(struct arena *arena, const char *text, struct qr *qr)
{
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_Q, QR_MODE_8, 1);
	struct buf path;

	if (code == NULL)
		return -1;
	buf_init(&path, PATH_MAX_BYTES);
	for (int y = 0; y < code->width; y++)
		put_row(&path, code->data + (ptrdiff_t)y * code->width,
		    code->width, y);
	qr->side = code->width + 2 * QUIET;
	qr->path = buf_keep(&path, arena);
	buf_free(&path);
	QRcode_free(code);
	return 0;
}

/* The lowest bit of a module says that it is dark (qrencode.h). */
static void
put_row(struct buf *path, const unsigned char *row, int width, int y)
{
	for (int x = 0; x < width; x++) {
		int from = x;

		while (x < width && (row[x] & 1))
			x++;
		if (x > from)
			buf_printf(path, "M%d %dh%dv1h-%dz", from + QUIET,
			    y + QUIET, x - from, x - from);
	}
}
