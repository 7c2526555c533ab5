/* Letters as files. */
#include "mail/maildir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

#define LETTER_MAX ((size_t)1 << 20)
#define LIST_MAX 1000

static int directories(const char *dir);
static int write_synced(const char *path, const char *bytes, size_t len);
static int sync_directory(const char *path);
static bool name_ok(const char *);
static int newest_first(const void *, const void *);

int
maildir_put(const char *dir, const char *stem, const char *bytes, size_t len)
{
	struct arena *arena = arena_new();
	char *temporary = arena_print(arena, "%s/tmp/%s", dir, stem);
	char *final = arena_print(arena, "%s/new/%s", dir, stem);
	char *new = arena_print(arena, "%s/new", dir);
	int result = 0;

	if (directories(dir) < 0 || write_synced(temporary, bytes, len) < 0 ||
	    rename(temporary, final) < 0 || sync_directory(new) < 0) {
		log_fault("maildir.put", "error=\"%s\"", strerror(errno));
		result = -1;
	}
	arena_free(arena);
	return result;
}

int
maildir_list(struct arena *arena, const char *dir,
    struct maildir_entry **entries)
{
	char *new = arena_print(arena, "%s/new", dir);
	DIR *open = opendir(new);
	struct dirent *entry;
	int count = 0;

	*entries = arena_array(arena, struct maildir_entry, LIST_MAX);
	if (open == NULL)
		return 0; /* no letter yet */
	while (count < LIST_MAX && (entry = readdir(open)) != NULL) {
		struct stat st;

		if (!name_ok(entry->d_name) ||
		    fstatat(dirfd(open), entry->d_name, &st, 0) < 0)
			continue;
		(*entries)[count++] = (struct maildir_entry) {
			.name = arena_dup(arena, entry->d_name),
			.at = st.st_mtim.tv_sec * INT64_C(1000) +
			    st.st_mtim.tv_nsec / 1000000,
		};
	}
	closedir(open);
	qsort(*entries, (size_t)count, sizeof(**entries), newest_first);
	for (int i = 0; i < count; i++)
		(*entries)[i].at /= 1000;
	return count;
}

char *
maildir_read(struct arena *arena, const char *dir, const char *name)
{
	FILE *file;
	struct buf buf;
	char chunk[4096], *bytes;
	size_t got;

	if (!name_ok(name))
		return NULL;
	file = fopen(arena_print(arena, "%s/new/%s", dir, name), "re");
	if (file == NULL)
		return NULL;
	buf_init(&buf, LETTER_MAX);
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_put(&buf, chunk, got);
	fclose(file);
	bytes = buf_keep(&buf, arena);
	buf_free(&buf);
	return bytes;
}

static int
directories(const char *dir)
{
	static const char *const parts[] = { "", "/tmp", "/new", "/cur" };
	struct arena *arena = arena_new();
	int result = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (mkdir(arena_print(arena, "%s%s", dir, parts[i]), 0700) <
			0 &&
		    errno != EEXIST)
			result = -1;
	arena_free(arena);
	return result;
}

static int
write_synced(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool good = fd >= 0;

	while (good && len > 0) {
		ssize_t put = write(fd, bytes, len);

		good = put > 0;
		bytes += good ? put : 0;
		len -= good ? (size_t)put : 0;
	}
	good = good && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return good ? 0 : -1;
}

static int
sync_directory(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd < 0 ? -1 : fsync(fd);

	if (fd >= 0)
		close(fd);
	return result;
}

/* Names are ours: letters, digits, dots; never a way out of the Maildir. */
static bool
name_ok(const char *name)
{
	return name[0] != '\0' && name[0] != '.' &&
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._") ==
	    strlen(name);
}

static int
newest_first(const void *left, const void *right)
{
	const struct maildir_entry *a = left, *b = right;

	return a->at > b->at ? -1 : a->at < b->at;
}
