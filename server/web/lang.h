/* In which language somebody is answered. */
#ifndef WEB_LANG_H
#define WEB_LANG_H

#include "catalogue.h"	/* generated: enum lang */
#include "web/web.h"

#define COOKIE_LANG "lang"

/* The query `lang`, the cookie of that name, Accept-Language, Japanese: the
 * first that names a language of ours.  *chosen (may be NULL) says whether
 * it was the query. */
enum lang lang_choose(struct web *, struct request *, bool *chosen);

/* A form that was sent to an address which names a language: she wants its
 * page in that language, with what she has typed, and nothing done. */
bool lang_turned(struct request *);

/* The language of ours with the highest weight in an Accept-Language
 * header (RFC 9110 12.5.4), the first of equals; LANGS when it has none. */
enum lang lang_accepted(const char *header);

#endif
