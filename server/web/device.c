/*
 * Browsers name one another in their User-Agent (RFC 9110 10.1.5): Edge says
 * Chrome and Safari too, Android says Linux.  The first match counts, so the
 * tables run from the particular to the general.
 */
#include "web/device.h"

#include <string.h>

struct kind {
	const char *sign, *name;
};

static const struct kind systems[] = {
	{ "iPhone", "iPhone" },
	{ "iPad", "iPad" },
	{ "Android", "Android" },
	{ "Windows", "Windows" },
	{ "CrOS", "ChromeOS" },
	{ "Macintosh", "Mac" },
	{ "Linux", "Linux" },
	{ NULL, "" },
};

static const struct kind browsers[] = {
	{ "Edg", "Edge" },
	{ "OPR/", "Opera" },
	{ "SamsungBrowser/", "Samsung Internet" },
	{ "Firefox/", "Firefox" },
	{ "FxiOS/", "Firefox" },
	{ "CriOS/", "Chrome" },
	{ "Chrome/", "Chrome" },
	{ "Safari/", "Safari" },
	{ NULL, "" },
};

static const char *name_in(const struct kind *, const char *text);

struct device
device_of(const char *user_agent)
{
	if (user_agent == NULL)
		user_agent = "";
	return (struct device) {
		.system = name_in(systems, user_agent),
		.browser = name_in(browsers, user_agent),
	};
}

static const char *
name_in(const struct kind *kind, const char *text)
{
	while (kind->sign != NULL && strstr(text, kind->sign) == NULL)
		kind++;
	return kind->name;
}
