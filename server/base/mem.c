/*
 * Memory: arenas as chains of blocks, and growing buffers.  It owns no
 * state of its own.
 */
#include "base/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#define ALIGNMENT 16
#ifdef __SANITIZE_ADDRESS__
/* Each thing in a block of its own: it sees where everything ends. */
#define BLOCK_BYTES ((size_t)0)
#define STEP 1
#else
#define BLOCK_BYTES (8192 - sizeof(struct block))
#define STEP ALIGNMENT
#endif
#define BUF_FIRST 256

struct block {
	_Alignas(ALIGNMENT) struct block *next;
	size_t room, used;
};

struct arena {
	struct block *head; /* the one that is being filled */
};

static struct block *block_new(size_t room);
static bool buf_fits(const struct buf *, size_t more);
static bool buf_grow(struct buf *, size_t more);

void *
mem_get(size_t bytes)
{
	void *p = calloc(1, bytes ? bytes : 1);

	if (!p)
		log_die("mem.lost", "bytes=%zu", bytes);
	return p;
}

char *
mem_dup(const char *s)
{
	size_t len = strlen(s) + 1;

	return memcpy(mem_get(len), s, len);
}

struct arena *
arena_new(void)
{
	struct arena *arena = mem_get(sizeof(*arena));

	arena->head = block_new(BLOCK_BYTES);
	return arena;
}

void
arena_free(struct arena *arena)
{
	struct block *block, *next;

	if (!arena)
		return;
	for (block = arena->head; block; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

/* Blocks come zeroed and nothing is ever given back, so that what is taken
 * is zeroed too.  A big thing gets a block of its own behind the head, which
 * keeps its remaining room. */
void *
arena_get(struct arena *arena, size_t bytes)
{
	struct block *block = arena->head;
	void *p;

	if (bytes > SIZE_MAX / 2)
		log_die("mem.lost", "bytes=%zu", bytes);
	bytes = (bytes + STEP - 1) & ~(size_t)(STEP - 1);
	if (bytes > BLOCK_BYTES / 4 && bytes > block->room - block->used) {
		block = block_new(bytes);
		block->next = arena->head->next;
		arena->head->next = block;
	} else if (bytes > block->room - block->used) {
		block = block_new(BLOCK_BYTES);
		block->next = arena->head;
		arena->head = block;
	}
	p = (char *)(block + 1) + block->used;
	block->used += bytes;
	return p;
}

char *
arena_dup(struct arena *arena, const char *s)
{
	return s ? arena_dup_len(arena, s, strlen(s)) : NULL;
}

char *
arena_dup_len(struct arena *arena, const char *s, size_t len)
{
	char *copy = arena_get(arena, len + 1);

	if (len)
		memcpy(copy, s, len);
	return copy;
}

struct bytes
arena_bytes(struct arena *arena, const void *data, size_t len)
{
	return (struct bytes) { arena_dup_len(arena, data, len), len };
}

char *
arena_print(struct arena *arena, const char *fmt, ...)
{
	va_list args;
	char *s, *copy;
	int len;

	va_start(args, fmt);
	len = vasprintf(&s, fmt, args);
	va_end(args);
	if (len < 0)
		log_die("mem.lost", "format=%s", fmt);
	copy = arena_dup_len(arena, s, (size_t)len);
	free(s);
	return copy;
}

void
buf_init(struct buf *buf, size_t max)
{
	*buf = (struct buf) { .max = max };
	buf_grow(buf, 0);
}

void
buf_free(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf) { 0 };
}

void
buf_put(struct buf *buf, const void *data, size_t len)
{
	if (!len || (!buf_fits(buf, len) && !buf_grow(buf, len)))
		return;
	memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void
buf_puts(struct buf *buf, const char *s)
{
	buf_put(buf, s, strlen(s));
}

void
buf_putc(struct buf *buf, char c)
{
	buf_put(buf, &c, 1);
}

void
buf_number(struct buf *buf, int64_t number)
{
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	char digits[20]; /* and a sign: INT64_MIN has 19 digits */
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		digits[--at] = '-';
	buf_put(buf, digits + at, sizeof(digits) - at);
}

void
buf_printf(struct buf *buf, const char *fmt, ...)
{
	va_list args, again;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(buf->data + buf->len, buf->room - buf->len, fmt, args);
	if (len < 0)
		log_die("mem.print", "format=%s", fmt);
	if (!buf_fits(buf, (size_t)len) && buf_grow(buf, (size_t)len))
		vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, again);
	if (!buf->full)
		buf->len += (size_t)len;
	if (buf->data != NULL) /* also behind what was cut off */
		buf->data[buf->len] = '\0';
	va_end(again);
	va_end(args);
}

char *
buf_keep(const struct buf *buf, struct arena *arena)
{
	return arena_dup_len(arena, buf->data, buf->len);
}

static struct block *
block_new(size_t room)
{
	struct block *block = mem_get(sizeof(*block) + room);

	block->room = room;
	return block;
}

static bool
buf_fits(const struct buf *buf, size_t more)
{
	return !buf->full && more < buf->room - buf->len &&
	    more <= buf->max - buf->len;
}

/* Room for `more` bytes and the NUL; false, and `full`, past the limit. */
static bool
buf_grow(struct buf *buf, size_t more)
{
	size_t room = buf->room ? buf->room : BUF_FIRST;

	if (buf->full || more > buf->max - buf->len) {
		buf->full = true;
		return false;
	}
	while (room - buf->len <= more)
		room *= 2;
	if (room == buf->room)
		return true;
	buf->data = realloc(buf->data, room);
	if (!buf->data)
		log_die("mem.lost", "bytes=%zu", room);
	buf->data[buf->len] = '\0';
	buf->room = room;
	return true;
}
