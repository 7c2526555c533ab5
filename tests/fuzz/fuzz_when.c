/* Days and instants: what is read prints as it was read. */
#include "base/dates.h"
#include "fuzz.h"
#include "room/roomtext.h"

#define MEAN_TIME_ENDS INT64_C(-2208988800) /* 1900 */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new();
	const char *text = fuzz_text(arena, data, len);
	int minutes, number;
	int64_t at;

	fuzz_keys();
	int32_t day = when_parse_day(text);
	if (day != DAY_NONE) {
		MUST(strcmp(when_print_day(arena, day), text) == 0);
		for (int lang = 0; lang < LANGS; lang++)
			dates_day(arena, (enum lang)lang, day);
	}
	at = when_parse(text);
	if (at != AT_NONE) {
		int64_t again = when_parse(when_print(arena, at));
		/* Local mean times had seconds, which RFC 3339 cannot say. */
		MUST(at < MEAN_TIME_ENDS ? again != AT_NONE : again == at);
	}
	if (roomtext_hours(text, &number, &minutes)) {
		MUST(minutes > 0 && number + minutes <= 24 * 60);
		MUST(strcmp(roomtext_print_hours(arena, number, minutes),
			 text) == 0);
	}
	if (roomtext_month_day(text, &number))
		MUST(
		    strcmp(roomtext_print_month_day(arena, number), text) == 0);
	for (int end = 0; end < 2; end++)
		if (roomtext_moment(text, end, &at)) {
			int64_t again;
			MUST(roomtext_moment(
			    roomtext_print_moment(arena, at, end), end,
			    &again));
			MUST(again == at);
		}
	arena_free(arena);
	return 0;
}
