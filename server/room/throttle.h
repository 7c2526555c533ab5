/* Tries per key and hour, or another span: a typo does not trip it, guessing
 * does. */
#ifndef ROOM_THROTTLE_H
#define ROOM_THROTTLE_H

#include "room/desk.h"

/* The key is "what:whom", stored as a keyed digest.  Counts one try (writer)
 * and says whether it is still within `most` per hour: 1 yes, 0 no, -1. */
int throttle_try(struct desk *, const char *key, int most);
/* The same in the last span_s, a day at most. */
int throttle_try_in(struct desk *, const char *key, int most, int64_t span_s);
/* Counts `tries` at once, such as minutes, if all are within `most` an hour:
 * as above. */
int throttle_spend(struct desk *, const char *key, int tries, int most);
/* Takes back so many that were counted at `at`; fewer are fine. */
int throttle_back(struct desk *, const char *key, int64_t at, int tries);
/* Forgets the tries after a success. */
int throttle_clear(struct desk *, const char *key);
int throttle_purge(struct desk *);

#endif
