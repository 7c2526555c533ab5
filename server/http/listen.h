/*
 * Listening sockets.  When the process runs out of descriptors they pause
 * for 200 ms instead of spinning on accept().
 */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include <stdbool.h>
#include <sys/socket.h>

struct event_base;
struct listeners;

/* A connection has come: `fd` is the callee's. */
typedef void listen_enter(int fd, const struct sockaddr *, void *arg);

struct listeners *listeners_open(struct event_base *, listen_enter *,
    void *arg);
/* 0 or -1 (logged). */
int listeners_add(struct listeners *, const char *address, int port);
/* A socket that listens already, on an address of ours or on a path. */
int listeners_adopt(struct listeners *, int fd);
int listeners_add_unix(struct listeners *, const char *path);
/* Stops accepting and removes the paths; NULL is fine. */
void listeners_close(struct listeners *);

#endif
