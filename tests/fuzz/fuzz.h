/*
 * What the fuzz targets share.  A target reads what the fuzzer made as its
 * parser would get it, and states with MUST() what holds of every answer.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/seal.h"
#include "base/when.h"

#define MUST(what)                                                             \
	do {                                                                   \
		if (!(what))                                                   \
			abort();                                               \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* The input as a text, which ends where it has a NUL. */
static inline char *
fuzz_text(struct arena *arena, const uint8_t *data, size_t len)
{
	return arena_dup_len(arena, (const char *)data, strnlen(
	    (const char *)data, len));
}

/* Keys that no file holds any more; zone and libsodium are ready too. */
static inline const struct keys *
fuzz_keys(void)
{
	static struct keys *keys;
	char dir[] = "/tmp/hokend-fuzz-XXXXXX", path[64] = "";

	if (keys != NULL)
		return keys;
	MUST(seal_init() == 0 && when_zone("Asia/Tokyo") == 0);
	MUST(mkdtemp(dir) != NULL);
	strcat(strcat(path, dir), "/keys");
	MUST(keys_create(path) == 0);
	keys = keys_open(path);
	unlink(path);
	rmdir(dir);
	MUST(keys != NULL);
	return keys;
}

#endif
