/*
 * Linked into every test: what hangs ends by SIGALRM, so that it is a failure
 * and not the end of the patience of whoever waits for the suite.  A test with
 * a desk begins its own minute; the others share the program's.
 */
#include <unistd.h>

#define PATIENCE_S 120

__attribute__((constructor)) static void
patience(void)
{
	alarm(PATIENCE_S);
}
