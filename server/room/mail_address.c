/* Mail addresses: the rules by which they are taken and remarked upon. */
#include "room/mail_address.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

#define LOCAL_MAX 64 /* octets, RFC 5321 4.5.3.1.1 */
#define ADDRESS_MAX 254 /* a path of 256 less its brackets, 4.5.3.1.3 */
#define LABEL_MAX 63 /* RFC 1035 2.3.4 */

static bool atext(char c);
static bool alphanumeric(char c);
static bool dots_stray(const char *local, size_t len);
static bool host_whole(const char *host);
static bool label_whole(const char *label, size_t len);
static bool below_any(const char *host, const char *const *domains);

/* Carriers whose old addresses break the dot rule; hosts below them too
 * (t.vodafone.ne.jp). */
static const char *const carriers[] = { "docomo.ne.jp", "ezweb.ne.jp", "au.com",
	"softbank.ne.jp", "vodafone.ne.jp", "i.softbank.jp", "disney.ne.jp",
	"pdx.ne.jp", "emnet.ne.jp", NULL };

/* Kinds of organisation that have employees (JPRS attribute types), and
 * municipalities' old names such as city.asahikawa.hokkaido.jp. */
static const char *const employers[] = { "co.jp", "or.jp", "go.jp", "lg.jp",
	"ac.jp", "ed.jp", "gov", "edu", "hokkaido.jp", NULL };

/* Private mailboxes that look like them. */
static const char *const private_hosts[] = { "yahoo.co.jp", "ymail.co.jp",
	"hotmail.co.jp", "excite.co.jp", "asahi-net.or.jp", NULL };

char *
mail_address_clean(struct arena *arena, const char *typed)
{
	return text_trim(arena, text_nfkc(arena, typed));
}

enum mail_fault
mail_address_check(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || strchr(at + 1, '@') != NULL)
		return MAIL_AT;
	size_t local = (size_t)(at - address);
	for (const char *c = address; *c != '\0'; c++)
		if (c != at && *c != '.' && !atext(*c))
			return MAIL_CHARACTER;
	if (local > LOCAL_MAX || strlen(address) > ADDRESS_MAX)
		return MAIL_LONG;
	if (local == 0 || address[0] == '.')
		return MAIL_LOCAL;
	if (!host_whole(at + 1))
		return MAIL_DOMAIN;
	if (dots_stray(address, local) && !below_any(at + 1, carriers))
		return MAIL_LOCAL;
	return MAIL_FINE;
}

enum mail_hint
mail_address_hint(const char *address)
{
	const char *host = strchr(address, '@') + 1;

	if (dots_stray(address, (size_t)(host - 1 - address)))
		return MAIL_HINT_CARRIER;
	if (below_any(host, employers) && !below_any(host, private_hosts))
		return MAIL_HINT_WORK;
	return MAIL_HINT_NONE;
}

/* RFC 5322 3.2.3 */
static bool
atext(char c)
{
	return alphanumeric(c) ||
	    (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool
alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* Two dots in a row, or one before the @. */
static bool
dots_stray(const char *local, size_t len)
{
	return memmem(local, len, "..", 2) != NULL || local[len - 1] == '.';
}

/* At least two labels; the last is no number, so that an address of an IPv4
 * host is none. */
static bool
host_whole(const char *host)
{
	const char *label = host;
	const char *dot;

	while ((dot = strchr(label, '.')) != NULL) {
		if (!label_whole(label, (size_t)(dot - label)))
			return false;
		label = dot + 1;
	}
	size_t len = strlen(label);
	return label != host && len >= 2 && label_whole(label, len) &&
	    strspn(label, "0123456789") < len;
}

static bool
label_whole(const char *label, size_t len)
{
	if (len == 0 || len > LABEL_MAX)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!alphanumeric(label[i]) && label[i] != '-')
			return false;
	return label[0] != '-' && label[len - 1] != '-';
}

/* Is `host` one of the domains, or below one? */
static bool
below_any(const char *host, const char *const *domains)
{
	for (; *domains != NULL; domains++) {
		size_t len = strlen(host), tail = strlen(*domains);

		if (len < tail || strcasecmp(host + len - tail, *domains) != 0)
			continue;
		if (len == tail || host[len - tail - 1] == '.')
			return true;
	}
	return false;
}
