/* Every kind of letter with invented facts. */
#include "mail/sample.h"

#include "base/dates.h"
#include "base/when.h"

#define HOUR_S 3600
#define AFTERNOON (14 * 60)

/* In the order of a visit. */
static const struct {
	const char *name;
	enum text kind;
} samples[] = {
	{ "confirmation", T_letters_kind_confirmation },
	{ "changed", T_letters_kind_changed },
	{ "reminder", T_letters_kind_reminder },
	{ "soon", T_letters_kind_soon },
	{ "cancelled", T_letters_kind_cancelled },
	{ "called_off", T_letters_kind_called_off },
	{ "offer", T_letters_kind_offer },
};

static struct letter_page page_of(struct arena *, const struct config *,
    int64_t now, enum lang);

int
sample_list(struct arena *arena, const struct config *config, int64_t now,
    enum lang lang, struct sample **list)
{
	int count = (int)(sizeof(samples) / sizeof(samples[0]));
	struct letter_page page = page_of(arena, config, now, lang);

	*list = arena_array(arena, struct sample, (size_t)count);
	for (int i = 0; i < count; i++) {
		struct sample *s = &(*list)[i];

		s->kind = samples[i].kind;
		s->text = letter_print(arena, samples[i].name, lang, &page,
		    &s->subject);
	}
	return count;
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
