/* Finding bookings, opening their sealed fields, their links and codes. */
#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "room/booking.h"

#define UNMARKED_DAYS 14 /* later nobody remembers */
#define ATTENTION_MOST 50 /* each is to be settled by hand */

static const struct db_field booking_row[] = { DB_FIELD(struct booking, id),
	DB_FIELD(struct booking, code), DB_FIELD(struct booking, session),
	DB_FIELD(struct booking, advisor), DB_FIELD(struct booking, theme),
	DB_FIELD(struct booking, place), DB_FIELD(struct booking, booth),
	DB_FIELD(struct booking, theme_code),
	DB_FIELD(struct booking, advisor_code),
	DB_FIELD(struct booking, place_code), DB_FIELD(struct booking, channel),
	DB_FIELD(struct booking, entry), DB_FIELD(struct booking, state),
	DB_FIELD(struct booking, starts_at), DB_FIELD(struct booking, ends_at),
	DB_FIELD(struct booking, held_until),
	DB_FIELD(struct booking, extended), DB_FIELD(struct booking, lang),
	DB_FIELD(struct booking, contact), DB_FIELD(struct booking, note),
	DB_FIELD(struct booking, generation), DB_FIELD(struct booking, uid),
	DB_FIELD(struct booking, sequence), DB_FIELD(struct booking, version),
	DB_FIELD(struct booking, attention),
	DB_FIELD(struct booking, created_at),
	DB_FIELD(struct booking, updated_at),
	DB_FIELD(struct booking, confirmed_at),
	DB_FIELD(struct booking, cancelled_at),
	DB_FIELD(struct booking, cancelled_by),
	DB_FIELD(struct booking, closure),
	DB_FIELD(struct booking, forget_after),
	DB_FIELD(struct booking, forgotten_at), DB_END };

int
booking_by_id(struct desk *d, int64_t id, struct booking *b)
{
	return db_one(d->db, d->arena, booking_row, b, booking_by_id, .id = id);
}

int
booking_by_code(struct desk *d, const char *code, struct booking *b)
{
	return db_one(d->db, d->arena, booking_row, b, booking_by_code,
	    .code = code);
}

int
booking_between(struct desk *d, int64_t advisor, int64_t from_at,
    int64_t until_at, bool all, struct booking **list)
{
	if (advisor != 0)
		return db_all(d->db, d->arena, booking_row, list,
		    booking_of_advisor, .advisor = advisor, .from_at = from_at,
		    .until_at = until_at, .every = all);
	return db_all(d->db, d->arena, booking_row, list, booking_between,
	    .from_at = from_at, .until_at = until_at,
	    .from_day = when_day(from_at), .until_day = when_day(until_at),
	    .every = all);
}

int
booking_unmarked(struct desk *d, int64_t advisor, struct booking **list)
{
	int32_t today = when_day(d->now);

	return db_all(d->db, d->arena, booking_row, list, booking_unmarked,
	    .advisor = advisor, .from_day = today - UNMARKED_DAYS,
	    .until_day = today);
}

int
booking_attention(struct desk *d, int64_t advisor, struct booking **list)
{
	return db_all(d->db, d->arena, booking_row, list, booking_attention,
	    .advisor = advisor, .now = d->now, .most = ATTENTION_MOST);
}

int
booking_attention_count(struct desk *d, int64_t *count)
{
	return db_value(d->db, count, booking_attention_count, .now = d->now) ==
		1
	    ? 0
	    : -1;
}

int
booking_contact(struct desk *d, const struct booking *b,
    struct contact *contact)
{
	struct bytes plain;

	*contact = (struct contact) {
		.note = "",
		.lang = b->lang,
		.entry = b->entry,
	};
	if (contact_unseal(d, "booking", b->id, b->contact, contact) < 0)
		return -1;
	if (b->note.data != NULL) {
		if (seal_open(d->keys, d->arena, "booking", b->id, "note",
			b->note, &plain) < 0)
			return -1;
		contact->note = arena_dup_len(d->arena, plain.data, plain.len);
	}
	return 0;
}

char *
booking_code_draw(struct arena *arena)
{
	return arena_print(arena, "%08" PRIu32, seal_below(100000000));
}

char *
booking_code_print(struct arena *arena, const char *code)
{
	return arena_print(arena, "%.4s-%s", code, code + 4);
}

char *
booking_manage_token(struct desk *d, const struct booking *b)
{
	return seal_token(d->keys, d->arena, SEAL_MANAGE, b->id, b->generation);
}

int
booking_by_manage_token(struct desk *d, const char *token, struct booking *b)
{
	int64_t id = seal_token_id(token);
	int found = id == 0 ? 0 : booking_by_id(d, id, b);

	if (found == 1 &&
	    (strcmp(b->state, "held") == 0 ||
		!seal_token_is(d->keys, SEAL_MANAGE, token, b->generation)))
		return 0;
	return found;
}
