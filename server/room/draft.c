/*
 * The reader of room files: a text is read into a draft and checked there, so
 * that one that is wrong anywhere changes nothing.
 */
#include "room/draft_reading.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "room/advisor.h"
#include "room/place.h"
#include "room/roomtext.h"
#include "room/theme.h"

#define TEXT_MAX_BYTES (256 * 1024)

static void begin(struct draft_reading *, const struct conf *);
static bool read_text(struct draft_reading *, const struct conf *,
    const struct draft_field *, struct draft_word *);
static bool found(struct draft_reading *, int result);

/* In this order, so that what is referred to has been read. */
static const struct kind {
	const char *name;
	bool (*read)(struct draft_reading *, const struct conf *);
} kinds[] = {
	{ "room", draft_read_room },
	{ "theme", draft_read_theme },
	{ "place", draft_read_place },
	{ "advisor", draft_read_advisor },
	{ "opening", draft_read_opening },
	{ "closure", draft_read_closure },
	{ "holiday", draft_read_holiday },
};

int
draft_read(struct desk *d, const char *text, bool whole, struct draft *draft,
    const char **error)
{
	struct draft_reading r = { .desk = d, .draft = draft, .whole = whole };
	struct conf_error bad;
	const struct conf *all;

	*draft = (struct draft) { 0 };
	*error = NULL;
	if (strlen(text) > TEXT_MAX_BYTES) {
		*error = "line 1: the text is longer than 256 KiB";
		return 1;
	}
	all = conf_parse(d->arena, text, &draft_form, &bad);
	if (!all) {
		*error = arena_print(d->arena, "line %d: %s", bad.line,
		    bad.reason);
		return 1;
	}
	begin(&r, all);
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		const struct conf *at = NULL;
		while (!r.error && !r.fault &&
		    (at = conf_next(all, kinds[k].name, at)))
			kinds[k].read(&r, at);
	}
	*error = r.error;
	return r.fault ? -1 : r.error != NULL;
}

/* Room for all sections, and the policy as it stands. */
static void
begin(struct draft_reading *r, const struct conf *all)
{
	struct arena *a = r->desk->arena;
	struct draft *draft = r->draft;
	size_t n[sizeof(kinds) / sizeof(kinds[0])] = { 0 };
	int known = policy_get(r->desk, &draft->policy);

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		const struct conf *at = NULL;
		while ((at = conf_next(all, kinds[k].name, at)))
			n[k]++;
	}
	draft->themes = arena_array(a, struct draft_theme, n[1]);
	draft->places = arena_array(a, struct draft_place, n[2]);
	draft->advisors = arena_array(a, struct draft_advisor, n[3]);
	draft->openings = arena_array(a, struct draft_opening, n[4]);
	draft->closures = arena_array(a, struct draft_closure, n[5]);
	draft->holidays = arena_array(a, struct draft_holiday, n[6]);
	if (known < 0)
		r->fault = true;
	else if (known == 0 && n[0] == 0)
		r->error = "line 1: a new room needs a section 'room'";
	if (known == 0)
		draft->policy = (struct policy) { .window_days = 60,
			.notice_minutes = 30,
			.hold_minutes = 10,
			.forget_days = 90,
			.phone = "" };
}

bool
draft_code(struct draft_reading *r, const struct conf *at, const char **code)
{
	*code = conf_title(at);
	if (!roomtext_code(*code))
		return draft_wrong(r, at, NULL,
		    "'%s' is not a code: 1 to %d of a-z 0-9 _ -", *code,
		    CODE_MAX);
	return true;
}

bool
draft_texts(struct draft_reading *r, const struct conf *at,
    const struct draft_field *fields, struct draft_words *words)
{
	size_t count = 0;

	while (fields[count].name)
		count++;
	words->list = arena_array(r->desk->arena, struct draft_word,
	    draft_lang_count * count);
	for (; fields->name; fields++) {
		for (size_t i = 0; i < draft_lang_count; i++) {
			struct draft_word *w = &words->list[words->count++];
			w->field = fields->name;
			w->lang = draft_langs[i];
			if (!read_text(r, at, fields, w))
				return false;
		}
	}
	return true;
}

bool
draft_fits(struct draft_reading *r, const struct conf *at, const char *option,
    const char *text, size_t most_chars, bool lines)
{
	if (text_has_control(text, lines))
		return draft_wrong(r, at, option,
		    "%s has a line break or control character", option);
	if (text_length(text) > most_chars)
		return draft_wrong(r, at, option,
		    "%s is longer than %zu characters", option, most_chars);
	return true;
}

bool
draft_has_theme(struct draft_reading *r, const char *code)
{
	struct theme t;

	for (int i = 0; i < r->draft->theme_count; i++) {
		if (strcmp(r->draft->themes[i].code, code) == 0)
			return true;
	}
	return !r->whole && found(r, theme_by_code(r->desk, code, &t));
}

bool
draft_has_place(struct draft_reading *r, const char *code)
{
	struct place p;

	for (int i = 0; i < r->draft->place_count; i++) {
		if (strcmp(r->draft->places[i].code, code) == 0)
			return true;
	}
	return !r->whole && found(r, place_by_code(r->desk, code, &p));
}

bool
draft_has_advisor(struct draft_reading *r, const char *code)
{
	struct advisor a;

	for (int i = 0; i < r->draft->advisor_count; i++) {
		if (strcmp(r->draft->advisors[i].code, code) == 0)
			return true;
	}
	return !r->whole && found(r, advisor_by_code(r->desk, code, &a));
}

bool
draft_talks_about(struct draft_reading *r, const char *advisor,
    const char *theme)
{
	struct theme t;
	struct advisor *list;
	int n;

	for (int i = 0; i < r->draft->advisor_count; i++) {
		const struct draft_advisor *a = &r->draft->advisors[i];
		if (strcmp(a->code, advisor) != 0)
			continue;
		for (size_t k = 0; k < a->theme_count; k++) {
			if (strcmp(a->themes[k], theme) == 0)
				return true;
		}
		return false;
	}
	if (!found(r, theme_by_code(r->desk, theme, &t)))
		return false;
	n = advisor_of_theme(r->desk, t.id, &list);
	for (int i = 0; i < n; i++) {
		if (strcmp(list[i].code, advisor) == 0)
			return true;
	}
	return found(r, n < 0 ? -1 : 0);
}

bool
draft_wrong(struct draft_reading *r, const struct conf *at, const char *option,
    const char *fmt, ...)
{
	char why[256];
	va_list ap;

	if (r->error || r->fault)
		return false;
	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	r->error = arena_print(r->desk->arena, "line %d: %s",
	    conf_line(at, option), why);
	return false;
}

static bool
read_text(struct draft_reading *r, const struct conf *at,
    const struct draft_field *field, struct draft_word *w)
{
	const char *option = arena_print(r->desk->arena, "%s_%s", w->field,
	    w->lang);
	size_t most_chars = field->most_chars;

	if (strcmp(w->lang, DRAFT_LANG_READ) == 0)
		most_chars *= 3;
	w->body = conf_text(at, option);
	if ((field->flags & FIELD_NEEDED) != 0 && w->lang == draft_langs[0] &&
	    (!w->body || *text_trim(r->desk->arena, w->body) == '\0'))
		return draft_wrong(r, at, option, "%s is missing", option);
	return !w->body ||
	    draft_fits(r, at, option, w->body, most_chars,
		(field->flags & FIELD_LINES) != 0);
}

static bool
found(struct draft_reading *r, int result)
{
	if (result < 0)
		r->fault = true;
	return result == 1;
}
