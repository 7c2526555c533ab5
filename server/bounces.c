/*
 * Notifications: worker (reads) -> loop -> writer (marks) -> loop -> worker
 * (moves the files).  Whatever stops in between is read again; a letter that
 * is marked already stays as it is.
 */
#include "bounces.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "mail/bounce.h"
#include "room/outbox.h"

#define FILES_MOST 50 /* at one look */

struct note {
	const char *file;
	struct bounce bounce;
	bool failed;
};

struct bounces {
	struct web *web;
	struct arena *arena; /* of a look */
	struct note *notes;
	char *text; /* of the file at hand */
	int count, failed;
	bool busy;
	struct task task;
	struct job job;
};

static void read_run(void *);
static int open_part(const struct bounces *, const char *part);
static void read_note(struct bounces *, int dir, const char *name);
static int read_text(int dir, const char *name, char *text);
static void read_done(void *);
static int mark(struct db *, void *);
static int mark_one(struct bounces *, struct desk *, const struct bounce *);
static void marked(void *, enum written);
static void move_run(void *);
static void rest(void *);

struct bounces *
bounces_open(struct web *web)
{
	struct bounces *b;

	if (web->config->bounces[0] == '\0')
		return NULL;
	b = mem_get(sizeof(*b));
	*b = (struct bounces) { .web = web };
	return b;
}

void
bounces_close(struct bounces *b)
{
	if (b == NULL)
		return;
	arena_free(b->arena);
	free(b);
}

void
bounces_look(struct bounces *b)
{
	if (b == NULL || b->busy)
		return;
	b->arena = arena_new();
	b->notes = arena_array(b->arena, struct note, FILES_MOST);
	b->text = arena_get(b->arena, BOUNCE_MAX + 1);
	b->count = b->failed = 0;
	b->task =
	    (struct task) { .run = read_run, .done = read_done, .arg = b };
	b->busy = true;
	if (crew_put(b->web->crew, &b->task) < 0)
		rest(b);
}

/* On a worker. */
static void
read_run(void *arg)
{
	struct bounces *b = arg;
	int fd = open_part(b, "new");
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (dir == NULL) {
		log_fault("bounces.read", "error=\"%s\"", strerror(errno));
		if (fd >= 0)
			close(fd);
		return;
	}
	while (b->count < FILES_MOST && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			read_note(b, fd, entry->d_name);
	closedir(dir);
}

static int
open_part(const struct bounces *b, const char *part)
{
	return open(
	    arena_print(b->arena, "%s/%s", b->web->config->bounces, part),
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void
read_note(struct bounces *b, int dir, const char *name)
{
	struct note *note = &b->notes[b->count];

	if (read_text(dir, name, b->text) < 0)
		return; /* taken away meanwhile, or not ours to read */
	note->file = arena_dup(b->arena, name);
	note->failed = bounce_read(b->arena, b->text, &note->bounce);
	b->failed += note->failed;
	b->count++;
}

/* What is longer than a notification is cut: its report comes first.  What
 * is no file (a pipe would keep the worker waiting) is empty.  0 or -1. */
static int
read_text(int dir, const char *name, char *text)
{
	int fd = openat(dir, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;
	size_t len = 0;
	ssize_t got;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		while (len < BOUNCE_MAX &&
		    (got = read(fd, text + len, BOUNCE_MAX - len)) > 0)
			len += (size_t)got;
	close(fd);
	text[len] = '\0';
	return 0;
}

static void
read_done(void *arg)
{
	struct bounces *b = arg;

	if (b->count == 0) {
		rest(b);
		return;
	}
	b->job = (struct job) { .run = mark, .done = marked, .arg = b };
	if (writer_put(b->web->writer, &b->job) < 0)
		rest(b);
}

/* On the writer. */
static int
mark(struct db *db, void *arg)
{
	struct bounces *b = arg;
	struct desk d = {
		.db = db,
		.arena = b->arena,
		.keys = b->web->keys,
		.now = clock_now(b->web->clock),
		.actor = { .uid = -1 },
	};
	int64_t changes = db_changes(db);

	for (int i = 0; i < b->count; i++)
		if (b->notes[i].failed &&
		    mark_one(b, &d, &b->notes[i].bounce) < 0)
			return -1;
	return db_changes(db) == changes;
}

static int
mark_one(struct bounces *b, struct desk *d, const struct bounce *bounce)
{
	struct outbox row;
	int found = outbox_bounced(d, bounce->message_id, bounce->status, &row);

	if (found != 1 || b->web->config->alarm_to[0] == '\0')
		return found < 0 ? -1 : 0;
	return outbox_alarm(d, &row);
}

static void
marked(void *arg, enum written written)
{
	struct bounces *b = arg;

	b->task = (struct task) { .run = move_run, .done = rest, .arg = b };
	if (written == FAILED || crew_put(b->web->crew, &b->task) < 0)
		rest(b);
	else
		log_event("bounces.read", "files=%d failed=%d", b->count,
		    b->failed);
}

/* On a worker. */
static void
move_run(void *arg)
{
	struct bounces *b = arg;
	int from = open_part(b, "new"), to = open_part(b, "cur");

	for (int i = 0; i < b->count; i++) {
		const char *file = b->notes[i].file;

		if (renameat(from, file, to,
			arena_print(b->arena, "%s:2,S", file)) < 0)
			log_fault("bounces.move", "error=\"%s\"",
			    strerror(errno));
	}
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
}

static void
rest(void *arg)
{
	struct bounces *b = arg;

	arena_free(b->arena);
	b->arena = NULL;
	b->busy = false;
}
