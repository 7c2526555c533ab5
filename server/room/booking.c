/*
 * What happens to bookings.  Each function is one step inside the writer's
 * transaction: look again at the slot, claim, write the row, its letters
 * and the audit.  Reading bookings is in booking_read.c.
 */
#include "room/booking.h"

#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "room/audit.h"
#include "room/booking_row.h"
#include "room/claim.h"
#include "room/outbox.h"
#include "room/unreachable.h"

/* A hold that ran out can still be finished while its frame is free; after
 * this long what she typed is removed. */
#define LAPSED_KEPT_S 3600
#define CODE_TRIES 8

static enum booked take(struct desk *, const char *slot_id, bool held,
    struct booking_row *, struct booking *);
static struct bytes note_seal(struct desk *, int64_t id, const char *note);
static enum booked slot_for(struct desk *, const char *id, int64_t holder,
    struct policy *, struct slot *);
static enum booked booked_of_slot(enum slot_state);
static enum booked booked_of_claim(enum claim_result);
static enum booked changed(int rows);
static enum booked reread(struct desk *, int64_t id, struct booking *);
static enum booked reclaim(struct desk *, const struct booking *,
    int64_t *booth);

enum booked
booking_hold(struct desk *d, const char *slot_id, int64_t old, const char *lang,
    struct booking *b)
{
	const struct contact nobody = {
		.name = "",
		.mail = "",
		.note = "",
		.lang = lang,
		.entry = "web",
	};
	struct booking_row row = { .id = seal_id(), .contact = &nobody };
	enum booked result = old == 0 ? BOOKED : booking_let_go(d, old);

	return result == BOOKED ? take(d, slot_id, true, &row, b) : result;
}

int64_t
booking_hold_end(const struct policy *policy, int64_t from_at,
    int64_t starts_at)
{
	int64_t until = from_at + policy->hold_minutes * 60;
	int64_t latest = starts_at - policy->notice_minutes * 60;

	return until < latest ? until : latest;
}

enum booked
booking_extend(struct desk *d, int64_t id, struct booking *b)
{
	struct policy policy;
	enum booked result = reread(d, id, b);
	int64_t until;

	if (result != BOOKED)
		return result;
	if (strcmp(b->state, "held") != 0 || b->extended)
		return BOOKED_STATE;
	if (b->held_until <= d->now)
		return BOOKED_LAPSED;
	if (policy_get(d, &policy) != 1)
		return BOOKED_FAULT;
	until = booking_hold_end(&policy, b->held_until, b->starts_at);
	if (claim_keep(d, id, until) < 0)
		return BOOKED_FAULT;
	result = changed(db_do(d->db, booking_extend, .id = id,
	    .version = b->version, .held_until = until));
	return result == BOOKED ? reread(d, id, b) : result;
}

enum booked
booking_let_go(struct desk *d, int64_t id)
{
	int gone = db_do(d->db, booking_let_go, .id = id);

	if (gone < 0)
		return BOOKED_FAULT;
	if (gone > 0 && claim_release(d, id) < 0)
		return BOOKED_FAULT;
	return BOOKED;
}

enum booked
booking_write(struct desk *d, int64_t id, const struct contact *contact)
{
	struct booking b;
	enum booked result = reread(d, id, &b);

	if (result != BOOKED)
		return result;
	if (strcmp(b.state, "held") != 0)
		return BOOKED_STATE;
	return changed(
	    db_do(d->db, booking_write, .id = id, .version = b.version,
		.contact = contact_seal(d, "booking", id, contact),
		.note = note_seal(d, id, contact->note),
		.mail_index = contact_mail_index(d, contact->mail),
		.lang = contact->lang, .entry = contact->entry));
}

enum booked
booking_note(struct desk *d, int64_t id, const char *note)
{
	struct booking b;
	enum booked result = reread(d, id, &b);

	if (result != BOOKED)
		return result;
	if (strcmp(b.state, "confirmed") != 0)
		return BOOKED_STATE;
	if (b.starts_at <= d->now)
		return BOOKED_PAST;
	return changed(db_do(d->db, booking_note, .id = id,
	    .version = b.version, .note = note_seal(d, id, note)));
}

enum booked
booking_confirm(struct desk *d, int64_t id, struct booking *b)
{
	enum booked result = reread(d, id, b);
	int64_t booth;

	if (result == BOOKED_UNKNOWN)
		return BOOKED_LAPSED;
	if (result != BOOKED)
		return result;
	if (strcmp(b->state, "confirmed") == 0)
		return BOOKED; /* the second click */
	if (strcmp(b->state, "held") != 0)
		return BOOKED_STATE;
	result = reclaim(d, b, &booth);
	if (result != BOOKED)
		return result;
	result = changed(db_do(d->db, booking_confirm, .id = id,
	    .version = b->version, .booth = booth, .now = d->now));
	if (result == BOOKED)
		result = reread(d, id, b);
	/* The address was typed just now: it may be in order again. */
	if (result == BOOKED &&
	    (unreachable_lift_booking(d, id) < 0 ||
		outbox_for(d, b, NULL, "confirmation") < 0))
		return BOOKED_FAULT;
	return result;
}

enum booked
booking_make(struct desk *d, const char *slot, const struct contact *contact,
    struct booking *b)
{
	if (unreachable_lift_index(d, contact_mail_index(d, contact->mail)) < 0)
		return BOOKED_FAULT;
	return booking_make_known(d, slot, contact, seal_id(), NULL, b);
}

enum booked
booking_make_known(struct desk *d, const char *slot,
    const struct contact *contact, int64_t id, const char *code,
    struct booking *b)
{
	struct booking_row row = {
		.id = id,
		.code = code,
		.contact = contact,
	};
	enum booked result = take(d, slot, false, &row, b);

	if (result == BOOKED && outbox_for(d, b, NULL, "confirmation") < 0)
		return BOOKED_FAULT;
	return result;
}

enum booked
booking_move(struct desk *d, int64_t id, const char *slot_id, struct booking *b)
{
	struct policy policy;
	struct slot slot;
	struct booking before;
	enum booked result = reread(d, id, b);
	int64_t booth = 0;

	if (result != BOOKED)
		return result;
	before = *b;
	if (strcmp(b->state, "confirmed") != 0)
		return BOOKED_STATE;
	if (d->now >= b->starts_at)
		return BOOKED_PAST;
	result = slot_for(d, slot_id, id, &policy, &slot);
	if (result != BOOKED)
		return result;
	if (slot.session.id == b->session && slot.starts_at == b->starts_at)
		return BOOKED_SAME;
	if (claim_release(d, id) < 0)
		return BOOKED_FAULT;
	result = booked_of_claim(claim_slot(d, &slot, id, 0, &booth));
	if (result != BOOKED)
		return result;
	result = changed(
	    db_do(d->db, booking_move, .id = id, .version = b->version,
		.session = slot.session.id, .advisor = slot.session.advisor,
		.theme = slot.session.theme, .place = slot.session.place,
		.booth = booth, .channel = slot.session.channel,
		.starts_at = slot.starts_at, .ends_at = slot.ends_at,
		.day = when_day(slot.starts_at), .now = d->now));
	if (result == BOOKED)
		result = reread(d, id, b);
	if (result == BOOKED && outbox_for(d, b, &before, "changed") < 0)
		return BOOKED_FAULT;
	return result;
}

enum booked
booking_cancel(struct desk *d, int64_t id, const char *by, struct booking *b)
{
	bool guest = strcmp(by, "guest") == 0;
	enum booked result = reread(d, id, b);

	if (result != BOOKED)
		return result;
	if (strcmp(b->state, "confirmed") != 0)
		return BOOKED_STATE;
	if (d->now >= (guest ? b->starts_at : b->ends_at))
		return BOOKED_PAST;
	if (claim_release(d, id) < 0)
		return BOOKED_FAULT;
	result = changed(db_do(d->db, booking_cancel, .id = id,
	    .version = b->version, .by = by, .now = d->now));
	if (result == BOOKED)
		result = reread(d, id, b);
	if (result == BOOKED &&
	    (outbox_for(d, b, NULL, "cancelled") < 0 ||
		(!guest && audit_write(d, "cancel", id) < 0)))
		return BOOKED_FAULT;
	return result;
}

bool
outcome_known(const char *outcome)
{
	return strcmp(outcome, "attended") == 0 ||
	    strcmp(outcome, "no_show") == 0 ||
	    strcmp(outcome, "confirmed") == 0;
}

enum booked
booking_outcome(struct desk *d, int64_t id, const char *outcome,
    struct booking *b)
{
	bool taken_back = strcmp(outcome, "confirmed") == 0;
	enum booked result = reread(d, id, b);

	if (result != BOOKED)
		return result;
	if (strcmp(b->state, "held") == 0 || strcmp(b->state, "cancelled") == 0)
		return BOOKED_STATE;
	if (d->now < b->starts_at)
		return BOOKED_EARLY;
	if (strcmp(b->state, outcome) == 0)
		return BOOKED; /* the second click */
	result = changed(
	    db_do(d->db, booking_outcome, .id = id, .version = b->version,
		.state = outcome, .outcome_at = taken_back ? 0 : d->now));
	if (result == BOOKED)
		result = reread(d, id, b);
	if (result == BOOKED && audit_write(d, "outcome", id) < 0)
		return BOOKED_FAULT;
	return result;
}

int
booking_sweep(struct desk *d)
{
	int claims = db_do(d->db, booking_lapsed_claims, .now = d->now);

	if (claims < 0)
		return -1;
	return db_do(d->db, booking_sweep, .before = d->now - LAPSED_KEPT_S);
}

/* Claims a slot, for a while or for good, and writes whose it is. */
static enum booked
take(struct desk *d, const char *slot_id, bool held, struct booking_row *row,
    struct booking *b)
{
	struct policy policy;
	struct slot slot;
	enum booked result = slot_for(d, slot_id, 0, &policy, &slot);

	if (result != BOOKED)
		return result;
	if (held)
		row->held_until = booking_hold_end(&policy, d->now,
		    slot.starts_at);
	result = booked_of_claim(
	    claim_slot(d, &slot, row->id, row->held_until, &row->booth));
	if (result == BOOKED)
		result = booking_row_add(d, &slot, row);
	return result == BOOKED ? reread(d, row->id, b) : result;
}

static struct bytes
note_seal(struct desk *d, int64_t id, const char *note)
{
	if (note[0] == '\0')
		return (struct bytes) { 0 };
	return seal_box(d->keys, d->arena, "booking", id, "note",
	    (struct bytes) { note, strlen(note) });
}

static enum booked
slot_for(struct desk *d, const char *id, int64_t holder, struct policy *policy,
    struct slot *slot)
{
	if (policy_get(d, policy) != 1)
		return BOOKED_FAULT;
	return booked_of_slot(slot_get(d, policy, id, holder, slot));
}

static enum booked
booked_of_slot(enum slot_state state)
{
	switch (state) {
	case SLOT_FREE:
		return BOOKED;
	case SLOT_UNKNOWN:
		return BOOKED_UNKNOWN;
	case SLOT_PAST:
		return BOOKED_PAST;
	case SLOT_EARLY:
		return BOOKED_EARLY;
	case SLOT_CLOSED:
		return BOOKED_CLOSED;
	case SLOT_TAKEN:
		return BOOKED_TAKEN;
	case SLOT_FAULT:
		break;
	}
	return BOOKED_FAULT;
}

static enum booked
booked_of_claim(enum claim_result result)
{
	switch (result) {
	case CLAIMED:
		return BOOKED;
	case CLAIM_TAKEN:
		return BOOKED_TAKEN;
	case CLAIM_FAULT:
		break;
	}
	return BOOKED_FAULT;
}

/* An update guarded by the version it has seen.  Inside the writer nobody
 * comes between, so a miss is a fault of ours. */
static enum booked
changed(int rows)
{
	return rows == 1 ? BOOKED : BOOKED_FAULT;
}

static enum booked
reread(struct desk *d, int64_t id, struct booking *b)
{
	int found = booking_by_id(d, id, b);

	return found < 0 ? BOOKED_FAULT : found == 0 ? BOOKED_UNKNOWN : BOOKED;
}

enum booked
booking_row_add(struct desk *d, const struct slot *slot,
    const struct booking_row *row)
{
	const struct session *session = &slot->session;
	const struct contact *contact = row->contact;
	bool held = row->held_until != 0;
	int added = DB_CONFLICT;

	for (int i = 0; i < CODE_TRIES && added == DB_CONFLICT; i++) {
		added = db_do(d->db, booking_add, .id = row->id,
		    .code = row->code ? row->code : booking_code_draw(d->arena),
		    .session = session->id, .advisor = session->advisor,
		    .theme = session->theme, .place = session->place,
		    .booth = row->booth, .channel = session->channel,
		    .entry = contact->entry,
		    .state = held ? "held" : "confirmed",
		    .starts_at = slot->starts_at, .ends_at = slot->ends_at,
		    .day = when_day(slot->starts_at),
		    .held_until = row->held_until, .lang = contact->lang,
		    .contact = contact_seal(d, "booking", row->id, contact),
		    .note = note_seal(d, row->id, contact->note),
		    .mail_index = contact_mail_index(d, contact->mail),
		    .uid = arena_print(d->arena, "bk-%016" PRIx64 "@yoyaku",
			seal_id()),
		    .now = d->now, .confirmed_at = held ? 0 : d->now);
		if (added == 0) /* the number of somebody who waits */
			added = DB_CONFLICT;
	}
	if (added == DB_CONFLICT)
		log_fault("booking.code", "tries=%d", CODE_TRIES);
	return changed(added);
}

/* Turns a hold's claims into a booking's.  A frame that is offered no more,
 * for a holiday that came with a new list or an opening that was withdrawn, is
 * not to be had: nobody would know that she comes.  A hold that ran out may
 * have lost some of its quarters: it claims them all again or has lapsed. */
static enum booked
reclaim(struct desk *d, const struct booking *b, int64_t *booth)
{
	struct policy policy;
	struct slot slot = { .session.id = b->session,
		.starts_at = b->starts_at };
	enum booked result;

	*booth = b->booth;
	result = slot_for(d, slot_id(d->arena, &slot), b->id, &policy, &slot);
	if (result == BOOKED_CLOSED || result == BOOKED_UNKNOWN ||
	    result == BOOKED_FAULT)
		return result;
	if (b->held_until > d->now)
		return claim_keep(d, b->id, 0) < 0 ? BOOKED_FAULT : BOOKED;
	if (result == BOOKED_TAKEN)
		return BOOKED_LAPSED;
	if (result != BOOKED)
		return result;
	if (claim_release(d, b->id) < 0)
		return BOOKED_FAULT;
	result = booked_of_claim(claim_slot(d, &slot, b->id, 0, booth));
	return result == BOOKED_TAKEN ? BOOKED_LAPSED : result;
}
