/*
 * What conf.c does to a text before libconfuse sees it.
 */
#ifndef BASE_CONF_TIDY_H
#define BASE_CONF_TIDY_H

#include "base/conf.h"

/* The text without comments and environment, with as many lines; NULL, and
 * `error` filled, when libconfuse would misread it. */
char *conf_tidy(struct arena *, const char *text, struct conf_error *error);

#endif
