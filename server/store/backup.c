/*
 * The directory VAR/backups and the file VAR/recovery.pub.  A copy is made
 * beside the database in the clear, examined, sealed into a nameless part
 * and gets its name when it is whole and on the disk.
 */
#include "store/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/seal.h"
#include "base/vault.h"
#include "store/db_care.h"
#include "store/file.h"

#define DIRECTORY "%s/backups"
#define NAME_HEAD "hokend-"
#define NAME_TAIL ".backup"
#define HALF_MADE ".part"
#define DAY_S 86400

static int make_in(struct arena *, const char *var, const char *dir,
    const char *part, const char *path);
static int copy_sound(struct arena *, const char *var, const char *copy);
static int seal_file(struct arena *, const char *var, const char *from,
    const char *to);
static int unseal_file(const char *from, const char *to, const char *key,
    const char **why);
static FILE *open_new(const char *path);
static int sync_close(FILE *, const char *path);
static bool ends(const char *name, const char *tail);
static int fault(const char *path);

int
backup_key(struct arena *arena, const char *var, char **key)
{
	char *path = arena_print(arena, "%s/recovery.pub", var);

	*key = NULL;
	if (access(path, F_OK) == 0)
		return 0;
	*key = arena_get(arena, VAULT_KEY_ROOM);
	return vault_create(path, *key);
}

int
backup_make(struct arena *arena, const char *var, const char **path)
{
	char *dir = arena_print(arena, DIRECTORY, var), stamp[32];
	time_t now = time(NULL);
	struct tm utc;
	unsigned salt = seal_below(0x10000);
	struct stat st;

	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return fault(dir);
	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", gmtime_r(&now, &utc));
	char *part = arena_print(arena, "%s/%s-%04x" HALF_MADE, dir, stamp,
	    salt);
	*path = arena_print(arena, "%s/" NAME_HEAD "%s-%04x" NAME_TAIL, dir,
	    stamp, salt);
	if (make_in(arena, var, dir, part, *path) < 0)
		return -1;
	log_event("backup.made", "path=%s bytes=%lld", *path,
	    stat(*path, &st) == 0 ? (long long)st.st_size : -1);
	return 0;
}

void
backup_expire(struct arena *arena, const char *var, bool start)
{
	char *dir = arena_print(arena, DIRECTORY, var);
	time_t oldest = time(NULL) - (time_t)BACKUP_DAYS * DAY_S;
	DIR *open = opendir(dir);
	struct stat st;

	if (open == NULL)
		return; /* none was made yet */
	for (struct dirent *e; (e = readdir(open)) != NULL;) {
		char *path = arena_print(arena, "%s/%s", dir, e->d_name);
		bool copy = ends(e->d_name, NAME_TAIL);

		if (!copy && !(start && strstr(e->d_name, HALF_MADE) != NULL))
			continue;
		if (copy && (stat(path, &st) < 0 || st.st_mtime >= oldest))
			continue;
		if (unlink(path) < 0)
			fault(path);
		else
			log_event("backup.removed", "path=%s", path);
	}
	closedir(open);
}

int
backup_open(struct arena *arena, const char *var, const char *file,
    const char *key, const char **why)
{
	char *path = arena_print(arena, "%s/hokend.db.new", var);
	int result;

	backup_discard(arena, var);
	result = unseal_file(file, path, key, why);
	if (result == 0)
		result = db_examine(arena, path, why);
	if (result != 0)
		backup_discard(arena, var);
	return result;
}

/* link() refuses where rename() would overwrite. */
int
backup_install(struct arena *arena, const char *var)
{
	char *from = arena_print(arena, "%s/hokend.db.new", var);
	char *to = arena_print(arena, "%s/hokend.db", var);

	if (link(from, to) < 0)
		return fault(to);
	backup_discard(arena, var);
	return file_sync_directory(var);
}

void
backup_discard(struct arena *arena, const char *var)
{
	static const char *const tails[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++)
		unlink(arena_print(arena, "%s/hokend.db.new%s", var, tails[i]));
}

static int
make_in(struct arena *arena, const char *var, const char *dir, const char *part,
    const char *path)
{
	char *copy = arena_print(arena, "%s.copy", part);
	int result = copy_sound(arena, var, copy);

	if (result == 0)
		result = seal_file(arena, var, copy, part);
	unlink(copy);
	if (result == 0 && rename(part, path) < 0)
		result = fault(path);
	if (result < 0)
		unlink(part);
	return result < 0 ? -1 : file_sync_directory(dir);
}

/* A damaged database gives no copy: it would only push out good ones. */
static int
copy_sound(struct arena *arena, const char *var, const char *copy)
{
	const char *why;
	int state;

	if (db_copy(arena_print(arena, "%s/hokend.db", var), copy) < 0)
		return -1;
	state = db_examine(arena, copy, &why);
	unlink(arena_print(arena, "%s-wal", copy));
	unlink(arena_print(arena, "%s-shm", copy));
	if (state == 1)
		log_fault("backup.make",
		    "reason=\"the database is damaged: %s\"", why);
	return state == 0 ? 0 : -1;
}

static int
seal_file(struct arena *arena, const char *var, const char *from,
    const char *to)
{
	FILE *in = fopen(from, "re"), *out = open_new(to);
	int result = -1;

	if (in == NULL)
		fault(from);
	else if (out != NULL)
		result = vault_seal(arena_print(arena, "%s/recovery.pub", var),
		    in, out);
	if (in != NULL)
		fclose(in);
	if (out != NULL && sync_close(out, to) < 0)
		result = -1;
	return result;
}

static int
unseal_file(const char *from, const char *to, const char *key, const char **why)
{
	FILE *in = fopen(from, "re"), *out;
	int result = -1;

	if (in == NULL)
		return fault(from);
	out = open_new(to);
	if (out != NULL) {
		result = vault_open(key, in, out, why);
		if (sync_close(out, to) < 0)
			result = -1;
	}
	fclose(in);
	return result;
}

static FILE *
open_new(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (file == NULL)
		fault(path);
	return file;
}

static int
sync_close(FILE *file, const char *path)
{
	int result = fflush(file) != 0 || fsync(fileno(file)) < 0 ? fault(path)
								  : 0;

	fclose(file);
	return result;
}

static bool
ends(const char *name, const char *tail)
{
	size_t len = strlen(name), tail_len = strlen(tail);

	return len > tail_len && strcmp(name + len - tail_len, tail) == 0;
}

static int
fault(const char *path)
{
	log_fault("backup.file", "path=%s reason=%s", path,
	    strerrordesc_np(errno));
	return -1;
}
