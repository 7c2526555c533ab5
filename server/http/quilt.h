/*
 * Gzip bodies sewn from patches.  What changes on a page of free times is
 * one day of many: each patch between two seams is deflated once and
 * remembered, and the next body that has it takes its bytes as they are.
 *
 * A patch ends on a full byte (RFC 1951 3.2.3, an empty stored block), so
 * that patches behind each other are one stream, and all of them with head
 * and trailer one member (RFC 1952).  Apart from the others it finds nothing
 * to refer to; one that leans on the patch before it refers to that one's
 * text, and is remembered as standing behind it.
 */
#ifndef HTTP_QUILT_H
#define HTTP_QUILT_H

#include "http/http.h"

struct quilt;

/* At most 2,048 patches of at most 16 KiB; longer ones are not remembered. */
struct quilt *quilt_open(void);
void quilt_close(struct quilt *);	/* NULL is fine */

/* The gzip form of a body, cut at its seams, which rise; it is the quilt's
 * until the next call. */
struct bytes quilt_sew(struct quilt *, struct bytes body,
    const struct seams *);

#endif
