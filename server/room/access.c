/* Names of what somebody may need. */
#include "room/access.h"

#include <string.h>

static const char *const names[ACCESS_KINDS] = {
	[ACCESS_SIGN] = "sign",
	[ACCESS_INTERPRETER] = "interpreter",
	[ACCESS_WHEELCHAIR] = "wheelchair",
	[ACCESS_CHILD] = "child",
};

const char *
access_name(enum access kind)
{
	return names[kind];
}

enum access
access_by_name(const char *name)
{
	enum access kind = 0;

	while (kind < ACCESS_KINDS && strcmp(names[kind], name) != 0)
		kind++;
	return kind;
}

char *
access_print(struct arena *arena, unsigned bits)
{
	char *text = arena_dup(arena, "");

	for (enum access kind = 0; kind < ACCESS_KINDS; kind++)
		if ((bits & ACCESS_BIT(kind)) != 0)
			text = arena_print(arena, "%s%s%s", text,
			    *text == '\0' ? "" : ",", names[kind]);
	return text;
}

unsigned
access_read(struct arena *arena, const char *text)
{
	char *rest = arena_dup(arena, text);
	unsigned bits = 0;

	for (char *name; (name = strsep(&rest, ",")) != NULL;) {
		enum access kind = access_by_name(name);

		if (kind < ACCESS_KINDS)
			bits |= ACCESS_BIT(kind);
	}
	return bits;
}
