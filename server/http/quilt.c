/*
 * Patches in a table with four places for each hash: a new one takes the
 * place that was used longest ago.  It is the sole owner of zlib, which can
 * stop a stream at a byte and begin one behind a text; libdeflate, which is
 * twice as fast, can do neither.
 */
#include "http/quilt.h"

#include <assert.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST /* its input is */
#include <zlib.h>

#include "base/log.h"

#define PLACES 2048
#define WAYS 4
#define LEAST_BYTES 512 /* below, gzip gains nothing in a packet */
#define MOST_BYTES ((size_t)16 << 10)
#define LEVEL 1 /* the next ones take twice as long for a tenth */
#define WINDOW_BITS (-15) /* raw */
#define MEMORY 6 /* a short patch is soon done, a big table soon cleared */
#define SEWN_MOST_BYTES ((size_t)1 << 20)
#define END_BYTES 16 /* of an empty block, and what is pending */

struct patch {
	char *text; /* and what it leans on before it; NULL: empty */
	size_t len, lean; /* of all, of what it leans on */
	char *packed;
	size_t packed_len;
	uint64_t used; /* when, in patches */
};

struct quilt {
	z_stream stream;
	struct buf sewn;
	char *packed; /* of the patch in hand */
	size_t packed_room;
	uint64_t count; /* of patches so far */
	struct patch places[PLACES];
};

static void add(struct quilt *, struct bytes text, size_t lean);
static void store(struct quilt *, const char *text, size_t len);
static struct patch *place_of(struct quilt *, struct bytes text, size_t lean);
static bool is_it(const struct patch *, struct bytes text, size_t lean);
static struct bytes deflated(struct quilt *, struct bytes text, size_t lean);
static void remember(struct patch *, struct bytes text, size_t lean,
    struct bytes packed);
static void empty(struct patch *);
static void put_number(struct buf *, uint32_t);

struct quilt *
quilt_open(void)
{
	struct quilt *quilt = mem_get(sizeof(*quilt));

	buf_init(&quilt->sewn, SEWN_MOST_BYTES);
	if (deflateInit2(&quilt->stream, LEVEL, Z_DEFLATED, WINDOW_BITS, MEMORY,
		Z_DEFAULT_STRATEGY) != Z_OK)
		log_die("http.quilt", "reason=memory");
	return quilt;
}

void
quilt_close(struct quilt *quilt)
{
	if (quilt == NULL)
		return;
	for (size_t i = 0; i < PLACES; i++)
		empty(&quilt->places[i]);
	deflateEnd(&quilt->stream);
	buf_free(&quilt->sewn);
	free(quilt->packed);
	free(quilt);
}

struct bytes
quilt_sew(struct quilt *quilt, struct bytes body, const struct seams *seams)
{
	static const char head[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03";
	static const char last[] = "\x03\0"; /* an empty block, the last */
	const char *data = body.data;
	size_t before = 0, start = 0, end;

	quilt->sewn.len = 0;
	buf_put(&quilt->sewn, head, sizeof(head) - 1);
	for (size_t i = 0; i <= seams->count;
	     i++, before = start, start = end) {
		bool leans = i > 0 && seams->seam[i - 1].kind == SEAM_ALIKE;
		size_t from = leans ? before : start;

		end = i < seams->count ? seams->seam[i].at : body.len;
		add(quilt, (struct bytes) { data + from, end - from },
		    start - from);
	}
	buf_put(&quilt->sewn, last, sizeof(last) - 1);
	put_number(&quilt->sewn, libdeflate_crc32(0, body.data, body.len));
	put_number(&quilt->sewn, (uint32_t)body.len);
	assert(!quilt->sewn.full);
	return (struct bytes) { quilt->sewn.data, quilt->sewn.len };
}

/* One more patch, behind as many bytes of its text as it leans on. */
static void
add(struct quilt *quilt, struct bytes text, size_t lean)
{
	struct patch *patch;
	struct bytes packed;

	if (text.len - lean < LEAST_BYTES) {
		store(quilt, (const char *)text.data + lean, text.len - lean);
		return;
	}
	patch = place_of(quilt, text, lean);
	quilt->count++;
	if (!is_it(patch, text, lean)) {
		packed = deflated(quilt, text, lean);
		if (text.len > MOST_BYTES) {
			buf_put(&quilt->sewn, packed.data, packed.len);
			return;
		}
		remember(patch, text, lean, packed);
	}
	patch->used = quilt->count;
	buf_put(&quilt->sewn, patch->packed, patch->packed_len);
}

/* A block of its own, as it is (RFC 1951 3.2.4). */
static void
store(struct quilt *quilt, const char *text, size_t len)
{
	size_t other = ~len;
	const char head[] = { 0, (char)(len & 0xff), (char)(len >> 8 & 0xff),
		(char)(other & 0xff), (char)(other >> 8 & 0xff) };

	buf_put(&quilt->sewn, head, sizeof(head));
	buf_put(&quilt->sewn, text, len);
}

/* Where it is, or may be put. */
static struct patch *
place_of(struct quilt *quilt, struct bytes text, size_t lean)
{
	uint32_t hash = libdeflate_crc32(0, text.data, text.len);
	struct patch *first = &quilt->places[hash % (PLACES / WAYS) * WAYS];
	struct patch *oldest = first;

	for (struct patch *patch = first; patch < first + WAYS; patch++) {
		if (is_it(patch, text, lean))
			return patch;
		if (patch->used < oldest->used)
			oldest = patch;
	}
	return oldest;
}

static bool
is_it(const struct patch *patch, struct bytes text, size_t lean)
{
	return patch->text != NULL && patch->lean == lean &&
	    patch->len == text.len &&
	    memcmp(patch->text, text.data, text.len) == 0;
}

/* The quilt's until the next call. */
static struct bytes
deflated(struct quilt *quilt, struct bytes text, size_t lean)
{
	z_stream *stream = &quilt->stream;
	size_t most = deflateBound(stream, text.len) + END_BYTES;
	const Bytef *data = text.data;

	if (quilt->packed_room < most) {
		free(quilt->packed);
		quilt->packed = mem_get(most);
		quilt->packed_room = most;
	}
	deflateReset(stream);
	if (lean > 0)
		deflateSetDictionary(stream, data, (uInt)lean);
	stream->next_in = data + lean;
	stream->avail_in = (uInt)(text.len - lean);
	stream->next_out = (Bytef *)quilt->packed;
	stream->avail_out = (uInt)most;
	deflate(stream, Z_SYNC_FLUSH);
	assert(stream->avail_in == 0 && stream->avail_out > 0);
	return (struct bytes) { quilt->packed, most - stream->avail_out };
}

static void
remember(struct patch *patch, struct bytes text, size_t lean,
    struct bytes packed)
{
	empty(patch);
	patch->text = mem_get(text.len + packed.len);
	patch->packed = patch->text + text.len;
	memcpy(patch->text, text.data, text.len);
	memcpy(patch->packed, packed.data, packed.len);
	patch->len = text.len;
	patch->lean = lean;
	patch->packed_len = packed.len;
}

static void
empty(struct patch *patch)
{
	free(patch->text);
	*patch = (struct patch) { 0 };
}

/* RFC 1952 2.1: the least byte first. */
static void
put_number(struct buf *out, uint32_t number)
{
	for (int i = 0; i < 4; i++, number >>= 8)
		buf_putc(out, (char)(number & 0xff));
}
