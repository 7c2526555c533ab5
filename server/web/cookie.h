/* Cookies: `__Host-` and Secure behind HTTPS, plain names on loopback. */
#ifndef WEB_COOKIE_H
#define WEB_COOKIE_H

#include "web/web.h"

#define COOKIE_VISIT "visit"	/* sealed: struct visit */
#define COOKIE_SITTING "sitting"	/* token of account_enter() */

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
	int64_t outlet;		/* whose flyer she came by, until she books */
	bool asking;		/* just booked: the two questions are open */
};
struct visit visit_get(struct web *, const struct request *);
char *visit_line(struct web *, struct arena *, struct visit);
char *visit_gone(struct web *, struct arena *);

/*
 * Guards of POSTs, in a field "guard".  Sec-Fetch-Site or Origin must not
 * say that the form came from elsewhere, and the guard must be a stamp of
 * the last 12 hours.  Pages of open routes carry the same stamp for
 * everybody in a minute, so that they can be cached whole; those of a visit
 * or a sitting bind it to the booking or the sign-in.  An open route takes
 * both kinds, the others only their own, unless the request brings neither
 * visit nor sitting: then there is nothing to protect.
 */
char *guard_make(struct web *, struct request *);
bool guard_ok(struct web *, struct request *, const char *guard);

#endif
