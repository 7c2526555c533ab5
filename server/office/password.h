/* The page on which somebody of the office chooses her password. */
#ifndef OFFICE_PASSWORD_H
#define OFFICE_PASSWORD_H

#include "room/password.h"
#include "web/page.h"

struct password_page {
	bool one_time;		/* she came with a password for one time */
	const char *name;	/* of the account, for her password keeper */
	enum text old_wrong, new_wrong, again_wrong;
	int chars;		/* of what she chose, told when too short */
};

#endif
