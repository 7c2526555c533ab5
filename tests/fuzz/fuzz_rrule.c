/* Recurrence rules: what is taken can be expanded, and soon ends. */
#include "base/ical.h"
#include "base/rrule.h"
#include "fuzz.h"

#define FIRST_DAY 20635 /* 2026-07-01 */
#define DAYS 100

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new();
	struct ical_rule rule = {
		.first_day = FIRST_DAY,
		.start_minute = 13 * 60,
		.rrule = fuzz_text(arena, data, len),
		.rdates = "",
		.exdates = "",
	};
	const char *why = NULL;
	int32_t until_day, *days;

	fuzz_keys();
	bool good = rrule_check(rule.rrule, rule.start_minute, &until_day,
	    &why);
	MUST(good || why != NULL);
	if (good && ical_rule_check(&rule, &why) == 0) {
		int count = ical_expand(arena, &rule, FIRST_DAY,
		    FIRST_DAY + DAYS, &days);
		MUST(count >= 0 && count <= DAYS + 1);
		for (int i = 0; i < count; i++) {
			MUST(days[i] >= FIRST_DAY &&
			    days[i] <= FIRST_DAY + DAYS);
			MUST(i == 0 || days[i - 1] < days[i]);
			MUST(until_day == DAY_NONE || days[i] <= until_day);
		}
	}
	arena_free(arena);
	return 0;
}
