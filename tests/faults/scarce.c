/*
 * Memory that runs out, loaded by LD_PRELOAD.  The allocation with the
 * number $SCARCE_AT, and every one after it when $SCARCE_ON is set, gets
 * nothing.  Only those count that hokend's own code asks for; with
 * $SCARCE_ALL those of libraries do too.
 */
#include <errno.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CALLER (uintptr_t) __builtin_return_address(0)

/* The C library's own, which its wrappers call too. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

static atomic_long count;
static long at = -1;
static bool on, all;
static uintptr_t begin, end; /* of the program's own code */

/* The first object is the program itself. */
static int
look(struct dl_phdr_info *info, size_t size, void *arg)
{
	(void)size;
	(void)arg;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];

		if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
			continue;
		begin = info->dlpi_addr + part->p_vaddr;
		end = begin + part->p_memsz;
	}
	return 1;
}

__attribute__((constructor)) static void
load(void)
{
	const char *text = getenv("SCARCE_AT");

	dl_iterate_phdr(look, NULL);
	all = getenv("SCARCE_ALL") != NULL;
	on = getenv("SCARCE_ON") != NULL;
	at = text == NULL ? -1 : strtol(text, NULL, 10);
}

static bool
lost(uintptr_t caller)
{
	if (at < 0 || (!all && (caller < begin || caller >= end)))
		return false;
	long n = atomic_fetch_add(&count, 1) + 1;
	if (n != at && !(on && n > at))
		return false;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t bytes)
{
	return lost(CALLER) ? NULL : __libc_malloc(bytes);
}

void *
calloc(size_t things, size_t bytes)
{
	return lost(CALLER) ? NULL : __libc_calloc(things, bytes);
}

void *
realloc(void *before, size_t bytes)
{
	return lost(CALLER) ? NULL : __libc_realloc(before, bytes);
}
