/* Every kind of letter with invented facts. */
#include "mail/sample.h"

#include "base/dates.h"
#include "base/when.h"

#define HOUR_S 3600
#define AFTERNOON (14 * 60)

struct kind {
	const char *name;
	enum text kind;
};

/* In the order of a visit. */
static const struct kind hers[] = {
	{ "confirmation", T_letters_kind_confirmation },
	{ "changed", T_letters_kind_changed },
	{ "reminder", T_letters_kind_reminder },
	{ "soon", T_letters_kind_soon },
	{ "cancelled", T_letters_kind_cancelled },
	{ "called_off", T_letters_kind_called_off },
	{ "offer", T_letters_kind_offer },
};
/* In what the office speaks. */
static const struct kind advisors[] = {
	{ "come", T_letters_kind_come },
	{ "moved", T_letters_kind_moved },
	{ "gone", T_letters_kind_gone },
	{ "closed", T_letters_kind_closed },
};
static const struct kind digest[] = {
	{ "digest", T_letters_kind_digest },
};
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static int put(struct arena *, enum lang, const struct letter_page *,
    const struct kind *, size_t count, struct sample *);
static struct letter_page page_of(struct arena *, const struct config *,
    int64_t now, enum lang);
static void to_advisor(struct arena *, const struct config *, int64_t now,
    enum lang, struct letter_page *);

int
sample_list(struct arena *arena, const struct config *config, int64_t now,
    enum lang lang, struct sample **list)
{
	struct letter_page page = page_of(arena, config, now, lang);
	int count;

	*list = arena_array(arena, struct sample,
	    COUNT(hers) + COUNT(advisors) + COUNT(digest));
	count = put(arena, lang, &page, hers, COUNT(hers), *list);
	if (lang_office(lang) != lang)
		return count;
	to_advisor(arena, config, now, lang, &page);
	count += put(arena, lang, &page, advisors, COUNT(advisors),
	    *list + count);
	page.lines++; /* of one day */
	page.line_count++;
	return count +
	    put(arena, lang, &page, digest, COUNT(digest), *list + count);
}

static int
put(struct arena *arena, enum lang lang, const struct letter_page *page,
    const struct kind *kinds, size_t count, struct sample *out)
{
	for (size_t i = 0; i < count; i++) {
		out[i].kind = kinds[i].kind;
		out[i].text = letter_print(arena, kinds[i].name, lang, page,
		    &out[i].subject);
	}
	return (int)count;
}

static struct letter_page
page_of(struct arena *arena, const struct config *config, int64_t now,
    enum lang lang)
{
	int32_t day = when_day(now) + 7;
	int64_t starts_at = when_at(day, AFTERNOON);

	return (struct letter_page) {
		.name = text_of(lang, T_letters_sample_name),
		.day = dates_day(arena, lang, day),
		.time = dates_span(arena, lang, starts_at, starts_at + HOUR_S),
		.channel = text_of(lang, T_letter_in_person),
		.code = "0000-0000",
		.manage_url = arena_print(arena, "%s/manage/...",
		    config->public_url),
		.slots_url = arena_print(arena, "%s/slots", config->public_url),
		.offer_url = arena_print(arena, "%s/offers/...",
		    config->public_url),
		.until = arena_print(arena, "%s %s",
		    dates_day(arena, lang, when_day(now)),
		    dates_clock(arena, now + 2 * HOUR_S)),
	};
}

/* An hour of a closure, then two of a day, the second free. */
static void
to_advisor(struct arena *arena, const struct config *config, int64_t now,
    enum lang lang, struct letter_page *page)
{
	int32_t day = when_day(now) + 7;
	int64_t next_at = when_at(day, AFTERNOON) + HOUR_S;
	struct letter_line *lines = arena_array(arena, struct letter_line, 3);

	page->code = "0000";
	page->staff_url = arena_print(arena, "%s/staff/day?date=%s",
	    config->public_url, when_print_day(arena, day));
	page->tidings_url = arena_print(arena, "%s/staff/tidings",
	    config->public_url);
	lines[0] = (struct letter_line) { arena_print(arena, "%s %s", page->day,
					      page->time),
		page->channel, "0000" };
	lines[1] = (struct letter_line) { page->time, page->channel, "0000" };
	lines[2] = (struct letter_line) { dates_span(arena, lang, next_at,
					      next_at + HOUR_S),
		page->channel, "" };
	page->lines = lines;
	page->line_count = 1;
}
