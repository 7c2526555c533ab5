/*
 * What may stand in a room file: sections, their options and limits.  This
 * is the reference for etc/rooms; draft.c reads by it, roomfile_dump() writes
 * by it.
 */
#include "room/draft_form.h"

#define TEXT(option)                                                           \
	{                                                                      \
		.name = option, .kind = CONF_TEXT                              \
	}
#define WORDS(field) TEXT(field "_ja"), TEXT(field "_easy"), TEXT(field "_en")

const char *const draft_langs[] = { "ja", "easy", "en" };
const size_t draft_lang_count = sizeof(draft_langs) / sizeof(draft_langs[0]);

const struct draft_field draft_room_fields[] = {
	{ "name", 40, FIELD_NEEDED },
	{ "short", 20, 0 },
	{ "lead", 300, 0 },
	{ "intro", 1000, 0 },
	{ "operator", 120, 0 },
	{ "address", 120, 0 },
	{ "directions", 500, 0 },
	{ "walk_in", 300, 0 },
	{ "bring", 300, 0 },
	{ "crisis", 1000, FIELD_LINES },
	{ "privacy", 4000, FIELD_LINES },
	{ "accessibility", 4000, FIELD_LINES },
	{ 0 },
};
const struct draft_field draft_theme_fields[] = {
	{ "title", 60, FIELD_NEEDED },
	{ "short", 20, FIELD_NEEDED },
	{ "worry", 360, FIELD_LINES },
	{ "age", 60, FIELD_LINES },
	{ 0 },
};
const struct draft_field draft_place_fields[] = {
	{ "name", 60, FIELD_NEEDED },
	{ "directions", 500, 0 },
	{ "note", 120, 0 },
	{ 0 },
};
const struct draft_field draft_advisor_fields[] = {
	{ "profession", 80, FIELD_NEEDED },
	{ "name", 40, 0 },
	{ 0 },
};

static const struct conf_option room_options[] = {
	WORDS("name"),
	WORDS("short"),
	WORDS("lead"),
	WORDS("intro"),
	WORDS("operator"),
	WORDS("address"),
	WORDS("directions"),
	WORDS("walk_in"),
	WORDS("bring"),
	WORDS("crisis"),
	WORDS("privacy"),
	WORDS("accessibility"),
	{ .name = "phone", .kind = CONF_TEXT },
	{ .name = "window_days", .kind = CONF_NUMBER, .least = 1, .most = 366 },
	{ .name = "notice_minutes", .kind = CONF_NUMBER, .most = 10080 },
	{ .name = "hold_minutes", .kind = CONF_NUMBER, .least = 1, .most = 60 },
	{ .name = "forget_days",
	    .kind = CONF_NUMBER,
	    .least = 1,
	    .most = 3650 },
	{ .name = "on_holidays", .kind = CONF_SWITCH },
	{ .name = "closed_from", .kind = CONF_TEXT },
	{ .name = "closed_until", .kind = CONF_TEXT },
	{ 0 },
};

static const struct conf_option theme_options[] = {
	WORDS("title"),
	WORDS("short"),
	WORDS("worry"),
	WORDS("age"),
	{ 0 },
};

static const struct conf_option place_options[] = {
	{ .name = "channel", .kind = CONF_TEXT, .required = true },
	{ .name = "booths",
	    .kind = CONF_NUMBER,
	    .number = 1,
	    .least = 1,
	    .most = 50 },
	WORDS("name"),
	WORDS("directions"),
	WORDS("note"),
	{ 0 },
};

static const struct conf_option advisor_options[] = {
	{ .name = "face", .kind = CONF_TEXT, .required = true },
	{ .name = "themes", .kind = CONF_LIST, .required = true },
	{ .name = "anything", .kind = CONF_SWITCH },
	WORDS("profession"),
	WORDS("name"),
	{ 0 },
};

static const struct conf_option opening_options[] = {
	{ .name = "advisor", .kind = CONF_TEXT, .required = true },
	{ .name = "theme", .kind = CONF_TEXT, .required = true },
	{ .name = "place", .kind = CONF_TEXT, .required = true },
	{ .name = "first", .kind = CONF_TEXT, .required = true },
	{ .name = "time", .kind = CONF_TEXT, .required = true },
	{ .name = "repeat", .kind = CONF_TEXT, .text = "" },
	{ .name = "also", .kind = CONF_LIST },
	{ .name = "except", .kind = CONF_LIST },
	{ .name = "slot_minutes",
	    .kind = CONF_NUMBER,
	    .number = 60,
	    .least = 5,
	    .most = 720 },
	{ .name = "gap_minutes", .kind = CONF_NUMBER, .most = 240 },
	{ 0 },
};

static const struct conf_option closure_options[] = {
	{ .name = "place", .kind = CONF_TEXT },
	{ .name = "advisor", .kind = CONF_TEXT },
	{ .name = "from", .kind = CONF_TEXT, .required = true },
	{ .name = "until", .kind = CONF_TEXT, .required = true },
	{ 0 },
};

static const struct conf_option holiday_options[] = {
	{ .name = "closed", .kind = CONF_SWITCH, .required = true },
	{ .name = "name", .kind = CONF_TEXT, .text = "" },
	{ 0 },
};

static const struct conf_section sections[] = {
	{ .name = "room", .options = room_options },
	{ .name = "theme", .options = theme_options, .titled = true },
	{ .name = "place", .options = place_options, .titled = true },
	{ .name = "advisor", .options = advisor_options, .titled = true },
	{ .name = "opening", .options = opening_options, .titled = true },
	{ .name = "closure", .options = closure_options },
	{ .name = "holiday", .options = holiday_options, .titled = true },
	{ 0 },
};

const struct conf_section draft_form = { .sections = sections };
