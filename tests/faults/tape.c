/*
 * A tape between hokend and its disk, loaded by LD_PRELOAD.  It records, in
 * one order, what is written and synced below $TAPE_VAR and what is sent to
 * sockets, so that `power` can say at any moment of the run what a disk that
 * loses power may still hold, and what people had been told by then.
 *
 * A write stands on the tape before it is made, an answer after it was sent:
 * whatever is between may be lost but was not promised.  A sync has two
 * records, for only what was written before its begin is safe at its end.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name)                                                             \
	static __typeof__(name) *real;                                         \
	if (real == NULL)                                                      \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

/* Followed by `path_bytes` of path and `bytes` of data; `power` reads it. */
struct record {
	char kind; /* see power */
	char pad[3];
	int32_t who; /* socket or, of syncs, thread */
	int64_t offset; /* or the size of a truncation */
	uint32_t path_bytes;
	uint32_t bytes;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int tape = -1;
static const char *var;

/* An iovec cannot say that its bytes are only read. */
static struct iovec
part_of(const void *data, size_t bytes)
{
	struct iovec part = { .iov_len = bytes };

	memcpy(&part.iov_base, &data, sizeof(data));
	return part;
}

__attribute__((constructor)) static void
load(void)
{
	const char *path = getenv("TAPE");

	var = getenv("TAPE_VAR");
	if (path == NULL || var == NULL)
		abort();
	tape = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (tape < 0)
		abort();
}

static void
record(char kind, int who, const char *path, int64_t offset, const void *data,
    size_t bytes)
{
	struct record head = { .kind = kind,
		.who = who,
		.offset = offset,
		.path_bytes = (uint32_t)strlen(path),
		.bytes = (uint32_t)bytes };
	struct iovec parts[] = { part_of(&head, sizeof(head)),
		part_of(path, head.path_bytes), part_of(data, bytes) };
	ssize_t whole = (ssize_t)(sizeof(head) + head.path_bytes + bytes);
	int error = errno;

	REAL(writev);
	pthread_mutex_lock(&lock);
	if (real(tape, parts, 3) != whole)
		abort();
	pthread_mutex_unlock(&lock);
	errno = error;
}

static int
in_var(const char *path)
{
	return var != NULL && strncmp(path, var, strlen(var)) == 0;
}

/* The path of a file below VAR, else NULL. */
static const char *
path_of(int fd, char path[PATH_MAX])
{
	char link[64];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, PATH_MAX - 1);
	if (len < 0 || fd == tape)
		return NULL;
	path[len] = '\0';
	return in_var(path) ? path : NULL;
}

static void
record_write(int fd, const void *data, size_t bytes, off_t offset)
{
	char path[PATH_MAX];

	if (path_of(fd, path) != NULL)
		record('w', 0, path, offset, data, bytes);
}

static void
record_sent(int fd, const struct iovec *parts, int count, ssize_t sent)
{
	struct stat st;

	if (sent <= 0 || fstat(fd, &st) < 0 || !S_ISSOCK(st.st_mode))
		return;
	for (int i = 0; i < count && sent > 0; i++) {
		size_t bytes = parts[i].iov_len;

		bytes = bytes < (size_t)sent ? bytes : (size_t)sent;
		record('a', fd, "", 0, parts[i].iov_base, bytes);
		sent -= (ssize_t)bytes;
	}
}

ssize_t
write(int fd, const void *data, size_t bytes)
{
	struct iovec part = part_of(data, bytes);
	ssize_t done;

	REAL(write);
	record_write(fd, data, bytes, lseek(fd, 0, SEEK_CUR));
	done = real(fd, data, bytes);
	record_sent(fd, &part, 1, done);
	return done;
}

ssize_t
writev(int fd, const struct iovec *parts, int count)
{
	ssize_t done;

	REAL(writev);
	done = real(fd, parts, count);
	record_sent(fd, parts, count, done);
	return done;
}

ssize_t
send(int fd, const void *data, size_t bytes, int flags)
{
	struct iovec part = part_of(data, bytes);
	ssize_t done;

	REAL(send);
	done = real(fd, data, bytes, flags);
	record_sent(fd, &part, 1, done);
	return done;
}

ssize_t
sendmsg(int fd, const struct msghdr *message, int flags)
{
	ssize_t done;

	REAL(sendmsg);
	done = real(fd, message, flags);
	record_sent(fd, message->msg_iov, (int)message->msg_iovlen, done);
	return done;
}

ssize_t
pwrite(int fd, const void *data, size_t bytes, off_t offset)
{
	REAL(pwrite);
	record_write(fd, data, bytes, offset);
	return real(fd, data, bytes, offset);
}

ssize_t
pwrite64(int fd, const void *data, size_t bytes, off64_t offset)
{
	return pwrite(fd, data, bytes, offset);
}

int
ftruncate(int fd, off_t size)
{
	char path[PATH_MAX];

	REAL(ftruncate);
	if (path_of(fd, path) != NULL)
		record('t', 0, path, size, "", 0);
	return real(fd, size);
}

int
ftruncate64(int fd, off64_t size)
{
	return ftruncate(fd, size);
}

static int
synced(int fd, int (*real)(int))
{
	char path[PATH_MAX];
	int known = path_of(fd, path) != NULL, result;

	if (known)
		record('b', gettid(), path, 0, "", 0);
	result = real(fd);
	if (known && result == 0)
		record('e', gettid(), path, 0, "", 0);
	return result;
}

int
fsync(int fd)
{
	REAL(fsync);
	return synced(fd, real);
}

int
fdatasync(int fd)
{
	REAL(fdatasync);
	return synced(fd, real);
}

int
unlink(const char *path)
{
	REAL(unlink);
	if (in_var(path))
		record('u', 0, path, 0, "", 0);
	return real(path);
}

int
rename(const char *from, const char *to)
{
	REAL(rename);
	if (in_var(from))
		record('r', 0, from, 0, to, strlen(to));
	return real(from, to);
}

static void
record_created(const char *path, int flags)
{
	struct stat st;

	if ((flags & O_CREAT) && in_var(path) && stat(path, &st) < 0)
		record('c', 0, path, 0, "", 0);
}

int
open(const char *path, int flags, ...)
{
	va_list more;
	mode_t mode;

	REAL(open);
	va_start(more, flags);
	mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
	va_end(more);
	record_created(path, flags);
	return real(path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
	va_list more;
	mode_t mode;

	va_start(more, flags);
	mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;
	va_end(more);
	return open(path, flags, mode);
}
