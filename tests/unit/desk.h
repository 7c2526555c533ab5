/*
 * A desk for tests: a fresh database, keys and an arena in a directory of
 * its own, at a frozen instant.
 */
#ifndef TEST_DESK_H
#define TEST_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "room/desk.h"

#define TEST_PATIENCE_S 60	/* with one test, see patience.c */
#define TEST_NOW INT64_C(1782882000)	/* 2026-07-01T14:00:00+09:00 */

struct test_desk {
	struct desk desk;
	struct keys *keys;
	char dir[64];
	char path[80];		/* of the database */
};

static inline void
test_path(const struct test_desk *t, char *out, size_t size, const char *name)
{
	snprintf(out, size, "%s/%s", t->dir, name);
}

static inline int
test_desk_open(void **state)
{
	struct test_desk *t = mem_get(sizeof(*t));
	char keys[96];

	alarm(TEST_PATIENCE_S);
	strcpy(t->dir, "/tmp/hokend-unit-XXXXXX");
	if (seal_init() < 0 || when_zone("Asia/Tokyo") < 0 ||
	    mkdtemp(t->dir) == NULL)
		return -1;
	test_path(t, t->path, sizeof(t->path), "room.db");
	test_path(t, keys, sizeof(keys), "keys");
	if (keys_create(keys) < 0 || (t->keys = keys_open(keys)) == NULL)
		return -1;
	t->desk = (struct desk){
		.db = db_open(t->path, DB_WRITE),
		.arena = arena_new(),
		.keys = t->keys,
		.now = TEST_NOW,
		.actor = { .account = 0, .uid = -1 },
	};
	*state = t;
	return t->desk.db == NULL ? -1 : db_migrate(t->desk.db);
}

static inline int
test_desk_close(void **state)
{
	static const char *const files[] = { "keys", "room.db", "room.db-wal",
		"room.db-shm", "room.db.lock", "backups/forgotten" };
	struct test_desk *t = *state;
	char path[96];

	db_close(t->desk.db);
	arena_free(t->desk.arena);
	keys_close(t->keys);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		test_path(t, path, sizeof(path), files[i]);
		unlink(path);
	}
	test_path(t, path, sizeof(path), "backups");
	rmdir(path);
	rmdir(t->dir);
	free(t);
	return 0;
}

#endif
