/*
 * The scan of a header block before the parser sees it (RFC 9112): what two
 * readers could understand differently is refused, so that nothing can be
 * smuggled past a proxy in front of us.
 */
#ifndef HTTP_SCAN_H
#define HTTP_SCAN_H

#include "base/mem.h"

#define SCAN_FIELDS_MAX 64

/*
 * Looks for the end of the header block in what has come so far, from
 * *seen on, which is moved along.  Length of the block with its empty
 * line, 0 when more must come, -1 for a bare CR, a bare LF or a NUL.
 */
long scan_end(const char *data, size_t len_bytes, size_t *seen);

/* Judges a whole block: 0, or the status that refuses it (400, 411, 413,
 * 431, 501, 505). */
int scan_head(const char *head, size_t len_bytes);

/* Cuts a request target into a path, unescaped, and a raw query.  0, or 400
 * when the path is not UTF-8 or holds control characters. */
int scan_target(struct arena *, const char *target, size_t len_bytes,
    const char **path, const char **query);

#endif
