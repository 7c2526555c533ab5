/*
 * Small files that only their owner may read, such as the key file.
 */
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

static int write_synced(const char *path, const char *text);
static int sync_directory(const char *path);
static int fault(const char *path);

int
secret_write(const char *path, const char *text)
{
	char *new = NULL;
	int result = -1;

	if (asprintf(&new, "%s.new", path) < 0)
		log_die("secret.file", "reason=memory");
	unlink(new); /* of a start that the power ended */
	if (access(path, F_OK) == 0)
		errno = EEXIST;
	else if (write_synced(new, text) == 0 && rename(new, path) == 0 &&
	    sync_directory(path) == 0)
		result = 0;
	if (result < 0) {
		fault(path);
		unlink(new);
	}
	free(new);
	return result;
}

int
secret_read(const char *path, char *text, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), result = -1;
	struct stat st;
	ssize_t len = 0;

	if (fd < 0)
		return fault(path);
	if (fstat(fd, &st) < 0)
		fault(path);
	else if (!S_ISREG(st.st_mode) || (st.st_mode & 077))
		log_fault("secret.file",
		    "file=%s reason=\"others may touch it: chmod 600\"", path);
	else if ((len = read(fd, text, room - 1)) < 0)
		fault(path);
	else
		result = 0;
	close(fd);
	text[len > 0 ? len : 0] = '\0';
	return result;
}

static int
write_synced(const char *path, const char *text)
{
	size_t len = strlen(text);
	int fd = open(path,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	int result = -1;

	if (fd < 0)
		return -1;
	if (write(fd, text, len) == (ssize_t)len && fsync(fd) == 0)
		result = 0;
	close(fd);
	return result;
}

static int
sync_directory(const char *path)
{
	char *copy = mem_dup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd < 0 ? -1 : fsync(fd);

	if (fd >= 0)
		close(fd);
	free(copy);
	return result;
}

static int
fault(const char *path)
{
	log_fault("secret.file", "file=%s reason=\"%s\"", path,
	    strerrordesc_np(errno));
	return -1;
}
