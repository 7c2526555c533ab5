/*
 * Room files: what is taken, what is refused and where, what loading changes.
 * The rooms of etc/rooms are loaded as they are; tests run in the
 * repository's directory.
 */
#include "desk.h"
#include "room/closure.h"
#include "room/holiday.h"
#include "room/opening.h"
#include "room/place.h"
#include "room/roomfile.h"
#include "room/session.h"
#include "room/theme.h"
#include "room/words.h"

#define ROOM "room { name_ja = \"部屋\" }\n"
#define THING                                                                  \
	"theme \"a\" { title_ja = \"あ\"\n short_ja = \"あ\" }\n"            \
	"place \"p\" { channel = in_person\n name_ja = \"場所\" }\n"         \
	"advisor \"v\" { face = career\n themes = {\"a\"}\n"                   \
	" profession_ja = \"相談員\" }\n"
#define OPENING(options)                                                       \
	ROOM THING "opening \"o\" {\n advisor = \"v\"\n theme = \"a\"\n"       \
		   " place = \"p\"\n first = \"2026-07-01\"\n" options "}\n"

static const struct {
	const char *text;
	const char *error;
} wrong[] = {
	{ "", "line 1: a new room needs a section 'room'" },
	{ "room {\n phone = \"1\"\n}", "line 2: name_ja is missing" },
	{ "room {\n name_ja = \" \"\n}", "line 2: name_ja is missing" },
	{ ROOM "room { name_ja = \"x\" }", "line 2: a second section 'room'" },
	{ "room {\n name_ja = \"x\"\n phone = \"call\"\n}",
	    "line 3: a phone number has digits, +, -, brackets and spaces" },
	{ "room {\n name_ja = \"x\"\n closed_from = \"12-29\"\n}",
	    "line 3: closed_from and closed_until go together" },
	{ "room {\n name_ja = \"x\"\n closed_from = \"02-30\"\n"
	  " closed_until = \"03-01\"\n}",
	    "line 3: '02-30' is not a day such as 12-29" },
	{ "room {\n name_ja = \"12345678901234567890123456789012345678901\"\n"
	  "}",
	    "line 2: name_ja is longer than 40 characters" },
	{ "room {\n name_ja = \"a\tb\"\n}",
	    "line 2: name_ja has a line break or control character" },
	{ ROOM "theme \"A\" {\n title_ja = \"x\"\n short_ja = \"x\"\n}",
	    "line 3: 'A' is not a code: 1 to 32 of a-z 0-9 _ -" },
	{ ROOM "place \"p\" {\n channel = phone\n name_ja = \"x\"\n}",
	    "line 3: the channel is in_person or online, not 'phone'" },
	{ ROOM "advisor \"v\" {\n face = career\n themes = {\"carer\"}\n"
	       " profession_ja = \"x\"\n}",
	    "line 4: unknown theme 'carer'" },
	{ OPENING(" time = \"13:00-16:10\"\n"),
	    "line 14: '13:00-16:10' is not a time such as 13:00-16:00 in "
	    "quarter hours" },
	{ OPENING(" time = \"16:00-13:00\"\n"),
	    "line 14: '16:00-13:00' is not a time such as 13:00-16:00 in "
	    "quarter hours" },
	{ OPENING(" time = \"13:00-16:00\"\n slot_minutes = 50\n"),
	    "line 15: slot_minutes and gap_minutes together must be whole "
	    "quarter hours" },
	{ OPENING(" time = \"13:00-14:00\"\n slot_minutes = 90\n"),
	    "line 15: a frame is longer than the opening" },
	{ OPENING(" time = \"13:00-16:00\"\n except = {\"2026-02-30\"}\n"),
	    "line 15: '2026-02-30' is not a day such as 2026-04-06" },
	{ ROOM THING "closure {\n from = \"2026-08-13\"\n"
		     " until = \"2026-08-12\"\n}",
	    "line 11: the closure ends before it begins" },
	{ ROOM THING "closure {\n place = \"q\"\n from = \"2026-08-13\"\n"
		     " until = \"2026-08-13\"\n}",
	    "line 10: unknown place 'q'" },
	{ ROOM "holiday \"soon\" {\n closed = yes\n}",
	    "line 3: 'soon' is not a day such as 2027-03-21" },
};

static struct desk *
desk_of(void **state)
{
	return &((struct test_desk *)*state)->desk;
}

static int64_t
instant(const char *s)
{
	int64_t at = when_parse(s);

	assert_true(at != AT_NONE);
	return at;
}

static char *
room_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = arena_get(a, 65536);

	assert_non_null(f);
	assert_true(fread(text, 1, 65535, f) > 0);
	fclose(f);
	return text;
}

static struct roomfile_result
load(struct desk *d, const char *text, bool prune)
{
	struct roomfile_result r;
	int failed = roomfile_load(d, text, prune, &r);

	if (failed)
		fail_msg("%d %s", failed, r.error);
	return r;
}

static int64_t
generation(struct desk *d)
{
	struct policy p;

	assert_int_equal(policy_get(d, &p), 1);
	return p.generation;
}

/* Frames between two days that are not closed, each printed as
 * "2026-07-01 780"; how many days they are on. */
static int
frames(struct desk *d, const char *from, const char *until, int *days)
{
	struct session_filter all = { .from_at = instant(from),
		.until_at = instant(until) };
	struct policy p;
	struct session *list;
	struct closures *closures;
	int64_t starts_at, ends_at;
	int32_t last = DAY_NONE;
	int n = session_list(d, &all, &list), count = 0;

	*days = 0;
	assert_int_equal(policy_get(d, &p), 1);
	closures = closure_between(d, &p, all.from_at, all.until_at);
	for (int i = 0; i < n; i++) {
		for (int k = 0;
		     session_frame(&list[i], k, &starts_at, &ends_at); k++) {
			int32_t day = when_day(starts_at);
			int md = when_date(day).month * 100 +
			    when_date(day).mday;
			if (closure_hits(closures, &list[i], starts_at,
				ends_at))
				continue;
			assert_null(holiday_by_law(day));
			assert_true(md > 103 && md < 1229);
			*days += day != last;
			last = day;
			count++;
		}
	}
	return count;
}

static void
test_wrong(void **state)
{
	struct desk *d = desk_of(state);
	struct policy p;
	struct theme *themes;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct roomfile_result r;
		print_message("%s\n", wrong[i].error);
		assert_int_equal(roomfile_load(d, wrong[i].text, false, &r), 1);
		assert_string_equal(r.error, wrong[i].error);
	}
	assert_int_equal(policy_get(d, &p), 0);
	assert_int_equal(theme_list(d, &themes), 0);
}

static void
test_rule_refused(void **state)
{
	struct desk *d = desk_of(state);
	struct roomfile_result r;

	assert_int_equal(
	    roomfile_load(d,
		OPENING(
		    " time = \"13:00-16:00\"\n repeat = \"FREQ=SECONDLY\"\n"),
		false, &r),
	    1);
	assert_non_null(strstr(r.error, "line 15: 'FREQ=SECONDLY': "));
	assert_int_equal(roomfile_load(d, OPENING(""), false, &r), 1);
	assert_non_null(strstr(r.error, "time"));
}

static void
test_trial(void **state)
{
	struct desk *d = desk_of(state);
	struct roomfile_result r;
	int days;

	d->now = instant("2024-06-24T09:00:00+09:00");
	r = load(d, room_file(d->arena, "etc/rooms/trial-2024.conf"), false);
	assert_int_equal(r.openings, 2);
	assert_int_equal(r.sessions, 24);
	assert_int_equal(frames(d, "2024-07-01T00:00:00+09:00",
			     "2024-10-01T00:00:00+09:00", &days),
	    60);
	assert_int_equal(days, 12);
	assert_int_equal(frames(d, "2024-08-14T00:00:00+09:00",
			     "2024-08-15T00:00:00+09:00", &days),
	    0);
}

static void
test_weekday(void **state)
{
	struct desk *d = desk_of(state);
	struct roomfile_result r;
	int days;

	d->now = instant("2026-12-20T09:00:00+09:00");
	r = load(d, room_file(d->arena, "etc/rooms/weekday.conf"), false);
	assert_int_equal(r.themes, 5);
	assert_int_equal(r.openings, 8);
	/* Weekdays 12-21..25, 28, 01-04..08, 12..15 and Saturday 01-09. */
	assert_int_equal(frames(d, "2026-12-21T00:00:00+09:00",
			     "2027-01-16T00:00:00+09:00", &days),
	    15 * 3 + 6 * 2 + 2);
	assert_int_equal(days, 16);
}

/* What a room writes makes the same room, and changes nothing in its own. */
static void
test_dump(void **state)
{
	struct desk *d = desk_of(state);
	const char *more =
	    "closure { from = \"2026-08-13\"\n until = \"2026-08-14\" }\n"
	    "closure { place = \"hall\"\n from = \"2026-09-01 13:00\"\n"
	    " until = \"2026-09-01 14:00\" }\n"
	    "closure { advisor = \"career\"\n from = \"2026-09-07\"\n"
	    " until = \"2026-09-07 24:00\" }\n"
	    "holiday \"2027-11-03\" { closed = no\n name = \"a \\\"b\\\" \\\\\" }";
	char *first, *second;
	int64_t before;

	load(d, room_file(d->arena, "etc/rooms/weekday.conf"), false);
	load(d, more, false);
	first = roomfile_dump(d);
	assert_non_null(strstr(first, "name = \"a \\\"b\\\" \\\\\""));
	assert_non_null(strstr(first, "until = \"2026-08-14\""));
	assert_non_null(strstr(first, "time = \"18:00-20:00\""));
	before = generation(d);
	assert_int_equal(load(d, first, false).sessions, 0);
	assert_string_equal(roomfile_dump(d), first);
	assert_int_equal(load(d, first, true).sessions, 0);
	second = roomfile_dump(d);
	assert_string_equal(second, first);
	assert_int_equal(generation(d), before);
}

static void
test_keeps_and_prunes(void **state)
{
	struct desk *d = desk_of(state);
	const char *two = ROOM THING
	    "theme \"b\" { title_ja = \"い\"\n title_en = \"B\"\n"
	    " short_ja = \"い\" }\n"
	    "opening \"o\" { advisor = \"v\"\n theme = \"a\"\n place = \"p\"\n"
	    " first = \"2026-07-02\"\n time = \"13:00-16:00\" }\n";
	const char *one =
	    "theme \"b\" { title_ja = \"う\"\n short_ja = \"い\" }\n";
	struct theme *themes, b;
	struct opening *openings;
	int64_t before;

	assert_int_equal(load(d, two, false).sessions, 1);
	before = generation(d);
	load(d, one, false);
	assert_int_equal(generation(d), before + 1);
	assert_int_equal(theme_list(d, &themes), 2);
	assert_string_equal(themes[1].code, "b");
	assert_int_equal(theme_by_code(d, "b", &b), 1);
	assert_string_equal(words_get(d, b.id, "title", "ja").body, "う");
	assert_string_equal(words_get(d, b.id, "title", "en").body, "B");
	assert_string_equal(words_get(d, b.id, "short", "en").lang, "ja");
	assert_int_equal(load(d, one, true).sessions, 1);
	assert_int_equal(theme_list(d, &themes), 1);
	assert_int_equal(opening_list(d, &openings), 0);
	assert_string_equal(words_get(d, b.id, "title", "en").lang, "ja");
	load(d, two, false); /* withdrawn things come back as themselves */
	assert_int_equal(theme_list(d, &themes), 2);
	assert_true(themes[0].id == b.id);
	load(d, two, true); /* the order is now the file's */
	assert_int_equal(theme_list(d, &themes), 2);
	assert_true(themes[1].id == b.id);
}

static void
test_booths(void **state)
{
	struct desk *d = desk_of(state);
	struct place p;
	struct booth *booths;
	int64_t first;

	load(d,
	    ROOM "place \"p\" { channel = online\n booths = 3\n"
		 " name_ja = \"x\" }",
	    false);
	assert_int_equal(place_by_code(d, "p", &p), 1);
	assert_string_equal(p.channel, CHANNEL_ONLINE);
	assert_int_equal(place_booths(d, p.id, &booths), 3);
	first = booths[0].id;
	load(d, "place \"p\" { channel = online\n name_ja = \"x\" }", false);
	assert_int_equal(place_booths(d, p.id, &booths), 1);
	assert_true(booths[0].id == first);
}

#define WITH_DESK(test)                                                        \
	cmocka_unit_test_setup_teardown(test, test_desk_open, test_desk_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DESK(test_wrong),
		WITH_DESK(test_rule_refused),
		WITH_DESK(test_trial),
		WITH_DESK(test_weekday),
		WITH_DESK(test_dump),
		WITH_DESK(test_keeps_and_prunes),
		WITH_DESK(test_booths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
