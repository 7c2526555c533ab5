/*
 * Jumps: the machine's clock was set, by NTP or by hand, so that what was due
 * in an hour may be due now.  The kernel tells at once (timerfd_create(2),
 * TFD_TIMER_CANCEL_ON_SET).
 */
#ifndef JUMPS_H
#define JUMPS_H

struct event_base;
struct jumps;

/* Calls told(arg) on the loop after each.  A kernel that does not tell is
 * logged; nothing is told then. */
struct jumps *jumps_open(struct event_base *, void (*told)(void *), void *arg);
void jumps_close(struct jumps *); /* NULL is fine */

#endif
