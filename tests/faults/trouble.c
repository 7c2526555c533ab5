/*
 * A disk in trouble, loaded by LD_PRELOAD: what happens to files below
 * $TROUBLE_VAR is said by the file $TROUBLE while hokend runs.
 *
 *	full	no byte can be written: ENOSPC
 *	write	writing and syncing fail: EIO
 *	read	reading the database fails: EIO
 *
 * Anything else, or no file: all is well.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name)                                                             \
	static __typeof__(name) *real;                                         \
	if (real == NULL)                                                      \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

enum { WRITING = 1, SYNCING = 2, READING = 4 };

/* By the first letter of what the file says. */
static int
error_of(int what)
{
	const char *path = getenv("TROUBLE");
	char word = 0;
	int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return 0;
	ssize_t len = (read)(fd, &word, 1);
	close(fd);
	if (len == 1 && word == 'f' && what == WRITING)
		return ENOSPC;
	if (len == 1 && word == 'w' && what != READING)
		return EIO;
	return len == 1 && word == 'r' && what == READING ? EIO : 0;
}

static int
in_trouble(int fd, int what)
{
	const char *var = getenv("TROUBLE_VAR");
	char link[64], path[PATH_MAX];
	int error, before = errno;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	ssize_t len = readlink(link, path, sizeof(path) - 1);
	path[len < 0 ? 0 : len] = '\0';
	if (var == NULL || strncmp(path, var, strlen(var)) != 0 ||
	    (error = error_of(what)) == 0) {
		errno = before;
		return 0;
	}
	errno = error;
	return -1;
}

ssize_t
write(int fd, const void *data, size_t bytes)
{
	REAL(write);
	return in_trouble(fd, WRITING) < 0 ? -1 : real(fd, data, bytes);
}

ssize_t
pwrite(int fd, const void *data, size_t bytes, off_t offset)
{
	REAL(pwrite);
	return in_trouble(fd, WRITING) < 0 ? -1 : real(fd, data, bytes, offset);
}

ssize_t
pwrite64(int fd, const void *data, size_t bytes, off64_t offset)
{
	return pwrite(fd, data, bytes, offset);
}

int
fsync(int fd)
{
	REAL(fsync);
	return in_trouble(fd, SYNCING) < 0 ? -1 : real(fd);
}

int
fdatasync(int fd)
{
	REAL(fdatasync);
	return in_trouble(fd, SYNCING) < 0 ? -1 : real(fd);
}

ssize_t
pread(int fd, void *data, size_t bytes, off_t offset)
{
	REAL(pread);
	return in_trouble(fd, READING) < 0 ? -1 : real(fd, data, bytes, offset);
}

ssize_t
pread64(int fd, void *data, size_t bytes, off64_t offset)
{
	return pread(fd, data, bytes, offset);
}
