/* What a browser says of itself, reduced to a class of devices. */
#ifndef WEB_DEVICE_H
#define WEB_DEVICE_H

#include "room/sitting.h"

/* Of a User-Agent header, NULL if none: words of our own tables alone, so
 * that nothing a stranger sends is kept. */
struct device device_of(const char *user_agent);

#endif
