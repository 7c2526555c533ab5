/* What somebody may need so that she can come and talk: told if she likes,
 * sealed with her contact. */
#ifndef ROOM_ACCESS_H
#define ROOM_ACCESS_H

#include "base/mem.h"

enum access {
	ACCESS_SIGN,		/* sign language */
	ACCESS_INTERPRETER,	/* of another language */
	ACCESS_WHEELCHAIR,
	ACCESS_CHILD,		/* a child comes along */
	ACCESS_KINDS
};
#define ACCESS_BIT(kind) (1U << (kind))

/* "sign", "interpreter", "wheelchair", "child"; ACCESS_KINDS for others. */
const char *access_name(enum access);
enum access access_by_name(const char *);

/* Several as one text, "sign,child", and back; unknown ones are left out. */
char *access_print(struct arena *, unsigned bits);
unsigned access_read(struct arena *, const char *);

#endif
