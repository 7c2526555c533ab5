/*
 * Who is at the other end: addresses, what a trusted proxy says about them,
 * and how many connections each has.  IPv4 counts as it is, IPv6 by its
 * /64, which is what one household or one attacker gets.
 */
#ifndef HTTP_PEER_H
#define HTTP_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/mem.h"

/* IPv6, or IPv4 mapped into it. */
struct address {
	uint8_t octet[16];
};

/* All zero for other families. */
struct address address_of(const struct sockaddr *);
/* "192.0.2.1", "2001:db8::1"; false for anything else. */
bool address_read(const char *text, size_t len_bytes, struct address *);
bool address_same(const struct address *, const struct address *);
bool address_loopback(const struct address *);
/* "192.0.2.1", "2001:db8:1:2::/64" */
char *address_print(struct arena *, const struct address *);

/* The right-most address of X-Forwarded-For that is not the proxy's own;
 * what it cannot read is the proxy's fault and counts as the proxy. */
struct address address_forwarded(const char *header,
    const struct address *proxy);

/* How many connections each network has. */
struct crowd;
struct crowd *crowd_new(void);
void crowd_free(struct crowd *);
/* False, and not counted, when it has `most` already. */
bool crowd_enter(struct crowd *, const struct address *, int most);
void crowd_leave(struct crowd *, const struct address *);

#endif
