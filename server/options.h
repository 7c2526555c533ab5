/*
 * The command line of hokend, and the configuration that it wins over.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/config.h"

struct options {
	bool check_only, setup_only;
	const char *restore; /* a backup, or NULL */
	const char *recovery_key; /* a file; NULL: standard input */
};

/* Sets config and clock by what is given.  Ends the process when it was asked
 * for help (0), or cannot be (2, having said why).  Strings are the arena's or
 * argv's. */
struct options options_read(struct arena *, int argc, char **argv,
    struct config *, struct clock *);

#endif
