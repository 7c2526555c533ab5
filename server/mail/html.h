/*
 * A letter as simple HTML: the very words of its text, so that both parts say
 * the same in every language and for every kind.  Paragraphs, links, a line
 * above the foot; nothing is loaded from anywhere, colours are the reader's.
 */
#ifndef MAIL_HTML_H
#define MAIL_HTML_H

#include "base/mem.h"
#include "catalogue.h" /* generated: enum lang */

/* A blank line ends a paragraph, a line that is an address becomes a link,
 * "--" begins the foot.  LF lines. */
char *html_letter(struct arena *, enum lang, const char *title,
    const char *text);

#endif
