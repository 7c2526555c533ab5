/* Cookies: `__Host-` and Secure behind HTTPS, plain names on loopback. */
#ifndef WEB_COOKIE_H
#define WEB_COOKIE_H

#include "web/web.h"

/* Value of a cookie of ours, or NULL. */
const char *cookie_get(struct web *, const struct request *,
    const char *name);
/* A Set-Cookie line ending CR LF for struct reply.headers; HttpOnly,
 * SameSite=Lax, Path=/.  max_age_s 0: until the browser closes; -1: gone. */
char *cookie_line(struct web *, struct arena *, const char *name,
    const char *value, int max_age_s);

/*
 * What her browser remembers of her visit: one sealed cookie "visit".
 * `level` says how she came: by her hold or with the words (everything),
 * or by a link (time only).
 */
enum visit_level { VISIT_NONE, VISIT_LINK, VISIT_FULL };
struct visit {
	int64_t booking;
	int64_t generation;
	enum visit_level level;
};
struct visit visit_get(struct web *, const struct request *);
char *visit_line(struct web *, struct arena *, struct visit);
char *visit_gone(struct web *, struct arena *);

/*
 * Guards of POSTs.  Anonymous forms: Origin or Sec-Fetch-Site must be ours
 * and the form must carry a stamp of the last 12 hours, the same for
 * everybody in a minute.  Forms of a visit or a sitting: a token bound to
 * its cookie.  Both come as field "guard".
 */
char *guard_make(struct web *, struct request *);
bool guard_ok(struct web *, struct request *, const char *guard);

#endif
