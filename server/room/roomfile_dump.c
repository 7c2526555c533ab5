/*
 * The writer of room files: the room as the text that would make it.  Things
 * stand in the order of their ranks, options in the order of draft_form.
 */
#include "room/roomfile.h"

#include <string.h>

#include "base/log.h"
#include "room/advisor.h"
#include "room/draft_form.h"
#include "room/opening.h"
#include "room/place.h"
#include "room/policy.h"
#include "room/roomtext.h"
#include "room/theme.h"
#include "room/words.h"

#define DUMP_MAX_BYTES (1024 * 1024)

/* The text as it grows. */
struct dump {
	struct desk *desk;
	struct buf text;
};

struct opening_codes {
	int64_t id;
	const char *advisor_code, *theme_code, *place_code;
};

static const struct db_field opening_codes_row[] = {
	DB_FIELD(struct opening_codes, id),
	DB_FIELD(struct opening_codes, advisor_code),
	DB_FIELD(struct opening_codes, theme_code),
	DB_FIELD(struct opening_codes, place_code),
	DB_END,
};

struct closure_code {
	int64_t id;
	const char *scope, *code;
	int64_t starts_at, ends_at;
};

static const struct db_field closure_code_row[] = {
	DB_FIELD(struct closure_code, id),
	DB_FIELD(struct closure_code, scope),
	DB_FIELD(struct closure_code, code),
	DB_FIELD(struct closure_code, starts_at),
	DB_FIELD(struct closure_code, ends_at),
	DB_END,
};

struct override {
	int day;
	int closed;
	const char *name;
};

static const struct db_field override_row[] = {
	DB_FIELD(struct override, day),
	DB_FIELD(struct override, closed),
	DB_FIELD(struct override, name),
	DB_END,
};

static const struct db_field words_row[] = {
	DB_FIELD(struct words, body),
	DB_FIELD(struct words, lang),
	DB_END,
};

static const struct db_field theme_row[] = {
	DB_FIELD(struct theme, id),
	DB_FIELD(struct theme, code),
	DB_FIELD(struct theme, rank),
	DB_END,
};

static int dump_room(struct dump *);
static int dump_themes(struct dump *);
static int dump_places(struct dump *);
static int dump_advisors(struct dump *);
static int dump_advisor(struct dump *, const struct advisor *);
static int dump_openings(struct dump *);
static void dump_opening(struct dump *, const struct opening *,
    const struct opening_codes *);
static int dump_closures(struct dump *);
static int dump_holidays(struct dump *);
static int words(struct dump *, int64_t owner, const struct draft_field *);
static void begin(struct dump *, const char *kind, const char *title);
static void end(struct dump *);
static void option(struct dump *, const char *name, const char *text);
static void number(struct dump *, const char *name, int);
static void days(struct dump *, const char *name, const char *list);
static void quoted(struct dump *, const char *text, size_t len);

char *
roomfile_dump(struct desk *d)
{
	struct dump dump = { .desk = d };
	char *text = NULL;

	buf_init(&dump.text, DUMP_MAX_BYTES);
	if (dump_room(&dump) == 0 && dump_themes(&dump) == 0 &&
	    dump_places(&dump) == 0 && dump_advisors(&dump) == 0 &&
	    dump_openings(&dump) == 0 && dump_closures(&dump) == 0 &&
	    dump_holidays(&dump) == 0) {
		if (dump.text.full)
			log_fault("roomfile.dump", "reason=too_long");
		else
			text = buf_keep(&dump.text, d->arena);
	}
	buf_free(&dump.text);
	return text;
}

static int
dump_room(struct dump *o)
{
	struct policy p;
	struct arena *a = o->desk->arena;
	int known = policy_get(o->desk, &p);

	if (known != 1)
		return known;
	begin(o, "room", NULL);
	if (words(o, ROOM_ID, draft_room_fields) < 0)
		return -1;
	option(o, "phone", p.phone);
	number(o, "window_days", p.window_days);
	number(o, "notice_minutes", p.notice_minutes);
	number(o, "hold_minutes", p.hold_minutes);
	number(o, "forget_days", p.forget_days);
	buf_printf(&o->text, "\ton_holidays = %s\n",
	    p.on_holidays ? "yes" : "no");
	option(o, "closed_from", roomtext_print_month_day(a, p.closed_from));
	option(o, "closed_until", roomtext_print_month_day(a, p.closed_until));
	end(o);
	return 0;
}

static int
dump_themes(struct dump *o)
{
	struct theme *list;
	int n = theme_list(o->desk, &list);

	for (int i = 0; i < n; i++) {
		begin(o, "theme", list[i].code);
		if (words(o, list[i].id, draft_theme_fields) < 0)
			return -1;
		end(o);
	}
	return n < 0 ? -1 : 0;
}

static int
dump_places(struct dump *o)
{
	struct place *list;
	int n = place_list(o->desk, &list);

	for (int i = 0; i < n; i++) {
		struct booth *booths;
		int count = place_booths(o->desk, list[i].id, &booths);
		if (count < 0)
			return -1;
		begin(o, "place", list[i].code);
		buf_printf(&o->text, "\tchannel = %s\n", list[i].channel);
		number(o, "booths", count);
		if (words(o, list[i].id, draft_place_fields) < 0)
			return -1;
		end(o);
	}
	return n < 0 ? -1 : 0;
}

static int
dump_advisors(struct dump *o)
{
	struct advisor *list;
	int n = advisor_list(o->desk, &list);

	for (int i = 0; i < n; i++) {
		if (dump_advisor(o, &list[i]) < 0)
			return -1;
	}
	return n < 0 ? -1 : 0;
}

static int
dump_advisor(struct dump *o, const struct advisor *a)
{
	struct theme *themes;
	int n = db_all(o->desk->db, o->desk->arena, theme_row, &themes,
	    advisor_themes, .advisor = a->id);

	if (n < 0)
		return -1;
	begin(o, "advisor", a->code);
	option(o, "face", a->face);
	buf_puts(&o->text, "\tthemes = {");
	for (int i = 0; i < n; i++) {
		buf_puts(&o->text, i ? ", " : "");
		quoted(o, themes[i].code, strlen(themes[i].code));
	}
	buf_puts(&o->text, "}\n");
	if (a->anything)
		buf_puts(&o->text, "\tanything = yes\n");
	if (words(o, a->id, draft_advisor_fields) < 0)
		return -1;
	end(o);
	return 0;
}

/* Both statements list the same openings in the same order. */
static int
dump_openings(struct dump *o)
{
	struct opening *list;
	struct opening_codes *codes;
	int n = opening_list(o->desk, &list);
	int m = db_all(o->desk->db, o->desk->arena, opening_codes_row, &codes,
	    opening_codes);

	if (n < 0 || m != n)
		return -1;
	for (int i = 0; i < n; i++)
		dump_opening(o, &list[i], &codes[i]);
	return 0;
}

static void
dump_opening(struct dump *o, const struct opening *rule,
    const struct opening_codes *codes)
{
	struct arena *a = o->desk->arena;

	begin(o, "opening", rule->code);
	option(o, "advisor", codes->advisor_code);
	option(o, "theme", codes->theme_code);
	option(o, "place", codes->place_code);
	option(o, "first", when_print_day(a, rule->first_day));
	option(o, "time",
	    roomtext_print_hours(a, rule->start_minute, rule->minutes));
	option(o, "repeat", rule->rrule);
	days(o, "also", rule->rdates);
	days(o, "except", rule->exdates);
	number(o, "slot_minutes", rule->slot_minutes);
	number(o, "gap_minutes", rule->gap_minutes);
	end(o);
}

static int
dump_closures(struct dump *o)
{
	struct closure_code *list;
	struct arena *a = o->desk->arena;
	int n = db_all(o->desk->db, a, closure_code_row, &list, closure_list);

	for (int i = 0; i < n; i++) {
		begin(o, "closure", NULL);
		if (list[i].code)
			option(o, list[i].scope, list[i].code);
		option(o, "from",
		    roomtext_print_moment(a, list[i].starts_at, false));
		option(o, "until",
		    roomtext_print_moment(a, list[i].ends_at, true));
		end(o);
	}
	return n < 0 ? -1 : 0;
}

static int
dump_holidays(struct dump *o)
{
	struct override *list;
	struct arena *a = o->desk->arena;
	int n = db_all(o->desk->db, a, override_row, &list, holiday_list);

	for (int i = 0; i < n; i++) {
		begin(o, "holiday", when_print_day(a, list[i].day));
		buf_printf(&o->text, "\tclosed = %s\n",
		    list[i].closed ? "yes" : "no");
		option(o, "name", list[i].name);
		end(o);
	}
	return n < 0 ? -1 : 0;
}

static int
words(struct dump *o, int64_t owner, const struct draft_field *fields)
{
	struct arena *a = o->desk->arena;

	for (; fields->name; fields++) {
		for (size_t i = 0; i < draft_lang_count; i++) {
			struct words w;
			int n = db_one(o->desk->db, a, words_row, &w,
			    words_exact, .owner = owner, .field = fields->name,
			    .lang = draft_langs[i]);
			if (n < 0)
				return -1;
			if (n == 1)
				option(o,
				    arena_print(a, "%s_%s", fields->name,
					w.lang),
				    w.body);
		}
	}
	return 0;
}

static void
begin(struct dump *o, const char *kind, const char *title)
{
	buf_puts(&o->text, o->text.len ? "\n" : "");
	buf_puts(&o->text, kind);
	if (title) {
		buf_putc(&o->text, ' ');
		quoted(o, title, strlen(title));
	}
	buf_puts(&o->text, " {\n");
}

static void
end(struct dump *o)
{
	buf_puts(&o->text, "}\n");
}

static void
option(struct dump *o, const char *name, const char *text)
{
	buf_printf(&o->text, "\t%s = ", name);
	quoted(o, text, strlen(text));
	buf_putc(&o->text, '\n');
}

static void
number(struct dump *o, const char *name, int value)
{
	buf_printf(&o->text, "\t%s = %d\n", name, value);
}

/* "2024-08-14,2024-08-15" as a list; nothing where there are none. */
static void
days(struct dump *o, const char *name, const char *list)
{
	if (*list == '\0')
		return;
	buf_printf(&o->text, "\t%s = {", name);
	for (const char *at = list; *at;) {
		size_t len = strcspn(at, ",");
		buf_puts(&o->text, at == list ? "" : ", ");
		quoted(o, at, len);
		at += len + (at[len] == ',');
	}
	buf_puts(&o->text, "}\n");
}

static void
quoted(struct dump *o, const char *text, size_t len)
{
	buf_putc(&o->text, '"');
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"' || text[i] == '\\')
			buf_putc(&o->text, '\\');
		buf_putc(&o->text, text[i]);
	}
	buf_putc(&o->text, '"');
}
