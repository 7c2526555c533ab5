/* Marks in a table that does not grow: keys share them by their hash. */
#include "store/marks.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"

#define MARKS_BITS 14 /* 128 KiB */

struct marks {
	atomic_uint_fast64_t generation;
	atomic_uint_fast64_t touched[1 << MARKS_BITS];
};

static size_t place_of(uint64_t key);

struct marks *
marks_open(void)
{
	return mem_get(sizeof(struct marks));
}

void
marks_close(struct marks *marks)
{
	free(marks);
}

/* The group in hand will be the next generation: the mark stands before the
 * change can be seen. */
void
marks_touch(struct marks *marks, uint64_t key)
{
	atomic_store(&marks->touched[place_of(key)],
	    atomic_load(&marks->generation) + 1);
}

void
marks_raise(struct marks *marks)
{
	atomic_fetch_add(&marks->generation, 1);
}

uint64_t
marks_generation(const struct marks *marks)
{
	return atomic_load(&marks->generation);
}

bool
marks_touched(const struct marks *marks, uint64_t key, uint64_t generation)
{
	return atomic_load(&marks->touched[place_of(key)]) > generation;
}

/* Knuth, The Art of Computer Programming 3, 6.4: the golden ratio spreads
 * neighbouring keys. */
static size_t
place_of(uint64_t key)
{
	return (size_t)((key * 0x9e3779b97f4a7c15) >> (64 - MARKS_BITS));
}
