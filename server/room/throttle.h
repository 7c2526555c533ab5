/* Tries per key and hour: a typo does not trip it, guessing does. */
#ifndef ROOM_THROTTLE_H
#define ROOM_THROTTLE_H

#include "room/desk.h"

/* The key is "what:whom", stored as a keyed digest.  Counts one try (writer)
 * and says whether it is still within `most` per hour: 1 yes, 0 no, -1. */
int throttle_try(struct desk *, const char *key, int most);
/* Takes back the try that was counted at `at`; none is fine. */
int throttle_back(struct desk *, const char *key, int64_t at);
/* Forgets the tries after a success. */
int throttle_clear(struct desk *, const char *key);
int throttle_purge(struct desk *);

#endif
