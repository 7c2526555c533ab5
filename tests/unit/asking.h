/* A request as http.c would hand it over, for tests of what reads one. */
#ifndef UNIT_ASKING_H
#define UNIT_ASKING_H

#include "http/parts.h"

static inline struct incoming *
ask(enum method method, const char *path)
{
	struct arena *arena = arena_new();
	struct incoming *in = arena_get(arena, sizeof(*in));

	in->request = (struct request) {
		.arena = arena,
		.method = method,
		.path = path,
		.query = "",
		.peer = { .name = "192.0.2.1", .uid = -1 },
	};
	return in;
}

static inline void
ask_header(struct incoming *in, const char *name, const char *value)
{
	if (value != NULL)
		in->headers[in->count++] = (struct header) { name, value };
}

static inline void
ask_end(struct incoming *in)
{
	arena_free(in->request.arena);
}

#endif
