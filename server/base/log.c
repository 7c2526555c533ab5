/*
 * The log: each event is written with one call, so that lines of several
 * threads never mix.  journald or the terminal adds the time.
 */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LINE_MAX_BYTES 1024

static void log_line(const char *level, const char *what, const char *fmt,
    va_list args);

void
log_event(const char *what, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_line("", what, fmt, args);
	va_end(args);
}

void
log_fault(const char *what, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_line("fault ", what, fmt, args);
	va_end(args);
}

void
log_die(const char *what, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	log_line("fatal ", what, fmt, args);
	va_end(args);
	exit(EXIT_FAILURE);
}

/* A line that is too long is cut; control bytes in a reason (a library's
 * message) become spaces, so that one event stays one line. */
static void
log_line(const char *level, const char *what, const char *fmt, va_list args)
{
	char line[LINE_MAX_BYTES];
	size_t room = sizeof(line) - 1, len;
	int n;

	n = snprintf(line, room, "%s%s ", level, what);
	len = n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
	n = vsnprintf(line + len, room - len, fmt, args);
	if (n > 0)
		len += (size_t)n < room - len ? (size_t)n : room - len - 1;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = ' ';
	line[len++] = '\n';
	if (write(STDERR_FILENO, line, len) < 0)
		return; /* nobody is left to tell */
}
