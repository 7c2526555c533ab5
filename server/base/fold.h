/*
 * Content lines of a calendar (RFC 5545 3.1).
 */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/mem.h"

/* The same lines, which end in CR LF, folded at 75 octets and never inside a
 * character.  Folds that are there already are undone first: libical 3.0.16
 * folds between the CR and the LF of a line whose last part has 73 octets. */
char *fold_lines(struct arena *, const char *text);

#endif
