/*
 * QR codes: the sole owner of libqrencode.
 */
#ifndef BASE_QR_H
#define BASE_QR_H

#include "base/mem.h"

/* A code with its quiet zone of four modules (ISO/IEC 18004 6.3.8): the side
 * in modules, and the dark ones as the path of an SVG of that size. */
struct qr {
	int side;
	const char *path;
};

/* Level Q: a quarter of it may be creased or stained.  0, or -1 for a text
 * that is too long (about 1,600 bytes). */
int qr_make(struct arena *, const char *text, struct qr *);

#endif
