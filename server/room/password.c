/*
 * The rule for passwords.  Length is what counts; beyond it only what
 * anybody would try first is refused.
 */
#include "room/password.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

#define DIFFERENT_MIN 5

static size_t different_bytes(const char *);

enum password
password_check(const char *name, const char *password)
{
	size_t chars = text_length(password);

	if (text_has_control(password, false))
		return PASSWORD_CONTROL;
	if (chars < PASSWORD_MIN_CHARS)
		return PASSWORD_SHORT;
	if (chars > PASSWORD_MAX_CHARS)
		return PASSWORD_LONG;
	if (different_bytes(password) < DIFFERENT_MIN)
		return PASSWORD_SIMPLE;
	if (strcasestr(password, name) != NULL)
		return PASSWORD_NAME;
	return PASSWORD_FINE;
}

/* Bytes for characters: close enough to tell "aaaaaaaaaa" from a word. */
static size_t
different_bytes(const char *s)
{
	bool seen[256] = { 0 };
	size_t count = 0;

	for (const unsigned char *p = (const unsigned char *)s; *p; p++) {
		count += !seen[*p];
		seen[*p] = true;
	}
	return count;
}
