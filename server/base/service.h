/*
 * What a service manager hands to a daemon and wants to hear from it: sockets
 * that are open already (sd_listen_fds(3)), readiness and signs of life
 * (sd_notify(3)).  Two environment variables and a datagram: no library.
 */
#ifndef BASE_SERVICE_H
#define BASE_SERVICE_H

/* How many listening sockets were handed over; they are numbered from
 * *first, close at exec, and are the caller's.  0 without a manager. */
int service_sockets(int *first);

/* "READY=1", "STOPPING=1", "WATCHDOG=1"; without a manager nothing
 * happens. */
void service_tell(const char *state);

/* Seconds between signs of life, half of what the manager waits; 0: it does
 * not wait for any. */
int service_watchdog_s(void);

#endif
