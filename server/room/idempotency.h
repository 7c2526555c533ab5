/* Requests that may be repeated: same key and body, same answer. */
#ifndef ROOM_IDEMPOTENCY_H
#define ROOM_IDEMPOTENCY_H

#include "room/desk.h"

#define IDEMPOTENCY_KEY_MAX 255	/* bytes, printable ASCII */

enum repeated { REPEAT_NEW, REPEAT_SAME, REPEAT_OTHER, REPEAT_FAULT };

/* Has this key been used within 24 hours?  SAME fills status and answer,
 * OTHER: it came with another request. */
enum repeated idempotency_find(struct desk *, const char *key,
    struct bytes request, int *status, const char **answer);
/* `booking` (0: none) is whose answer it is: it is forgotten with her, and
 * the key is OTHER's from then on. */
int idempotency_keep(struct desk *, const char *key, struct bytes request,
    int64_t booking, int status, const char *answer);
int idempotency_purge(struct desk *);

#endif
