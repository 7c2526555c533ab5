/*
 * The ledger's file.  Lines are of one length, so that a line which lost its
 * end in a power failure is known, whatever is written behind it.
 */
#include "store/ledger.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "store/file.h"

#define ENTRY "%016" PRIx64 "%c%016" PRIx64 "\n" /* id, of what, instant */
#define ENTRY_LEN 34
#define DAY_S 86400
#define LEDGER_MAX ((size_t)16 << 20)

struct entry {
	int64_t id, at;
	enum ledger_of of;
};

static char *directory(struct arena *, const char *var);
static int add_entries(struct arena *, const char *var, const struct entry *,
    size_t count);
static void print(struct buf *, const struct entry *);
static int read_entries(struct arena *, const char *dir, struct entry **);
static bool read_line(const char *line, size_t len, struct entry *);
static char *read_text(struct arena *, const char *path, size_t *len);
static int put(const char *path, int flags, const char *text, size_t len);
static bool torn(int fd);
static int fault(const char *path);

int
ledger_add(struct arena *arena, const char *var, enum ledger_of of,
    const int64_t *ids, size_t count)
{
	struct entry *entries = arena_array(arena, struct entry, count + 1);

	for (size_t i = 0; i < count; i++)
		entries[i] = (struct entry) { ids[i], time(NULL), of };
	return add_entries(arena, var, entries, count);
}

int
ledger_read(struct arena *arena, const char *var, enum ledger_of of,
    int64_t **ids)
{
	struct entry *entries;
	int found = 0;
	int count = read_entries(arena, directory(arena, var), &entries);

	if (count < 0)
		return -1;
	*ids = arena_array(arena, int64_t, (size_t)count + 1);
	for (int i = 0; i < count; i++)
		if (entries[i].of == of)
			(*ids)[found++] = entries[i].id;
	return found;
}

/* They count from now on: the copy beside them may be as young. */
int
ledger_adopt(struct arena *arena, const char *var, const char *dir)
{
	struct entry *entries;
	struct stat here, there;
	int count;

	if (stat(directory(arena, var), &here) == 0 && stat(dir, &there) == 0 &&
	    here.st_dev == there.st_dev && here.st_ino == there.st_ino)
		return 0; /* its own */
	count = read_entries(arena, dir, &entries);
	for (int i = 0; i < count; i++)
		entries[i].at = time(NULL);
	if (count <= 0)
		return count;
	return add_entries(arena, var, entries, (size_t)count) < 0 ? -1 : count;
}

int
ledger_expire(struct arena *arena, const char *var)
{
	char *dir = directory(arena, var);
	char *path = arena_print(arena, "%s/" LEDGER_NAME, dir);
	char *next = arena_print(arena, "%s.new", path);
	int64_t oldest = time(NULL) - (int64_t)LEDGER_DAYS * DAY_S;
	struct entry *entries;
	struct buf kept;
	int result, count = read_entries(arena, dir, &entries);

	if (count <= 0)
		return count;
	buf_init(&kept, (size_t)count * ENTRY_LEN + 1);
	for (int i = 0; i < count; i++)
		if (entries[i].at >= oldest)
			print(&kept, &entries[i]);
	if (kept.len == (size_t)count * ENTRY_LEN)
		result = 0;
	else if (put(next, O_TRUNC, kept.data, kept.len) < 0)
		result = -1;
	else if (rename(next, path) < 0)
		result = fault(path);
	else
		result = file_sync_directory(dir);
	buf_free(&kept);
	return result;
}

static char *
directory(struct arena *arena, const char *var)
{
	return arena_print(arena, "%s/backups", var);
}

static int
add_entries(struct arena *arena, const char *var, const struct entry *entries,
    size_t count)
{
	char *dir = directory(arena, var);
	char *path = arena_print(arena, "%s/" LEDGER_NAME, dir);
	bool there = access(path, F_OK) == 0;
	struct buf lines;
	int result;

	if (count == 0)
		return 0;
	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return fault(dir);
	buf_init(&lines, count * ENTRY_LEN + 1);
	for (size_t i = 0; i < count; i++)
		print(&lines, &entries[i]);
	result = put(path, O_APPEND, lines.data, lines.len);
	buf_free(&lines);
	if (result == 0 && !there)
		result = file_sync_directory(dir) < 0 ||
			file_sync_directory(var) < 0
		    ? -1
		    : 0;
	return result;
}

static void
print(struct buf *lines, const struct entry *entry)
{
	buf_printf(lines, ENTRY, (uint64_t)entry->id, (char)entry->of,
	    (uint64_t)entry->at);
}

static int
read_entries(struct arena *arena, const char *dir, struct entry **entries)
{
	char *path = arena_print(arena, "%s/" LEDGER_NAME, dir);
	size_t len = 0;
	char *text = read_text(arena, path, &len), *end = text + len;
	int count = 0;

	if (text == NULL)
		return -1;
	*entries = arena_array(arena, struct entry, len / ENTRY_LEN + 1);
	for (char *line = text, *next; line < end; line = next + 1) {
		next = memchr(line, '\n', (size_t)(end - line));
		if (next == NULL)
			break;
		count += read_line(line, (size_t)(next - line) + 1,
		    &(*entries)[count]);
	}
	return count;
}

static bool
read_line(const char *line, size_t len, struct entry *entry)
{
	char *behind;

	if (len != ENTRY_LEN)
		return false;
	for (size_t i = 0; i < len - 1; i++)
		if (i == 16 ? line[i] != LEDGER_VISIT && line[i] != LEDGER_WISH
			    : !isxdigit((unsigned char)line[i]))
			return false;
	entry->id = (int64_t)strtoull(line, &behind, 16);
	entry->of = (enum ledger_of)line[16];
	entry->at = (int64_t)strtoull(behind + 1, NULL, 16);
	return entry->id > 0;
}

/* "" when there is no such file, NULL after a fault. */
static char *
read_text(struct arena *arena, const char *path, size_t *len)
{
	FILE *file = fopen(path, "re");
	struct stat st;
	char *text = NULL;

	*len = 0;
	if (file == NULL && (errno == ENOENT || errno == ENOTDIR))
		return arena_dup(arena, "");
	if (file == NULL || fstat(fileno(file), &st) < 0)
		fault(path);
	else if ((size_t)st.st_size > LEDGER_MAX)
		log_fault("ledger.file", "path=%s reason=\"too long\"", path);
	else {
		text = arena_get(arena, (size_t)st.st_size + 1);
		*len = fread(text, 1, (size_t)st.st_size, file);
	}
	if (file != NULL)
		fclose(file);
	return text;
}

static int
put(const char *path, int flags, const char *text, size_t len)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | flags, 0600);
	int result = 0;

	if (fd < 0)
		return fault(path);
	if ((torn(fd) && write(fd, "\n", 1) != 1) ||
	    (len > 0 && write(fd, text, len) != (ssize_t)len) || fsync(fd) < 0)
		result = fault(path);
	close(fd);
	return result;
}

/* Does its last line lack an end? */
static bool
torn(int fd)
{
	char last;
	off_t size = lseek(fd, 0, SEEK_END);

	return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

static int
fault(const char *path)
{
	log_fault("ledger.file", "path=%s reason=\"%s\"", path,
	    strerror(errno));
	return -1;
}
