/*
 * Memory: arenas that live as long as one request or job, and growing
 * buffers with an upper limit.  Running out of memory stops the process;
 * the data is safe because every change is a transaction.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A view of bytes that somebody else owns. */
struct bytes {
	const void *data;
	size_t len;
};

/* malloc and strdup that never return NULL. */
void *mem_get(size_t bytes);	/* zeroed */
char *mem_dup(const char *s);

/* Everything taken from an arena goes at once with arena_free(). */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *);	/* NULL is fine */
void *arena_get(struct arena *, size_t bytes);	/* zeroed, aligned to 16 */
char *arena_dup(struct arena *, const char *s);	/* NULL stays NULL */
char *arena_dup_len(struct arena *, const char *s, size_t len);
struct bytes arena_bytes(struct arena *, const void *data, size_t len);
char *arena_print(struct arena *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Room for `count` zeroed things of one type. */
#define arena_array(arena, type, count) \
	((type *)arena_get((arena), sizeof(type) * (count)))

/*
 * A growing buffer.  Writing past `max` bytes drops the write and sets
 * `full`, which whoever sends the buffer must look at.  `data` is always
 * terminated by a NUL that `len` does not count.
 */
struct buf {
	char *data;
	size_t len, room, max;
	bool full;
};

void buf_init(struct buf *, size_t max);
void buf_free(struct buf *);
void buf_put(struct buf *, const void *, size_t len);
void buf_puts(struct buf *, const char *);
void buf_putc(struct buf *, char);
void buf_number(struct buf *, int64_t);
void buf_printf(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
char *buf_keep(const struct buf *, struct arena *);	/* a copy */

#endif
