/* What advisors are told by mail: an advisor's own for herself, everybody's
 * for managers and the operator.  An address goes in and never out. */
#include <string.h>

#include "api/api.h"
#include "room/advisor.h"
#include "room/mail_address.h"
#include "room/tidings.h"

#define LETTERS_MAX_CHARS 40
#define NOTICES "notices"
#define DIGEST "digest"

struct choosing {
	struct advisor advisor;
	struct tidings_wish wish;
	enum lang lang;
	enum tidings_result result;
	struct tidings now;
};

static bool find(struct web *, struct request *, struct asker *,
    struct advisor *);
static bool names(const char *list, const char *word);
static json_t *tidings_doc(const struct tidings *);
static web_run set_run;
static web_done set_done;
static enum text address_check(struct arena *, const char **);
static enum text letters_check(struct arena *, const char **);
static enum text language_check(struct arena *, const char **);

/* GET /api/v1/tidings */
void
api_tidings(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	struct tidings *list;
	struct asker asker;
	json_t *docs;
	int count;

	if (!api_asker(w, r, RIGHT_TIDINGS, &asker))
		return;
	count = tidings_list(&desk, &list);
	if (count < 0) {
		api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
		return;
	}
	docs = json_array();
	for (int i = 0; i < count; i++)
		if (api_may_about(&asker, RIGHT_TIDINGS, list[i].advisor))
			json_array_append_new(docs, tidings_doc(&list[i]));
	api_answer(r, 200, json_pack("{s:o}", "tidings", docs));
}

/* POST /api/v1/tidings/{advisor} */
void
api_tidings_set(struct web *w, struct request *r)
{
	enum { EMAIL, LETTERS, LANGUAGE, MEMBERS };
	static const struct member members[MEMBERS] = {
		[EMAIL] = { "email", MAIL_MAX_CHARS, .check = address_check },
		[LETTERS] = { "letters", LETTERS_MAX_CHARS, .list = true,
		    .check = letters_check },
		[LANGUAGE] = { "language", 8, .check = language_check },
	};
	struct choosing *c = arena_get(r->arena, sizeof(*c));
	const char *values[MEMBERS];
	struct asker asker;
	enum lang lang;

	c->lang = api_lang(r);
	if (!find(w, r, &asker, &c->advisor) ||
	    !api_body(r, members, MEMBERS, values, c->lang))
		return;
	lang = values[LANGUAGE][0] == '\0' ? LANG_JA
					   : lang_by_code(values[LANGUAGE]);
	c->wish = (struct tidings_wish) {
		.address = values[EMAIL],
		.lang = lang_code(lang_office(lang)),
		.notices = names(values[LETTERS], NOTICES),
		.digest = names(values[LETTERS], DIGEST),
	};
	web_write(w, r, set_run, set_done, c);
}

/* False: answered. */
static bool
find(struct web *w, struct request *r, struct asker *asker,
    struct advisor *advisor)
{
	struct desk desk = web_desk(w, r);
	int found;

	if (!api_asker(w, r, RIGHT_TIDINGS, asker))
		return false;
	found = advisor_by_code(&desk, web_parameter(r), advisor);
	if (found == 1 && !api_may_about(asker, RIGHT_TIDINGS, advisor->id))
		found = 0;
	if (found != 1)
		api_problem(r, api_lang(r),
		    found < 0 ? PROBLEM_FAULT : PROBLEM_NOT_FOUND, NULL);
	return found == 1;
}

/* Is a word in a list "a,b"? */
static bool
names(const char *list, const char *word)
{
	const char *at = strstr(list, word);

	return at != NULL && (at == list || at[-1] == ',') &&
	    (at[strlen(word)] == '\0' || at[strlen(word)] == ',');
}

static json_t *
tidings_doc(const struct tidings *t)
{
	json_t *letters = json_array();

	if (t->notices)
		json_array_append_new(letters, json_string(NOTICES));
	if (t->digest)
		json_array_append_new(letters, json_string(DIGEST));
	return json_pack("{s:s, s:o, s:s}", "advisor", t->advisor_code,
	    "letters", letters, "language", t->lang);
}

static int
set_run(struct desk *d, void *arg)
{
	struct choosing *c = arg;
	int found;

	c->result = tidings_set(d, c->advisor.id, &c->wish);
	if (c->result != TIDINGS_DONE)
		return c->result == TIDINGS_FAULT ? -1 : 1;
	found = tidings_of(d, c->advisor.id, &c->now);
	if (found == 0)
		c->now = (struct tidings) {
			.advisor_code = c->advisor.code,
			.lang = c->wish.lang,
		};
	return found < 0 ? -1 : 0;
}

static void
set_done(struct web *w, struct request *r, void *arg)
{
	struct choosing *c = arg;

	(void)w;
	if (c->result == TIDINGS_DONE)
		api_answer(r, 200, tidings_doc(&c->now));
	else
		api_refuse(r, c->lang, "email", T_api_field_missing);
}

static enum text
address_check(struct arena *arena, const char **value)
{
	*value = mail_address_clean(arena, *value);
	return mail_address_check(*value) == MAIL_FINE ? TEXT_NONE
						       : T_api_field_mail;
}

static enum text
letters_check(struct arena *arena, const char **value)
{
	char *rest = arena_dup(arena, *value);

	for (char *word; (word = strsep(&rest, ",")) != NULL;)
		if (strcmp(word, NOTICES) != 0 && strcmp(word, DIGEST) != 0)
			return T_api_field_letters;
	return TEXT_NONE;
}

static enum text
language_check(struct arena *arena, const char **value)
{
	(void)arena;
	return lang_by_code(*value) == LANGS ? T_api_field_language : TEXT_NONE;
}
