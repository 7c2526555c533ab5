/*
 * Answers on the wire.  It owns the headers that every answer carries for
 * safety, the date, and one compressor that all bodies go through: opening
 * one for each would cost more than compressing.
 */
#include "http/reply.h"

#include <assert.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/log.h"

#define PACK_LEVEL 1 /* the next one takes twice as long for a hundredth */
#define PACK_FROM_BYTES 512 /* below, gzip gains nothing in a packet */
/* A request's 16 KiB come back in a Location at most escaped, threefold. */
#define HEAD_MAX_BYTES ((size_t)64 << 10)

struct press {
	struct libdeflate_compressor *compressor;
	struct buf head;
	char *packed;
	size_t packed_room;
	time_t dated;
	char date[HTTP_DATE_BYTES]; /* of `dated` */
};

/* Nothing runs or loads but what we serve ourselves, nobody frames us, no
 * address of ours travels in a Referer (links are secrets). */
static const struct {
	const char *name, *value;
} safety[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Content-Security-Policy",
	    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
	    "script-src 'self'; font-src 'self'; connect-src 'self'; "
	    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Permissions-Policy",
	    "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
};

static void put_head(struct press *, const struct reply *, const struct way *,
    size_t len_bytes, bool packable, bool pressed);
static void put_header(struct buf *, const char *headers, const char *name,
    const char *value);
static bool has_header(const char *headers, const char *name);
static const char *date_now(struct press *);
static bool is_text(const char *type);
static bool has_body(int status);
static struct bytes pack(struct press *, struct bytes);
static bool coding_refused(const char *parameters, size_t len);

struct press *
press_open(void)
{
	struct press *press = mem_get(sizeof(*press));

	buf_init(&press->head, HEAD_MAX_BYTES);
	press->compressor = libdeflate_alloc_compressor(PACK_LEVEL);
	if (press->compressor == NULL)
		log_die("http.press", "reason=memory");
	return press;
}

void
press_close(struct press *press)
{
	if (press == NULL)
		return;
	libdeflate_free_compressor(press->compressor);
	buf_free(&press->head);
	free(press->packed);
	free(press);
}

void
press_reply(struct press *press, const struct reply *reply,
    const struct way *way, struct bytes wire[2])
{
	static const struct reply fault = { .status = 500 };
	bool packable = !reply->packed && reply->type != NULL &&
	    is_text(reply->type) && reply->body.len > PACK_FROM_BYTES;
	bool pressed = packable && reply_takes_gzip(way->accepts);
	struct bytes body = pressed ? pack(press, reply->body) : reply->body;

	put_head(press, reply, way, body.len, packable, pressed);
	if (press->head.full) {
		log_fault("http.head", "most=%zu", HEAD_MAX_BYTES);
		body.len = 0;
		put_head(press, &fault, way, 0, false, false);
	}
	wire[0] = (struct bytes) { press->head.data, press->head.len };
	wire[1] = way->head || !has_body(reply->status)
	    ? (struct bytes) { NULL, 0 }
	    : body;
}

void
reply_pack(struct press *press, struct reply *reply)
{
	if (reply->body.len < PACK_FROM_BYTES)
		return;
	reply->body = pack(press, reply->body);
	reply->packed = true;
}

bool
reply_takes_gzip(const char *accepts)
{
	bool named = false, takes = false;

	for (const char *at = accepts; at != NULL && *at != '\0';) {
		at += strspn(at, ", \t");
		size_t len = strcspn(at, ",");
		size_t name = strcspn(at, ",; \t");
		bool gzip = (name == 4 && strncasecmp(at, "gzip", 4) == 0) ||
		    (name == 6 && strncasecmp(at, "x-gzip", 6) == 0);
		bool any = name == 1 && *at == '*';
		if (gzip || (any && !named))
			takes = !coding_refused(at + name, len - name);
		named = named || gzip;
		at += len;
	}
	return takes;
}

void
http_date(int64_t at, char line[HTTP_DATE_BYTES])
{
	time_t time = at;
	struct tm tm;

	gmtime_r(&time, &tm);
	strftime(line, HTTP_DATE_BYTES, "%a, %d %b %Y %H:%M:%S GMT", &tm);
}

static void
put_head(struct press *press, const struct reply *reply, const struct way *way,
    size_t len, bool packable, bool pressed)
{
	const char *more = reply->headers == NULL ? "" : reply->headers;
	struct buf *head = &press->head;

	head->len = 0;
	head->full = false;
	buf_printf(head, "HTTP/1.1 %d %s\r\nDate: %s\r\n", reply->status,
	    way->reason, date_now(press));
	if (has_body(reply->status)) {
		if (reply->type != NULL)
			buf_printf(head, "Content-Type: %s\r\n", reply->type);
		if (!way->stays)
			buf_printf(head, "Content-Length: %zu\r\n", len);
		if (pressed || reply->packed)
			buf_puts(head, "Content-Encoding: gzip\r\n");
	}
	if (packable || reply->packed)
		buf_puts(head, "Vary: Accept-Encoding\r\n");
	for (size_t i = 0; i < sizeof(safety) / sizeof(*safety); i++)
		put_header(head, more, safety[i].name, safety[i].value);
	if (way->tls)
		put_header(head, more, "Strict-Transport-Security",
		    "max-age=31536000");
	if (way->close || way->keep)
		buf_printf(head, "Connection: %s\r\n",
		    way->close ? "close" : "keep-alive");
	buf_puts(head, more);
	buf_puts(head, "\r\n");
}

static void
put_header(struct buf *head, const char *headers, const char *name,
    const char *value)
{
	if (!has_header(headers, name))
		buf_printf(head, "%s: %s\r\n", name, value);
}

static bool
has_header(const char *headers, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = headers; *at != '\0'; at++) {
		if (strncasecmp(at, name, len) == 0 && at[len] == ':')
			return true;
		at = strchr(at, '\n');
		assert(at != NULL && at[-1] == '\r');
	}
	return false;
}

static const char *
date_now(struct press *press)
{
	time_t now = time(NULL);

	if (now != press->dated) {
		http_date(now, press->date);
		press->dated = now;
	}
	return press->date;
}

static bool
is_text(const char *type)
{
	static const char *const texts[] = { "text/", "application/json",
		"application/problem+json", "application/javascript",
		"application/manifest+json", "image/svg+xml" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (strncmp(type, texts[i], strlen(texts[i])) == 0)
			return true;
	return false;
}

static bool
has_body(int status)
{
	return status >= 200 && status != 204 && status != 304;
}

static struct bytes
pack(struct press *press, struct bytes body)
{
	size_t most = libdeflate_gzip_compress_bound(press->compressor,
	    body.len);
	size_t len;

	if (press->packed_room < most) {
		free(press->packed);
		press->packed = mem_get(most);
		press->packed_room = most;
	}
	len = libdeflate_gzip_compress(press->compressor, body.data, body.len,
	    press->packed, press->packed_room);
	assert(len > 0);
	return (struct bytes) { press->packed, len };
}

/* A weight of nothing: "q=0", "q=0.000". */
static bool
coding_refused(const char *parameters, size_t len)
{
	const char *q = memmem(parameters, len, "q=", 2);
	const char *end = parameters + len;

	if (q == NULL || q + 2 >= end || q[2] != '0')
		return false;
	for (q += 3; q < end && (*q == '.' || *q == '0'); q++)
		continue;
	return q == end || *q < '1' || *q > '9';
}
