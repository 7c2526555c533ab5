/*
 * What a guest does with a booking: make it, move it, cancel it.  The
 * operator does the same for her, without her words.
 */
#include <string.h>

#include "api/api.h"
#include "base/text.h"
#include "room/audit.h"
#include "room/door.h"
#include "room/mail_address.h"
#include "room/passphrase.h"
#include "web/guest.h"

#define SLOT_MAX_CHARS 64
#define WORDS_MAX_CHARS 100

/* One such request, from its body to its answer. */
struct change {
	const struct config *config;
	enum lang lang; /* of the answer; hers is in the contact */
	bool operator;
	bool behalf; /* of somebody at the desk or on the phone */
	const char *peer;
	struct share share;
	const char *code; /* of the booking that is there already */
	const char *slot, *words;
	struct contact contact;
	struct once once;
	enum door door;
	enum booked result;
	struct booking booking;
};

static web_run book_run, move_run, cancel_run;
static web_done change_done;
static struct change *change_new(struct web *, struct request *);
static bool change_body(struct request *, struct change *,
    const struct member *, size_t count, const char **values);
static bool change_words(struct request *, struct change *);
static enum door change_knock(struct desk *, struct change *);
static int change_end(struct desk *, struct change *, const char *action);
static json_t *made_doc(struct desk *, const struct change *);
static enum problem problem_of(const struct change *, int64_t now);
static json_t *alternatives_for(struct web *, struct request *,
    const struct change *, enum problem);
static enum text language_check(struct arena *, const char **);
static enum text mail_check(struct arena *, const char **);
static enum text entry_check(struct arena *, const char **);
static enum text access_check(struct arena *, const char **);

/* POST /api/v1/bookings */
void
api_book(struct web *w, struct request *r)
{
	enum { SLOT, NAME, EMAIL, LANGUAGE, NOTE, ACCESS, ENTRY, MEMBERS };
	static const struct member members[MEMBERS] = {
		[SLOT] = { "slot", SLOT_MAX_CHARS, .required = true },
		[NAME] = { "name", NAME_MAX_CHARS },
		[EMAIL] = { "email", MAIL_MAX_CHARS, .check = mail_check },
		[LANGUAGE] = { "language", 8, .check = language_check },
		[NOTE] = { "note", NOTE_MAX_CHARS, .lines = true },
		[ACCESS] = { "access", 80, .list = true,
		    .check = access_check },
		[ENTRY] = { "entry", 8, .check = entry_check },
	};
	struct asker asker;
	const char *values[MEMBERS];
	struct change *c = change_new(w, r);

	if (!change_body(r, c, members, MEMBERS, values))
		return;
	if (values[ENTRY][0] != '\0' && !api_asker(w, r, RIGHT_BOOK, &asker))
		return;
	c->slot = values[SLOT];
	c->behalf = c->operator|| values[ENTRY][0] != '\0';
	c->contact = (struct contact) {
		.name = values[NAME],
		.mail = values[EMAIL],
		.note = values[NOTE],
		.access = access_read(r->arena, values[ACCESS]),
		.lang = values[LANGUAGE][0] != '\0' ? values[LANGUAGE]
						    : lang_code(c->lang),
		.entry = values[ENTRY][0] != '\0' ? values[ENTRY]
		    : c->operator		  ? "desk"
						  : "web",
	};
	web_write(w, r, book_run, change_done, c);
}

/* POST /api/v1/bookings/{code}/move */
void
api_move(struct web *w, struct request *r)
{
	static const struct member members[] = {
		{ "slot", SLOT_MAX_CHARS, .required = true },
		{ .name = "passphrase", .most_chars = WORDS_MAX_CHARS },
	};
	const char *values[2];
	struct change *c = change_new(w, r);

	if (!change_body(r, c, members, 2, values))
		return;
	c->slot = values[0];
	c->words = values[1];
	if (change_words(r, c))
		web_write(w, r, move_run, change_done, c);
}

/* POST /api/v1/bookings/{code}/cancel */
void
api_cancel(struct web *w, struct request *r)
{
	static const struct member members[] = {
		{ .name = "passphrase", .most_chars = WORDS_MAX_CHARS },
	};
	const char *values[1];
	struct change *c = change_new(w, r);

	if (!change_body(r, c, members, 1, values))
		return;
	c->words = values[0];
	if (change_words(r, c))
		web_write(w, r, cancel_run, change_done, c);
}

static int
book_run(struct desk *desk, void *arg)
{
	struct change *c = arg;
	int found = once_find(desk, &c->once);

	if (found != 0)
		return found;
	c->result = booking_make(desk, c->slot, &c->contact, &c->booking);
	if (c->result == BOOKED && !c->behalf)
		c->result = share_book(desk, &c->share, &c->booking);
	return change_end(desk, c, "book");
}

static int
move_run(struct desk *desk, void *arg)
{
	struct change *c = arg;
	int found = once_find(desk, &c->once);

	if (found != 0)
		return found;
	c->door = change_knock(desk, c);
	if (c->door != DOOR_OPEN) /* the try is kept: it counts */
		return c->door == DOOR_FAULT ? -1 : 0;
	c->result = booking_move(desk, c->booking.id, c->slot, &c->booking);
	if (c->result == BOOKED_SAME)
		c->result = BOOKED; /* she has what she wants */
	return change_end(desk, c, "move");
}

static int
cancel_run(struct desk *desk, void *arg)
{
	struct change *c = arg;
	int found = once_find(desk, &c->once);

	if (found != 0)
		return found;
	c->door = change_knock(desk, c);
	if (c->door != DOOR_OPEN)
		return c->door == DOOR_FAULT ? -1 : 0;
	c->result = booking_cancel(desk, c->booking.id,
	    c->operator? "room" : "guest", &c->booking);
	return change_end(desk, c, NULL);
}

static void
change_done(struct web *w, struct request *r, void *arg)
{
	struct change *c = arg;
	enum problem problem;

	if (c->once.answer != NULL || c->once.found == REPEAT_OTHER) {
		once_answer(r, c->lang, &c->once);
		return;
	}
	problem = problem_of(c, clock_now(w->clock));
	api_problem(r, c->lang, problem, alternatives_for(w, r, c, problem));
}

static struct change *
change_new(struct web *w, struct request *r)
{
	struct change *c = arena_get(r->arena, sizeof(*c));

	c->config = w->config;
	c->lang = api_lang(r);
	c->operator= r->peer.operator;
	c->peer = r->peer.name;
	c->share = guest_share(w, r);
	c->code = api_booking_code(r);
	c->door = DOOR_OPEN;
	return c;
}

/* False: the request has been answered. */
static bool
change_body(struct request *r, struct change *c, const struct member *members,
    size_t count, const char **values)
{
	return api_body(r, members, count, values, c->lang) &&
	    api_once(r, c->lang, &c->once);
}

static bool
change_words(struct request *r, struct change *c)
{
	if (c->operator|| c->words[0] != '\0')
		return true;
	api_refuse(r, c->lang, "passphrase", T_api_field_missing);
	return false;
}

static enum door
change_knock(struct desk *desk, struct change *c)
{
	int found;

	if (!c->operator)
		return door_knock(desk, c->peer, c->code, c->words, &c->booking,
		    NULL);
	found = booking_by_code(desk, c->code, &c->booking);
	return found < 0 ? DOOR_FAULT : found == 0 ? DOOR_SHUT : DOOR_OPEN;
}

/* Keeps what went well together with its answer, undoes the rest.  `action`
 * is audited when the operator did it, unless the domain does so (NULL). */
static int
change_end(struct desk *desk, struct change *c, const char *action)
{
	bool made = c->code[0] == '\0';

	if (c->result != BOOKED)
		return c->result == BOOKED_FAULT ? -1 : 1;
	if ((c->operator|| c->behalf) && action != NULL &&
	    audit_write(desk, action, c->booking.id) < 0)
		return -1;
	c->once.booking = c->booking.id;
	return once_keep(desk, &c->once, made ? 201 : 200,
	    made ? made_doc(desk, c)
		 : api_booking_doc(desk->arena, &c->booking));
}

/* Number and words are told here and never again. */
static json_t *
made_doc(struct desk *desk, const struct change *c)
{
	const struct booking *b = &c->booking;
	json_t *doc = api_booking_doc(desk->arena, b);
	const char *words = passphrase_print(desk->keys, desk->arena, b->id,
	    b->generation, lang_by_code(b->lang) == LANG_EN);
	const char *link = arena_print(desk->arena, "%s/manage/%s",
	    c->config->public_url, booking_manage_token(desk, b));

	json_object_set_new(doc, "passphrase", json_string(words));
	json_object_set_new(doc, "manage_url", json_string(link));
	return doc;
}

static enum problem
problem_of(const struct change *c, int64_t now)
{
	bool begun = c->booking.id != 0 && c->booking.starts_at <= now;

	if (c->door == DOOR_LOCKED)
		return PROBLEM_THROTTLED;
	if (c->door == DOOR_SHUT)
		return c->operator? PROBLEM_NO_BOOKING : PROBLEM_PASSPHRASE;
	switch (c->result) {
	case BOOKED_TAKEN:
	case BOOKED_LAPSED:
		return PROBLEM_TAKEN;
	case BOOKED_UNKNOWN:
		return PROBLEM_NO_SLOT;
	case BOOKED_PAST:
		return begun ? PROBLEM_TOO_LATE : PROBLEM_PAST;
	case BOOKED_EARLY:
		return PROBLEM_EARLY;
	case BOOKED_CLOSED:
		return PROBLEM_CLOSED;
	case BOOKED_STATE:
		return PROBLEM_STATE;
	case BOOKED_MANY:
		return PROBLEM_MANY;
	case BOOKED:
	case BOOKED_SAME:
	case BOOKED_FAULT:
		break;
	}
	return PROBLEM_FAULT;
}

/* Whoever cannot have a slot is shown what is near it. */
static json_t *
alternatives_for(struct web *w, struct request *r, const struct change *c,
    enum problem problem)
{
	if (problem != PROBLEM_TAKEN && problem != PROBLEM_CLOSED &&
	    problem != PROBLEM_PAST)
		return NULL;
	return api_alternatives(w, r, c->slot, c->booking.id);
}

static enum text
language_check(struct arena *arena, const char **value)
{
	(void)arena;
	return lang_by_code(*value) == LANGS ? T_api_field_language : TEXT_NONE;
}

static enum text
mail_check(struct arena *arena, const char **value)
{
	*value = mail_address_clean(arena, *value);
	return mail_address_check(*value) == MAIL_FINE ? TEXT_NONE
						       : T_api_field_mail;
}

static enum text
entry_check(struct arena *arena, const char **value)
{
	(void)arena;
	return strcmp(*value, "phone") == 0 || strcmp(*value, "desk") == 0
	    ? TEXT_NONE
	    : T_api_field_entry;
}

/* Every word of the list must be one of ours. */
static enum text
access_check(struct arena *arena, const char **value)
{
	char *rest = arena_dup(arena, *value);

	for (char *word; (word = strsep(&rest, ",")) != NULL;)
		if (access_by_name(word) == ACCESS_KINDS)
			return T_api_field_access;
	return TEXT_NONE;
}
