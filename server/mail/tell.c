/* Letters to advisors. */
#include "mail/tell.h"

#include <string.h>

#include "base/dates.h"
#include "room/notice.h"
#include "room/place.h"

static int tell_booking(struct desk *, const struct outbox *, enum lang,
    struct letter_page *);
static int tell_lines(struct desk *, const struct outbox *, enum lang,
    struct letter_page *);
static struct letter_line line_of(struct arena *, const struct outbox *,
    enum lang, const struct notice_line *);
static const char *channel_text(enum lang, const char *channel);
static const char *tail_of(const char *code);

int
tell_page(struct desk *d, const struct config *config, const struct outbox *row,
    enum lang lang, struct letter_page *page)
{
	bool one = row->booking != 0;
	int32_t day = when_day(one ? row->not_after : row->due_at);

	*page = (struct letter_page) {
		.tidings_url = arena_print(d->arena, "%s/staff/tidings",
		    config->public_url),
	};
	if ((one ? tell_booking(d, row, lang, page)
		 : tell_lines(d, row, lang, page)) < 0)
		return -1;
	page->day = dates_day(d->arena, lang, day);
	page->staff_url = arena_print(d->arena, "%s/staff/day?date=%s",
	    config->public_url, when_print_day(d->arena, day));
	return 0;
}

/* What is gone may stand elsewhere by now: its row knows when it began. */
static int
tell_booking(struct desk *d, const struct outbox *row, enum lang lang,
    struct letter_page *page)
{
	struct booking b;

	if (booking_by_id(d, row->booking, &b) != 1)
		return -1;
	page->code = tail_of(b.code);
	page->time = dates_clock(d->arena, row->not_after);
	page->channel = "";
	if (b.advisor != row->owner || b.starts_at != row->not_after)
		return 0;
	page->time = dates_span(d->arena, lang, b.starts_at, b.ends_at);
	page->channel = channel_text(lang, b.channel);
	return 0;
}

static int
tell_lines(struct desk *d, const struct outbox *row, enum lang lang,
    struct letter_page *page)
{
	struct notice_line *lines;
	struct letter_line *said;
	int count = notice_lines(d, row, &lines);

	if (count < 0)
		return -1;
	said = arena_array(d->arena, struct letter_line, (size_t)count + 1);
	for (int i = 0; i < count; i++)
		said[i] = line_of(d->arena, row, lang, &lines[i]);
	page->lines = said;
	page->line_count = count;
	return 0;
}

/* A digest is about one day, a closure may last for several. */
static struct letter_line
line_of(struct arena *arena, const struct outbox *row, enum lang lang,
    const struct notice_line *line)
{
	const char *time = dates_span(arena, lang, line->starts_at,
	    line->ends_at);

	if (strcmp(row->kind, NOTICE_CLOSED) == 0)
		time = arena_print(arena, "%s %s",
		    dates_day(arena, lang, when_day(line->starts_at)), time);
	return (struct letter_line) {
		.time = time,
		.channel = channel_text(lang, line->channel),
		.code = line->code[0] == '\0' ? "" : tail_of(line->code),
	};
}

static const char *
channel_text(enum lang lang, const char *channel)
{
	bool online = strcmp(channel, CHANNEL_ONLINE) == 0;

	return text_of(lang, online ? T_letter_online : T_letter_in_person);
}

static const char *
tail_of(const char *code)
{
	return code + 4;
}
