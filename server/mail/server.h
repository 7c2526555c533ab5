/* The mail server that the configuration names. */
#ifndef MAIL_SERVER_H
#define MAIL_SERVER_H

#include "base/config.h"
#include "base/smtp.h"

/* A connection to it, opened with the first letter; smtp_close() it.  Without
 * its password it could never sign in: that ends the process. */
struct smtp *server_open(const struct config *);

#endif
