/*
 * The database's files.  Whoever writes holds an flock on `<path>.lock`
 * until its descriptor is closed, at the latest by the end of the process.
 */
#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"

int
file_lock(const char *path)
{
	char name[PATH_MAX];
	int lock;

	if (snprintf(name, sizeof(name), "%s.lock", path) >=
	    (int)sizeof(name)) {
		log_fault("db.lock", "path=%s reason=too_long", path);
		return -1;
	}
	lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
		return lock;
	log_fault("db.lock", "path=%s reason=\"%s\"", name,
	    lock >= 0 && errno == EWOULDBLOCK
		? "another hokend is running on this database"
		: strerror(errno));
	if (lock >= 0)
		close(lock);
	return -1;
}

/* The write-ahead log and its index take over the mode of this file. */
int
file_create(const char *path)
{
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (file >= 0)
		return close(file);
	if (errno == EEXIST)
		return 0;
	log_fault("db.create", "path=%s reason=\"%s\"", path, strerror(errno));
	return -1;
}

int
file_sync_directory(const char *path)
{
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = dir < 0 ? -1 : fsync(dir);

	if (result < 0)
		log_fault("db.sync", "path=%s reason=%s", path,
		    strerror(errno));
	if (dir >= 0)
		close(dir);
	return result;
}
