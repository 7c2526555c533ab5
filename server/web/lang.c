/*
 * The language of an answer.  The query wins, so that a link in a letter or
 * on a flyer keeps its language.
 */
#include "web/lang.h"

#include <string.h>

#include "web/cookie.h"
#include "web/form.h"

#define WEIGHT_MAX 1000 /* q=1 */

static enum lang lang_of_tag(const char *tag, size_t len);
static int weight_of(const char *item, size_t len);

enum lang
lang_choose(struct web *web, struct request *request, bool *chosen)
{
	struct form *query = form_query(request);
	const char *cookie = cookie_get(web, request, COOKIE_LANG);
	const char *accepted = http_header(request, "accept-language");
	enum lang lang = LANGS;

	if (query)
		lang = lang_by_code(form_get(query, "lang"));
	if (chosen)
		*chosen = lang != LANGS;
	if (lang == LANGS && cookie)
		lang = lang_by_code(cookie);
	if (lang == LANGS && accepted)
		lang = lang_accepted(accepted);
	return lang == LANGS ? LANG_JA : lang;
}

bool
lang_turned(struct request *request)
{
	struct form *query = form_query(request);

	return request->method == METHOD_POST && query &&
	    form_nth(query, "lang", 0);
}

enum lang
lang_accepted(const char *header)
{
	enum lang best = LANGS;
	int best_weight = 0;

	for (const char *p = header; *p;) {
		size_t len = strcspn(p, ",");
		enum lang lang = lang_of_tag(p, len);
		int weight = weight_of(p, len);

		if (lang != LANGS && weight > best_weight) {
			best = lang;
			best_weight = weight;
		}
		p += len + (p[len] == ',');
	}
	return best;
}

/* " en-GB;q=0.8": the primary subtag decides. */
static enum lang
lang_of_tag(const char *item, size_t len)
{
	char code[9] = "";
	size_t skip = strspn(item, " \t");
	size_t tag = strcspn(item + skip, "-;, \t");

	if (skip + tag > len || tag >= sizeof(code))
		return LANGS;
	for (size_t i = 0; i < tag; i++)
		code[i] = (char)(item[skip + i] | 0x20);
	return lang_by_code(code);
}

/* A weight has at most three decimals; none means 1. */
static int
weight_of(const char *item, size_t len)
{
	const char *q = memmem(item, len, "q=", 2);
	const char *end = item + len;
	int weight = 0;

	if (!q || q + 2 >= end || q[2] != '0')
		return WEIGHT_MAX;
	if (q + 3 >= end || q[3] != '.')
		return 0;
	q += 4;
	for (int unit = 100; unit > 0; unit /= 10)
		if (q < end && *q >= '0' && *q <= '9')
			weight += (*q++ - '0') * unit;
	return weight;
}
