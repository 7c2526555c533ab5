/* Letters to advisors, as rows. */
#include "room/notice.h"

#include <stdlib.h>
#include <string.h>

#define MORNING_MINUTE (7 * 60)
#define CLOSED_KEEPS_S (2 * DAY_S) /* as the cancellations themselves */

static const char *const kinds[] = { "come", "moved", NOTICE_GONE,
	NOTICE_CLOSED, NOTICE_DIGEST };

/* Whose digest is to be written. */
struct unwritten {
	int64_t advisor, session_at, booking_at;
};

static const struct db_field unwritten_row[] = {
	DB_FIELD(struct unwritten, advisor),
	DB_FIELD(struct unwritten, session_at),
	DB_FIELD(struct unwritten, booking_at),
	DB_END,
};

static const struct db_field line_row[] = {
	DB_FIELD(struct notice_line, starts_at),
	DB_FIELD(struct notice_line, ends_at),
	DB_FIELD(struct notice_line, channel),
	DB_FIELD(struct notice_line, code),
	DB_END,
};

static int tell(struct desk *, const struct booking *, const char *kind,
    int64_t advisor, int64_t starts_at);
static int tell_closed(struct desk *, const struct booking *);
static int wants(struct desk *, int64_t advisor, bool digest);
static bool is_kind(const struct outbox *, const char *kind);
static int booking_stands(struct desk *, const struct outbox *);
static int lines_of_day(struct desk *, int64_t advisor, int32_t day,
    struct notice_line **);
static int by_start(const void *, const void *);

bool
notice_is(const struct outbox *row)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (is_kind(row, kinds[i]))
			return true;
	return false;
}

int
notice_tell(struct desk *d, const struct booking *b,
    const struct booking *before)
{
	bool stands = strcmp(b->state, "confirmed") == 0;
	bool same = before != NULL && before->advisor == b->advisor;

	if (!stands)
		return b->closure != 0
		    ? tell_closed(d, b)
		    : tell(d, b, NOTICE_GONE, b->advisor, b->starts_at);
	if (before != NULL && !same &&
	    tell(d, b, NOTICE_GONE, before->advisor, before->starts_at) < 0)
		return -1;
	return tell(d, b, same ? "moved" : "come", b->advisor, b->starts_at);
}

int
notice_daily(struct desk *d)
{
	int32_t day = when_day(d->now);
	struct unwritten *list;
	int count = db_all(d->db, d->arena, unwritten_row, &list,
	    tidings_unwritten, .day = day, .from_at = when_at(day, 0),
	    .until_at = when_at(day + 1, 0));

	for (int i = 0; i < count; i++) {
		const struct unwritten *u = &list[i];
		struct outbox row = {
			.owner = u->advisor,
			.kind = NOTICE_DIGEST,
			.sequence = day,
			.due_at = when_at(day, MORNING_MINUTE),
			.not_after = u->session_at > u->booking_at
			    ? u->session_at
			    : u->booking_at,
		};

		if (row.not_after > d->now && outbox_put_once(d, &row) < 0)
			return -1;
	}
	return count < 0 ? -1 : 0;
}

int
notice_stands(struct desk *d, const struct outbox *row)
{
	bool digest = is_kind(row, NOTICE_DIGEST);
	int wanted = wants(d, row->owner, digest), count;
	struct notice_line *lines;

	if (d->now > row->not_after || wanted != 1)
		return wanted < 0 ? -1 : 0;
	if (row->booking != 0)
		return booking_stands(d, row);
	count = notice_lines(d, row, &lines);
	return count < 0 ? -1 : count > 0;
}

int
notice_lines(struct desk *d, const struct outbox *row,
    struct notice_line **lines)
{
	*lines = NULL;
	if (is_kind(row, NOTICE_DIGEST))
		return lines_of_day(d, row->owner, (int32_t)row->sequence,
		    lines);
	if (!is_kind(row, NOTICE_CLOSED))
		return 0;
	return db_all(d->db, d->arena, line_row, lines, tidings_closed,
	    .closure = row->sequence, .advisor = row->owner);
}

/* The frame itself is the deadline: not_after is its start, also when the
 * booking has another by now. */
static int
tell(struct desk *d, const struct booking *b, const char *kind, int64_t advisor,
    int64_t starts_at)
{
	int wanted = starts_at > d->now ? wants(d, advisor, false) : 0;

	if (wanted != 1)
		return wanted;
	return outbox_put(d,
	    &(struct outbox) {
		.booking = b->id,
		.owner = advisor,
		.kind = kind,
		.sequence = b->sequence,
		.due_at = d->now,
		.not_after = starts_at,
	    });
}

/* A day of snow may hit twenty of hers: they are one letter, which lists what
 * the closure has cancelled when it leaves. */
static int
tell_closed(struct desk *d, const struct booking *b)
{
	int wanted = wants(d, b->advisor, false);

	if (wanted != 1)
		return wanted;
	return outbox_put_once(d,
	    &(struct outbox) {
		.owner = b->advisor,
		.kind = NOTICE_CLOSED,
		.sequence = b->closure,
		.due_at = d->now,
		.not_after = d->now + CLOSED_KEEPS_S,
	    });
}

/* 1, 0 or -1. */
static int
wants(struct desk *d, int64_t advisor, bool digest)
{
	struct tidings t;
	int found = tidings_of(d, advisor, &t);

	return found != 1 ? found : digest ? t.digest : t.notices;
}

static bool
is_kind(const struct outbox *row, const char *kind)
{
	return strcmp(row->kind, kind) == 0;
}

/* That it is gone stays true whatever has happened to it since, unless it has
 * come back to her. */
static int
booking_stands(struct desk *d, const struct outbox *row)
{
	struct booking b;
	int found = booking_by_id(d, row->booking, &b);
	bool hers;

	if (found != 1)
		return found;
	hers = strcmp(b.state, "confirmed") == 0 && b.advisor == row->owner;
	return is_kind(row, NOTICE_GONE) ? !hers
					 : hers && b.sequence == row->sequence;
}

static int
lines_of_day(struct desk *d, int64_t advisor, int32_t day,
    struct notice_line **lines)
{
	struct slot_filter filter = {
		.from_at = when_at(day, 0),
		.until_at = when_at(day + 1, 0),
	};
	struct policy policy;
	struct booking *bookings;
	struct slot *slots;
	int booked = booking_between(d, advisor, filter.from_at,
	    filter.until_at, false, &bookings);
	int frames = policy_get(d, &policy) == 1
	    ? slot_list(d, &policy, &filter, &slots)
	    : -1;
	int count = 0;

	if (booked < 0 || frames < 0)
		return -1;
	*lines = arena_array(d->arena, struct notice_line,
	    (size_t)(booked + frames + 1));
	for (int i = 0; i < booked; i++)
		(*lines)[count++] = (struct notice_line) {
			bookings[i].starts_at, bookings[i].ends_at,
			bookings[i].channel, bookings[i].code
		};
	for (int i = 0; i < frames; i++)
		if (slots[i].session.advisor == advisor)
			(*lines)[count++] = (struct notice_line) {
				slots[i].starts_at, slots[i].ends_at,
				slots[i].session.channel, ""
			};
	qsort(*lines, (size_t)count, sizeof(**lines), by_start);
	return count;
}

static int
by_start(const void *left, const void *right)
{
	const struct notice_line *a = left, *b = right;

	return a->starts_at < b->starts_at ? -1 : a->starts_at > b->starts_at;
}
