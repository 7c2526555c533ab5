/* A message on the wire: headers that hold any text, parts in base64. */
#ifndef MAIL_MIME_H
#define MAIL_MIME_H

#include "base/mem.h"

/* "Name: value", the value as B words of RFC 2047 where it is not ASCII,
 * none over 75 octets and none split inside a character. */
void mime_header(struct buf *, struct arena *, const char *name,
    const char *value);
/* An address with a display name: "From: =?UTF-8?B?...?= <a@b>".  Local
 * parts that RFC 5321 wants quoted are. */
void mime_mailbox(struct buf *, struct arena *, const char *name,
    const char *display, const char *address);
/* An address as it stands in SMTP: <a@b>, <"a..b"@c>; quoted likewise. */
char *mime_path(struct arena *, const char *address);
/* "Date: Wed, 01 Jul 2026 14:00:00 +0900" in the room's zone. */
void mime_date(struct buf *, int64_t at);
/* A part's headers and its base64 body in lines of 76. */
void mime_part(struct buf *, struct arena *, const char *type,
    const char *disposition, const char *body);

#endif
