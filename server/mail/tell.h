/* What letters to advisors say: when, by which channel, the last four digits
 * of the number, and where her day is, behind the sign-in. */
#ifndef MAIL_TELL_H
#define MAIL_TELL_H

#include "mail/letter.h"

/* Fills the page of a row for which notice_is(); 0 or -1. */
int tell_page(struct desk *, const struct config *, const struct outbox *,
    enum lang, struct letter_page *);

#endif
