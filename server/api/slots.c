/*
 * What the room offers: themes and free slots.  Open to everybody.
 */
#include <string.h>

#include "api/api.h"
#include "base/log.h"
#include "room/advisor.h"
#include "room/place.h"
#include "room/theme.h"
#include "room/words.h"
#include "web/form.h"

/* Days shown when the caller names none, and alternatives to a slot. */
#define DAYS_SHOWN 14
#define ALTERNATIVES 6
/* As many as one answer holds, whatever the codes. */
#define SLOTS_MOST 700
#define WORDS_MAX_BYTES 4096

static json_t *api_slot(struct arena *, const struct slot *);
static json_t *theme_json(struct desk *, enum lang, const struct theme *);
static json_t *advisors_json(struct desk *, enum lang, int64_t theme);
static void put_words(struct desk *, json_t *, const char *member,
    int64_t owner, const char *field, enum lang);
static bool slots_filter(struct web *, struct request *, const struct form *,
    struct desk *, const struct policy *, struct slot_filter *);
static enum text filter_codes(struct desk *, const struct form *,
    struct slot_filter *, const char **field);
static json_t *slots_json(struct arena *, const struct slot *, int count);
static void fault(struct request *);

/* GET /api/v1/themes */
void
api_themes(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	struct theme *themes;
	int count = theme_list(&desk, &themes);
	json_t *list;

	if (count < 0) {
		fault(r);
		return;
	}
	list = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(list,
		    theme_json(&desk, api_lang(r), &themes[i]));
	api_answer(r, 200, json_pack("{s:o}", "themes", list));
}

/* GET /api/v1/slots?theme=&place=&channel=&from=&to= */
void
api_slots(struct web *w, struct request *r)
{
	struct desk desk = web_desk(w, r);
	const struct form *query = form_query(r);
	struct slot_filter filter = { 0 };
	struct policy policy;
	struct slot *slots;
	bool more;
	int count;

	if (query == NULL) {
		api_problem(r, api_lang(r), PROBLEM_MALFORMED, NULL);
		return;
	}
	if (policy_get(&desk, &policy) != 1) {
		fault(r); /* hokend does not start without a room */
		return;
	}
	if (!slots_filter(w, r, query, &desk, &policy, &filter))
		return;
	filter.limit = SLOTS_MOST + 1;
	count = slot_list(&desk, &policy, &filter, &slots);
	more = count > SLOTS_MOST;
	if (count < 0)
		fault(r);
	else
		api_answer(r, 200,
		    json_pack("{s:o, s:b}", "slots",
			slots_json(r->arena, slots, more ? SLOTS_MOST : count),
			"more", more));
}

static json_t *
api_slot(struct arena *arena, const struct slot *slot)
{
	const struct session *session = &slot->session;

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id",
	    slot_id(arena, slot), "theme", session->theme_code, "advisor",
	    session->advisor_code, "place", session->place_code, "channel",
	    session->channel, "starts_at", when_print(arena, slot->starts_at),
	    "ends_at", when_print(arena, slot->ends_at));
}

json_t *
api_alternatives(struct web *w, struct request *r, const char *slot,
    int64_t holder)
{
	struct desk desk = web_desk(w, r);
	struct policy policy;
	struct slot wanted, *near;
	int count;

	if (policy_get(&desk, &policy) != 1)
		return NULL;
	/* Freed in between it is an alternative too, and the nearest. */
	switch (slot_get(&desk, &policy, slot, holder, &wanted)) {
	case SLOT_FREE:
	case SLOT_PAST:
	case SLOT_EARLY:
	case SLOT_CLOSED:
	case SLOT_TAKEN:
		break;
	case SLOT_UNKNOWN:
	case SLOT_FAULT:
		return NULL;
	}
	count = slot_near(&desk, &policy, &wanted, ALTERNATIVES, &near);
	if (count < 0)
		return NULL;
	return json_pack("{s:o}", "alternatives",
	    slots_json(r->arena, near, count));
}

static json_t *
theme_json(struct desk *desk, enum lang lang, const struct theme *theme)
{
	json_t *doc = json_pack("{s:s}", "code", theme->code);

	put_words(desk, doc, "title", theme->id, "title", lang);
	put_words(desk, doc, "worry", theme->id, "worry", lang);
	json_object_set_new(doc, "advisors",
	    advisors_json(desk, lang, theme->id));
	return doc;
}

static json_t *
advisors_json(struct desk *desk, enum lang lang, int64_t theme)
{
	struct advisor *advisors;
	int count = advisor_of_theme(desk, theme, &advisors);
	json_t *list = json_array();

	for (int i = 0; i < count; i++) {
		json_t *doc = json_pack("{s:s}", "code", advisors[i].code);

		put_words(desk, doc, "profession", advisors[i].id, "profession",
		    lang);
		json_array_append_new(list, doc);
	}
	return list;
}

/* A text of the room, left out when there is none. */
static void
put_words(struct desk *desk, json_t *doc, const char *member, int64_t owner,
    const char *field, enum lang lang)
{
	struct words words = words_get(desk, owner, field, lang_code(lang));
	struct buf out;

	if (words.body[0] == '\0')
		return;
	buf_init(&out, WORDS_MAX_BYTES);
	value_print(&out, VALUE((struct ruby) { words.body }), AS_PLAIN);
	json_object_set_new(doc, member, json_string(out.data));
	buf_free(&out);
}

/* False: answered with 422. */
static bool
slots_filter(struct web *w, struct request *r, const struct form *query,
    struct desk *desk, const struct policy *policy, struct slot_filter *filter)
{
	enum lang lang = api_lang(r);
	const char *field = "";
	int32_t today = when_day(clock_now(w->clock));
	enum text wrong = filter_codes(desk, query, filter, &field);
	struct span span;

	if (wrong != TEXT_NONE) {
		api_refuse(r, lang, field, wrong);
		return false;
	}
	if (!api_span(r, lang, query, today, DAYS_SHOWN - 1, &span))
		return false;
	/* Nothing lies outside of this; day numbers stay far from limits. */
	if (span.from_day < today)
		span.from_day = today;
	if (span.until_day > today + policy->window_days)
		span.until_day = today + policy->window_days;
	filter->from_at = when_at(span.from_day, 0);
	filter->until_at = when_at(span.until_day + 1, 0);
	return true;
}

/* The codes of a query as ids; 0, or what is wrong with *field. */
static enum text
filter_codes(struct desk *desk, const struct form *query,
    struct slot_filter *filter, const char **field)
{
	const char *code;
	struct theme theme;
	struct place place;

	code = form_get(query, *field = "theme");
	if (*code != '\0' && theme_by_code(desk, code, &theme) != 1)
		return T_api_field_code;
	filter->theme = *code == '\0' ? 0 : theme.id;
	code = form_get(query, *field = "place");
	if (*code != '\0' && place_by_code(desk, code, &place) != 1)
		return T_api_field_code;
	filter->place = *code == '\0' ? 0 : place.id;
	code = form_get(query, *field = "channel");
	if (*code != '\0' && !channel_known(code))
		return T_api_field_code;
	filter->channel = *code == '\0' ? NULL : code;
	return TEXT_NONE;
}

static json_t *
slots_json(struct arena *arena, const struct slot *slots, int count)
{
	json_t *list = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(list, api_slot(arena, &slots[i]));
	return list;
}

static void
fault(struct request *r)
{
	api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
}
