/*
 * A small room for tests: two advisors with a theme each share one booth,
 * every day from 13:00 to 16:00 in frames of an hour; online there are two
 * evening frames with a gap of a quarter hour.  It opened at nine on
 * Wednesday, 1 July 2026; the desk's clock stands at 14:00 of that day.
 */
#ifndef TEST_ROOM_H
#define TEST_ROOM_H

#include "desk.h"
#include "room/booking.h"
#include "room/roomfile.h"
#include "room/theme.h"

static const char room_text[] =
    "room {\n"
    "name_ja = \"部屋\"\n phone = \"0166-00-0000\"\n window_days = 30\n"
    "notice_minutes = 30\n hold_minutes = 10\n on_holidays = no\n"
    "closed_from = \"12-29\"\n closed_until = \"01-03\"\n}\n"
    "theme \"health\" { title_ja = \"健康\"\n short_ja = \"健康\" }\n"
    "theme \"money\" { title_ja = \"お金\"\n short_ja = \"お金\" }\n"
    "place \"hall\" { channel = in_person\n booths = 1\n"
    "name_ja = \"庁舎\" }\n"
    "place \"online\" { channel = online\n booths = 2\n"
    "name_ja = \"ビデオ\" }\n"
    "advisor \"nurse\" { face = health\n themes = {\"health\"}\n"
    "profession_ja = \"保健師\" }\n"
    "advisor \"banker\" { face = money\n themes = {\"money\"}\n"
    "profession_ja = \"相談員\" }\n"
    "opening \"a-day\" { advisor = \"nurse\"\n theme = \"health\"\n"
    "place = \"hall\"\n first = \"2026-06-01\"\n time = \"13:00-16:00\"\n"
    "repeat = \"FREQ=DAILY\"\n slot_minutes = 60 }\n"
    "opening \"b-day\" { advisor = \"banker\"\n theme = \"money\"\n"
    "place = \"hall\"\n first = \"2026-06-01\"\n time = \"13:00-16:00\"\n"
    "repeat = \"FREQ=DAILY\"\n slot_minutes = 60 }\n"
    "opening \"a-evening\" { advisor = \"nurse\"\n theme = \"health\"\n"
    "place = \"online\"\n first = \"2026-06-01\"\n time = \"18:00-20:00\"\n"
    "repeat = \"FREQ=DAILY\"\n slot_minutes = 45\n gap_minutes = 15 }\n";

#define TODAY 20635	/* 2026-07-01 */
#define AT(day, hour) when_at(TODAY + (day), (hour) * 60)

static inline int
room_open(void **state)
{
	struct roomfile_result result = { 0 };
	struct test_desk *t;

	if (test_desk_open(state) < 0)
		return -1;
	t = *state;
	t->desk.now = AT(0, 9);
	if (roomfile_load(&t->desk, room_text, false, &result) == 0) {
		t->desk.now = TEST_NOW;
		return 0;
	}
	fprintf(stderr, "room: %s\n", result.error);
	return -1;
}

static inline struct desk *
room_desk(void **state)
{
	return &((struct test_desk *)*state)->desk;
}

/* Free slots of a theme ("" is any) on the day that is `day` from today. */
static inline int
room_slots(struct desk *d, const char *theme, int day, struct slot **slots)
{
	struct slot_filter filter = {
		.from_at = AT(day, 0),
		.until_at = AT(day + 1, 0),
	};
	struct policy policy;
	struct theme found;

	assert_int_equal(policy_get(d, &policy), 1);
	if (theme[0] != '\0') {
		assert_int_equal(theme_by_code(d, theme, &found), 1);
		filter.theme = found.id;
	}
	return slot_list(d, &policy, &filter, slots);
}

/* The id of a free slot that begins at that instant; fails without one. */
static inline const char *
room_slot(struct desk *d, const char *theme, int day, int hour)
{
	struct slot *slots;
	int count = room_slots(d, theme, day, &slots);

	for (int i = 0; i < count; i++)
		if (slots[i].starts_at == AT(day, hour))
			return slot_id(d->arena, &slots[i]);
	fail_msg("no free slot of %s at day %d, %d:00", theme, day, hour);
	return NULL;
}

static const struct contact nobody = {
	.name = "", .mail = "", .note = "", .lang = "ja", .entry = "web"
};
static const struct contact yuki = {
	.name = "ゆき", .mail = "yuki@example.jp", .note = "はじめてです",
	.lang = "ja", .entry = "web"
};

#endif
