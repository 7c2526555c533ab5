/*
 * The staff door: who is signed in, and which page she is shown instead
 * when she is not.
 */
#ifndef WEB_SIGN_IN_H
#define WEB_SIGN_IN_H

#include "room/right.h"
#include "web/page.h"

/* 1 and *account, 0 nobody is signed in, -1.  Sets request->account, so
 * that the audit knows who acts. */
int sign_in_account(struct web *, struct request *, struct account *);

/* Opens every staff page: true when somebody is signed in who has this
 * right.  Otherwise the request has been answered: 303 to /sign-in (which
 * remembers the page she asked for), 303 to /password while hers is for one time, 403. */
bool sign_in_required(struct web *, struct request *, enum right,
    struct account *);

/* The menu of a page of the office, open at `tab`, for whoever is signed in;
 * and what everybody who may do something about it should know of letters. */
void sign_in_menu(struct page *, const struct account *, const char *tab);

struct sign_in_page {
	const char *name; /* as typed */
	enum text wrong; /* TEXT_NONE at first */
	const char *to; /* where she goes then */
};

#endif
