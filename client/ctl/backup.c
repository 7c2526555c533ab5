/* hokenctl backup: a sealed copy of the database, and where to put it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl.h"

#define BACKUP_DEADLINE_S 3600

static int copy_file(const char *from, const char *to);
static int copy_bytes(int in, int out);
static int told(const char *path);

int
backup_run(struct ctl *ctl)
{
	json_t *answer;
	int status;

	ctl->deadline_s = BACKUP_DEADLINE_S;
	status = call_json(ctl, "POST", "/backups", NULL, &answer);
	if (status != DONE)
		return status;
	if (ctl->operands[0] != NULL) {
		status = copy_file(member(answer, "path"), ctl->operands[0]);
		json_object_set_new(answer, "path",
		    json_string(ctl->operands[0]));
	}
	if (ctl->json && status == DONE)
		return show_json(answer);
	if (status == DONE)
		printf("%s\n", member(answer, "path"));
	json_decref(answer);
	return status;
}

/* Never over a file that is there; on the disk before it counts. */
static int
copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	int status;

	if (in < 0)
		return told(from);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0) {
		status = told(to);
		close(in);
		return status;
	}
	status = copy_bytes(in, out) < 0 || fsync(out) < 0 ? told(to) : DONE;
	if (status != DONE)
		unlink(to);
	close(in);
	close(out);
	return status;
}

static int
copy_bytes(int in, int out)
{
	char bytes[65536];
	ssize_t len;

	while ((len = read(in, bytes, sizeof(bytes))) > 0)
		for (ssize_t done = 0, put; done < len; done += put)
			if ((put = write(out, bytes + done,
				 (size_t)(len - done))) < 0)
				return -1;
	return len < 0 ? -1 : 0;
}

static int
told(const char *path)
{
	fprintf(stderr, "hokenctl: %s: %s\n", path, strerror(errno));
	return REFUSED;
}
