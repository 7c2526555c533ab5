/* People who sign in: staff, managers, advisors. */
#ifndef ROOM_ACCOUNT_H
#define ROOM_ACCOUNT_H

#include <stdbool.h>

#include "room/sitting.h"

struct account {
	int64_t id;
	const char *name, *role;
	int64_t advisor;
	const char *password;	/* hash */
	int one_time, disabled;
	/* Of the browser whose token found it, else 0. */
	int64_t sitting, seen_at;
};

bool role_known(const char *);

/* 0, 1 the name is taken or malformed, -1. */
int account_add(struct desk *, const char *name, const char *role,
    int64_t advisor, const char *password_hash, bool one_time);
int account_by_name(struct desk *, const char *name, struct account *);
int account_count(struct desk *, int64_t *count);

/* "k7fm-p2xw-9cte": 60 bits, no two characters that look alike. */
char *account_one_time_password(struct arena *);

/* [a-z0-9._-]{2,32} */
bool account_name_ok(const char *);
/* A name as it was typed: without spaces, in lower case, half width. */
char *account_name(struct arena *, const char *typed);

/* Counts one try to sign in (writer) and says whether it may go on: 1 yes,
 * 0 too many in this hour by this peer, for this name or any; -1. */
int account_knock(struct desk *, const char *name, const char *peer);
/* After the right password: forgets the tries for this name, ends the
 * browser's last sitting (old_token, may be NULL), begins a new one.  1 and
 * *token, 0 when the account has changed since it was read, -1. */
int account_enter(struct desk *, const struct account *, const char *peer,
    struct device, const char *old_token, char **token);
/* The same with a new password: all its sittings end, a new one begins. */
int account_change(struct desk *, const struct account *, const char *peer,
    struct device, const char *password_hash, char **token);

/* 1, 0 unknown or over, -1. */
int account_by_token(struct desk *, const char *token, struct account *);
int account_leave(struct desk *, const char *token);

#endif
