/*
 * Where a template's tag stands in its HTML: whether markup may be written
 * there, or not, as in attributes and in elements that hold text alone.
 */
#ifndef GEN_MARKUP_H
#define GEN_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

/* A place in HTML; zeroed at the beginning of a template, in text. */
struct markup {
	enum { MARKUP_TEXT, MARKUP_NAME, MARKUP_TAG } at;
	char quote;	  /* of the attribute's value it is in, or 0 */
	char name[16];	  /* of the tag, cut */
	size_t name_len;
	bool plain;	  /* inside of an element that holds text alone */
};

/* Passes the next piece of HTML. */
void markup_pass(struct markup *, const char *html, size_t len);
/* True where no markup may stand. */
bool markup_bare(const struct markup *);

#endif
