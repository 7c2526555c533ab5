/*
 * What has changed, and when, for whoever remembers what it read: a count of
 * the groups that were committed, and for each of many keys the last group
 * that touched it.
 *
 * The writer touches keys inside its transaction and raises the generation
 * after its COMMIT.  A reader takes the generation first and begins its
 * snapshot then: what it reads is at least as new as that number, and stands
 * until one of its keys is touched.  A touch that was undone, or of another
 * key that falls on the same mark, costs a look and never hides a change.
 */
#ifndef STORE_MARKS_H
#define STORE_MARKS_H

#include <stdbool.h>
#include <stdint.h>

struct marks;

struct marks *marks_open(void);
void marks_close(struct marks *);	/* NULL is fine */

/* Writer's thread only. */
void marks_touch(struct marks *, uint64_t key);
void marks_raise(struct marks *);

/* Any thread. */
uint64_t marks_generation(const struct marks *);
/* Was the key touched by a later group than `generation`? */
bool marks_touched(const struct marks *, uint64_t key, uint64_t generation);

#endif
