/* Letters as rows: written with their cause, taken when due. */
#include "room/outbox.h"

#include <inttypes.h>
#include <string.h>

#include "room/notice.h"
#include "room/offer.h"
#include "room/policy.h"
#include "room/throttle.h"
#include "room/unreachable.h"

#define REMINDER_MINUTE (18 * 60) /* of the day before */
#define SOON_S HOUR_S /* before the start */
#define SOON_LEAST_S (HOUR_S / 2) /* after the letter before */
#define CANCELLED_KEEPS_S (2 * DAY_S) /* later it is of no use to her */
#define WAIT_FIRST_S 300
#define GIVE_UP_S (48 * 3600)
#define LATE_KEEPS_S (2 * DAY_S)
#define ALARM "alarm" /* letters fail */
#define ATTENTION "attention" /* bookings have lost their hours */
#define ALARM_EVERY_S 3600
#define AGAIN_MOST 2 /* times an hour that she may ask for it once more */

static const struct db_field outbox_row[] = {
	DB_FIELD(struct outbox, id),
	DB_FIELD(struct outbox, booking),
	DB_FIELD(struct outbox, owner),
	DB_FIELD(struct outbox, kind),
	DB_FIELD(struct outbox, sequence),
	DB_FIELD(struct outbox, state),
	DB_FIELD(struct outbox, due_at),
	DB_FIELD(struct outbox, not_after),
	DB_FIELD(struct outbox, next_at),
	DB_FIELD(struct outbox, attempts),
	DB_FIELD(struct outbox, message_id),
	DB_FIELD(struct outbox, letter),
	DB_FIELD(struct outbox, created_at),
	DB_END,
};

static int next(struct desk *, struct outbox *, bool ahead);
static bool comes_once(const struct outbox *);
static int put_alarm(struct desk *, const char *kind);
static int end_if_vain(struct desk *, const struct outbox *);
static int remind(struct desk *, const struct booking *, bool soon);
static int add_for(struct desk *, const struct booking *, const char *kind,
    int64_t due_at, int64_t not_after);
static char *new_message_id(struct desk *);

int
outbox_for(struct desk *d, const struct booking *b,
    const struct booking *before, const char *kind)
{
	struct contact contact;
	bool cancelled = strcmp(kind, "cancelled") == 0;

	if (db_do(d->db, outbox_stale_of, .booking = b->id) < 0 ||
	    notice_tell(d, b, before) < 0 ||
	    booking_contact(d, b, &contact) < 0)
		return -1;
	if (contact.mail[0] == '\0')
		return 0;
	if (add_for(d, b, kind, d->now,
		cancelled ? d->now + CANCELLED_KEEPS_S : b->starts_at) < 0)
		return -1;
	return cancelled ? 0 : remind(d, b, contact.soon);
}

int
outbox_put(struct desk *d, const struct outbox *row)
{
	return db_must(d->db, outbox_add, .id = seal_id(),
	    .booking = row->booking, .owner = row->owner, .kind = row->kind,
	    .sequence = row->sequence, .due_at = row->due_at,
	    .not_after = row->not_after, .message_id = new_message_id(d),
	    .now = d->now);
}

int
outbox_put_once(struct desk *d, const struct outbox *row)
{
	return db_must(d->db, outbox_add_once, .id = seal_id(),
	    .owner = row->owner, .kind = row->kind, .sequence = row->sequence,
	    .due_at = row->due_at, .not_after = row->not_after,
	    .message_id = new_message_id(d), .now = d->now);
}

int
outbox_once_more(struct desk *d, const struct booking *b)
{
	const char *key = arena_print(d->arena, "letter:%" PRId64, b->id);
	int again = db_do(d->db, outbox_once_more, .booking = b->id,
	    .sequence = b->sequence, .now = d->now);

	if (again < 1)
		return again;
	if (unreachable_lift_booking(d, b->id) < 0)
		return -1;
	return throttle_try(d, key, AGAIN_MOST);
}

int
outbox_offer(struct desk *d, int64_t offer, int64_t not_after)
{
	return outbox_put(d,
	    &(struct outbox) {
		.owner = offer,
		.kind = "offer",
		.due_at = d->now,
		.not_after = not_after,
	    });
}

int
outbox_alarm(struct desk *d, const struct outbox *failed)
{
	return outbox_is_alarm(failed) ? 0 : put_alarm(d, ALARM);
}

int
outbox_alarm_bookings(struct desk *d)
{
	int64_t untold;

	if (db_value(d->db, &untold, outbox_untold, .now = d->now,
		.owner = ROOM_ID, .kind = ATTENTION) != 1)
		return -1;
	return untold ? put_alarm(d, ATTENTION) : 0;
}

bool
outbox_is_alarm(const struct outbox *row)
{
	return strcmp(row->kind, ALARM) == 0 ||
	    strcmp(row->kind, ATTENTION) == 0;
}

int64_t
outbox_wait_s(int attempts)
{
	int64_t wait_s = WAIT_FIRST_S, total_s = WAIT_FIRST_S;

	for (int i = 1; i < attempts && total_s <= GIVE_UP_S; i++) {
		wait_s = 2 * wait_s < OUTBOX_WAIT_MOST_S ? 2 * wait_s
							 : OUTBOX_WAIT_MOST_S;
		total_s += wait_s;
	}
	return total_s <= GIVE_UP_S ? wait_s : AT_NONE;
}

int
outbox_take(struct desk *d, struct outbox *row)
{
	return next(d, row, false);
}

int
outbox_take_ahead(struct desk *d, struct outbox *row)
{
	return next(d, row, true);
}

int
outbox_may_leave(struct desk *d, struct outbox *row)
{
	const char *status;
	int vain;
	int may = db_one(d->db, d->arena, outbox_row, row, outbox_leaving,
	    .id = row->id);

	if (may == 1)
		may = outbox_stands(d, row);
	if (may != 1)
		return may;
	vain = unreachable_letter(d, row->id, &status);
	return vain < 0 ? -1 : !vain;
}

int
outbox_by_id(struct desk *d, int64_t id, struct outbox *row)
{
	return db_one(d->db, d->arena, outbox_row, row, outbox_by_id, .id = id);
}

int
outbox_stands(struct desk *d, const struct outbox *row)
{
	struct booking b;
	struct offer o;
	bool cancelled = strcmp(row->kind, "cancelled") == 0;
	int found;

	if (outbox_is_alarm(row))
		return d->now <= row->not_after;
	if (notice_is(row))
		return notice_stands(d, row);
	if (strcmp(row->kind, "offer") == 0) {
		found = offer_get(d, row->owner, &o);
		return found == 1 ? offer_stands(d, &o) : found;
	}
	found = booking_by_id(d, row->booking, &b);
	if (found != 1)
		return found;
	return d->now <= row->not_after && b.sequence == row->sequence &&
	    b.forgotten_at == 0 &&
	    strcmp(b.state, cancelled ? "cancelled" : "confirmed") == 0;
}

const char *
outbox_first_of(struct desk *d, const struct outbox *row)
{
	struct outbox first;

	if (db_one(d->db, d->arena, outbox_row, &first, outbox_first_of,
		.booking = row->booking) != 1 ||
	    first.id == row->id)
		return NULL;
	return first.message_id;
}

int
outbox_keep(struct desk *d, const struct outbox *row, struct bytes letter)
{
	struct bytes box = seal_box(d->keys, d->arena, "outbox", row->id,
	    "letter", letter);

	return db_do(d->db, outbox_keep, .id = row->id, .letter = box) < 0 ? -1
									   : 0;
}

int
outbox_open(struct desk *d, const struct outbox *row, struct bytes *letter)
{
	*letter = (struct bytes) { NULL, 0 };
	if (row->letter.data == NULL)
		return 0;
	return seal_open(d->keys, d->arena, "outbox", row->id, "letter",
	    row->letter, letter);
}

int
outbox_sent(struct desk *d, int64_t id)
{
	return db_do(d->db, outbox_end, .id = id, .state = "sent") < 0 ? -1 : 0;
}

int
outbox_later(struct desk *d, int64_t id, int64_t next_at, const char *error)
{
	int marked = next_at == AT_NONE
	    ? db_do(d->db, outbox_dead, .id = id, .error = error)
	    : db_do(d->db, outbox_later, .id = id, .next_at = next_at,
		  .error = error);

	return marked < 0 ? -1 : 0;
}

int
outbox_failed(struct desk *d, const struct outbox *row, const char *status)
{
	if (strcmp(row->kind, "offer") == 0 && offer_unread(d, row->owner) < 0)
		return -1;
	return unreachable_note(d, row->id, status);
}

int
outbox_back(struct desk *d, int64_t id, int64_t next_at, const char *error)
{
	int back = db_do(d->db, outbox_back, .id = id, .next_at = next_at,
	    .error = error);

	return back < 0 ? -1 : 0;
}

int
outbox_bounced(struct desk *d, const char *message_id, const char *status,
    struct outbox *row)
{
	const char *error = arena_print(d->arena, "bounced %s", status);
	int changed = db_do(d->db, outbox_bounced, .message_id = message_id,
	    .error = error);

	if (changed <= 0)
		return changed;
	if (db_one(d->db, d->arena, outbox_row, row, outbox_by_message,
		.message_id = message_id) != 1)
		return -1;
	return outbox_failed(d, row, status) < 0 ? -1 : 1;
}

int
outbox_recover(struct desk *d)
{
	int ended = db_do(d->db, outbox_end_reminders);
	int due = ended < 0 ? -1 : db_do(d->db, outbox_recover);

	return due < 0 ? -1 : ended + due;
}

int
outbox_rewind(struct desk *d)
{
	return db_do(d->db, outbox_rewind, .now = d->now,
	    .most = OUTBOX_WAIT_MOST_S);
}

int
outbox_purge(struct desk *d)
{
	return db_do(d->db, outbox_purge, .before = d->now - LATE_KEEPS_S);
}

int
outbox_next(struct desk *d, int64_t *at)
{
	int found = db_value(d->db, at, outbox_next, .now = d->now);

	if (found == 0)
		*at = AT_NONE;
	return found < 0 ? -1 : 0;
}

static int
next(struct desk *d, struct outbox *row, bool ahead)
{
	for (;;) {
		int found = db_one(d->db, d->arena, outbox_row, row, outbox_due,
		    .now = d->now);

		if (found != 1)
			return found;
		found = end_if_vain(d, row);
		if (found < 0)
			return -1;
		if (found == 0 && ahead && comes_once(row))
			return 0;
		if (found == 0) {
			row->attempts++;
			return db_do(d->db, outbox_sending, .id = row->id);
		}
	}
}

/* As outbox_end_reminders() has it. */
static bool
comes_once(const struct outbox *row)
{
	return strcmp(row->kind, "reminder") == 0 ||
	    strcmp(row->kind, "soon") == 0;
}

/* Untrue by now, or to an address at which it would reach nobody: ends it.  1,
 * 0 it may leave, -1. */
static int
end_if_vain(struct desk *d, const struct outbox *row)
{
	const char *status;
	int vain, stands = outbox_stands(d, row);

	if (stands < 0)
		return -1;
	if (stands == 0)
		return db_do(d->db, outbox_end, .id = row->id,
		    .state = "stale");
	vain = unreachable_letter(d, row->id, &status);
	if (vain != 1)
		return vain;
	if (outbox_failed(d, row, status) < 0)
		return -1;
	return db_do(d->db, outbox_dead, .id = row->id,
	    .error = arena_print(d->arena, "unreachable %s", status));
}

/* In the evening and, if she wished so, an hour before.  In the last quarter
 * she is on her way or will not come: nothing is left to remind her of.  Who
 * has just booked needs no reminder either. */
static int
remind(struct desk *d, const struct booking *b, bool soon)
{
	int64_t evening_at = when_at(when_day(b->starts_at) - 1,
	    REMINDER_MINUTE);
	int64_t soon_at = b->starts_at - SOON_S;

	if (evening_at > d->now &&
	    add_for(d, b, "reminder", evening_at, b->starts_at) < 0)
		return -1;
	if (!soon || soon_at < d->now + SOON_LEAST_S)
		return 0;
	return add_for(d, b, "soon", soon_at, b->starts_at - QUARTER_S);
}

static int
put_alarm(struct desk *d, const char *kind)
{
	return outbox_put_once(d,
	    &(struct outbox) {
		.owner = ROOM_ID,
		.kind = kind,
		.sequence = d->now / ALARM_EVERY_S,
		.due_at = d->now,
		.not_after = d->now + DAY_S,
	    });
}

static int
add_for(struct desk *d, const struct booking *b, const char *kind,
    int64_t due_at, int64_t not_after)
{
	return outbox_put(d,
	    &(struct outbox) {
		.booking = b->id,
		.kind = kind,
		.sequence = b->sequence,
		.due_at = due_at,
		.not_after = not_after,
	    });
}

static char *
new_message_id(struct desk *d)
{
	return arena_print(d->arena, "%016" PRIx64 "%016" PRIx64, seal_id(),
	    seal_id());
}
