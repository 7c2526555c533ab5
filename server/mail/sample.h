/* Every kind of letter with invented facts, for staff to read. */
#ifndef MAIL_SAMPLE_H
#define MAIL_SAMPLE_H

#include "mail/letter.h"

struct sample {
	enum text kind;		/* as staff call it */
	const char *subject, *text;
};

/* In one language, in the order of a visit; how many.  Its links lead
 * nowhere, its number is nobody's. */
int sample_list(struct arena *, const struct config *, int64_t now, enum lang,
    struct sample **);

#endif
