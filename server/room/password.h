/* What a password must be like (NIST SP 800-63B 5.1.1: long, not odd). */
#ifndef ROOM_PASSWORD_H
#define ROOM_PASSWORD_H

#define PASSWORD_MIN_CHARS 10
#define PASSWORD_MAX_CHARS 200

enum password {
	PASSWORD_FINE,
	PASSWORD_SHORT,
	PASSWORD_LONG,
	PASSWORD_CONTROL,	/* holds what cannot be typed twice */
	PASSWORD_SIMPLE,	/* fewer than five different characters */
	PASSWORD_NAME		/* holds the account's name */
};

/* `password` is valid UTF-8; `name` the account's. */
enum password password_check(const char *name, const char *password);

#endif
