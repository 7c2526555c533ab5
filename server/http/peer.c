/*
 * Peers: addresses and the table that counts connections by network.  The
 * table hashes under a random key, so that nobody can choose addresses that
 * fall into one bucket.
 */
#include "http/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/seal.h"

#define BUCKETS 4096

static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

struct guest {
	struct address network;
	int count;
	struct guest *next;
};

struct crowd {
	uint64_t key;
	struct guest *bucket[BUCKETS];
};

static struct address address_network(const struct address *);
static struct guest **guest_find(struct crowd *, const struct address *);
static bool is_v4(const struct address *);

struct address
address_of(const struct sockaddr *from)
{
	struct address a = { 0 };

	if (from->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, from, sizeof(in));
		memcpy(a.octet, mapped, sizeof(mapped));
		memcpy(a.octet + 12, &in.sin_addr, 4);
	} else if (from->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;
		memcpy(&in6, from, sizeof(in6));
		memcpy(a.octet, &in6.sin6_addr, 16);
	}
	return a;
}

bool
address_read(const char *text, size_t len, struct address *a)
{
	char s[INET6_ADDRSTRLEN];

	if (len >= sizeof(s))
		return false;
	memcpy(s, text, len);
	s[len] = '\0';
	if (inet_pton(AF_INET6, s, a->octet) == 1)
		return true;
	memcpy(a->octet, mapped, sizeof(mapped));
	return inet_pton(AF_INET, s, a->octet + 12) == 1;
}

bool
address_same(const struct address *a, const struct address *b)
{
	return memcmp(a->octet, b->octet, sizeof(a->octet)) == 0;
}

bool
address_loopback(const struct address *a)
{
	static const struct address six = { { [15] = 1 } };

	return is_v4(a) ? a->octet[12] == 127 : address_same(a, &six);
}

/* Itself, or the first 64 bits of an IPv6 address. */
static struct address
address_network(const struct address *a)
{
	struct address network = *a;

	if (!is_v4(a))
		memset(network.octet + 8, 0, 8);
	return network;
}

char *
address_print(struct arena *arena, const struct address *a)
{
	char s[INET6_ADDRSTRLEN];
	struct address network = address_network(a);

	if (is_v4(a)) {
		inet_ntop(AF_INET, a->octet + 12, s, sizeof(s));
		return arena_dup(arena, s);
	}
	inet_ntop(AF_INET6, network.octet, s, sizeof(s));
	return arena_print(arena, "%s/64", s);
}

struct address
address_forwarded(const char *header, const struct address *proxy)
{
	const char *end = header + strlen(header);
	struct address a = *proxy;

	while (address_same(&a, proxy) && end > header) {
		const char *from = end;
		while (from > header && from[-1] != ',')
			from--;
		const char *next = from > header ? from - 1 : header;
		while (from < end && (*from == ' ' || *from == '\t'))
			from++;
		while (end > from && (end[-1] == ' ' || end[-1] == '\t'))
			end--;
		if (!address_read(from, (size_t)(end - from), &a))
			return *proxy;
		end = next;
	}
	return a;
}

struct crowd *
crowd_new(void)
{
	struct crowd *crowd = mem_get(sizeof(*crowd));

	seal_random(&crowd->key, sizeof(crowd->key));
	return crowd;
}

void
crowd_free(struct crowd *crowd)
{
	if (crowd == NULL)
		return;
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct guest *g = crowd->bucket[i], *next; g; g = next) {
			next = g->next;
			free(g);
		}
	free(crowd);
}

bool
crowd_enter(struct crowd *crowd, const struct address *a, int most)
{
	struct address network = address_network(a);
	struct guest **at = guest_find(crowd, &network);

	if (*at == NULL) {
		*at = mem_get(sizeof(**at));
		(*at)->network = network;
	}
	if ((*at)->count >= most)
		return false;
	(*at)->count++;
	return true;
}

void
crowd_leave(struct crowd *crowd, const struct address *a)
{
	struct address network = address_network(a);
	struct guest **at = guest_find(crowd, &network), *guest = *at;

	if (guest == NULL || --guest->count > 0)
		return;
	*at = guest->next;
	free(guest);
}

/* The link that points to the network's guest, or the end of its chain. */
static struct guest **
guest_find(struct crowd *crowd, const struct address *network)
{
	uint64_t part[2], h = crowd->key;

	memcpy(part, network->octet, sizeof(part));
	for (size_t i = 0; i < 2; i++) {
		h = (h ^ part[i]) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 29;
	}
	struct guest **at = &crowd->bucket[h % BUCKETS];
	while (*at != NULL && !address_same(&(*at)->network, network))
		at = &(*at)->next;
	return at;
}

static bool
is_v4(const struct address *a)
{
	return memcmp(a->octet, mapped, sizeof(mapped)) == 0;
}
