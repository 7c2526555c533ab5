/*
 * The log: one line per event on standard error, `event key=value ...`.
 * Values are ids, counts and reasons; never a name, an address, a note or
 * a link.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

/* `what` is "module.event"; the rest are key=value pairs. */
void log_event(const char *what, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for faults: what went wrong, where it happened. */
void log_fault(const char *what, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Logs and ends the process with status 1: wrong start, lost memory. */
void log_die(const char *what, const char *fmt, ...)
    __attribute__((noreturn, format(printf, 2, 3)));

#endif
