/* The page of accounts: who may sign in, and how she gets in again. */
#ifndef OFFICE_ACCOUNTS_H
#define OFFICE_ACCOUNTS_H

#include "room/advisor.h"
#include "room/roster.h"
#include "web/page.h"

struct accounts_page {
	const struct listed *list;
	int count;
	int64_t own; /* id of whoever looks */
	const struct advisor *advisors;
	int advisor_count;
	/* The form, as typed, and what was wrong with it or with a button. */
	const char *name, *role, *advisor;
	enum text name_wrong, role_wrong, advisor_wrong, refused;
	/* Told this once; NULL: nothing. */
	const char *given_name, *given_password;
};

/* "Manager" */
enum text account_role_text(const char *role);

#endif
