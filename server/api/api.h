/*
 * What the handlers of the JSON API share: who asks, what the body says,
 * how an answer looks.  Errors are problem details (RFC 9457) in the
 * language of the request.  client/static/openapi.json says it for callers.
 *
 * The files api*.c are the server's sole owners of jansson.
 */
#ifndef API_API_H
#define API_API_H

#include <jansson.h>
#include <stdbool.h>

#include "catalogue.h" /* generated: enum text, enum lang */
#include "room/booking.h"
#include "room/idempotency.h"
#include "room/right.h"
#include "room/slot.h"
#include "web/web.h"

handler api_openapi, api_themes, api_slots; /* GET */
handler api_book, api_move, api_cancel; /* POST */
handler api_bookings, api_booking; /* GET, for the room */
handler api_outcome, api_forget; /* POST */
handler api_usage, api_answers, api_room_dump; /* GET */
handler api_waitlist; /* GET */
handler api_waitlist_withdraw; /* POST */
handler api_outlets, api_outlet_add; /* GET, POST */
handler api_outlet_withdraw, api_outlet_restore; /* POST */
handler api_flyer; /* GET */
handler api_room_load; /* PUT */
handler api_accounts; /* GET */
handler api_account_add, api_account_reset; /* POST */
handler api_account_disable, api_account_enable; /* POST */
handler api_sittings, api_sittings_end; /* GET, POST */
handler api_tidings, api_tidings_set; /* GET, POST */
handler api_backup_make; /* POST */
handler api_closures, api_close; /* GET, POST */
handler api_closure, api_reopen; /* GET, DELETE */
handler api_walk_in; /* POST */
handler api_outbox; /* GET */
handler api_outbox_again, api_address_lift; /* POST */
handler api_courier_pause, api_courier_resume; /* POST */

/* What can be wrong; each has a status, a code, a title and a detail. */
enum problem {
	PROBLEM_NO_BODY, /* 400 */
	PROBLEM_MALFORMED, /* 400 not one JSON object, or a bad query */
	PROBLEM_MEDIA_TYPE, /* 415 */
	PROBLEM_FIELDS, /* 422 with "errors" */
	PROBLEM_KEY, /* 422 Idempotency-Key is not one */
	PROBLEM_KEY_USED, /* 422 ... came with another request before */
	PROBLEM_SIGN_IN, /* 401 */
	PROBLEM_FORBIDDEN, /* 403 */
	PROBLEM_PASSPHRASE, /* 403 wrong, or no such booking: alike */
	PROBLEM_THROTTLED, /* 429 */
	PROBLEM_MANY, /* 429 more than one network or address may book */
	PROBLEM_NO_SLOT, /* 404 */
	PROBLEM_NO_BOOKING, /* 404 */
	PROBLEM_TAKEN, /* 409 with "alternatives" */
	PROBLEM_CLOSED, /* 409 with "alternatives" */
	PROBLEM_PAST, /* 410 with "alternatives" */
	PROBLEM_EARLY, /* 422 beyond the booking window */
	PROBLEM_TOO_LATE, /* 409 the booking's time has come */
	PROBLEM_NOT_BEGUN, /* 409 no outcome before the start */
	PROBLEM_STATE, /* 409 not possible in the booking's state */
	PROBLEM_NAME_TAKEN, /* 409 of an account */
	PROBLEM_NO_ACCOUNT, /* 404 */
	PROBLEM_OWN_ACCOUNT, /* 409 not by herself */
	PROBLEM_LAST_MANAGER, /* 409 somebody must be left */
	PROBLEM_NO_WISH, /* 404 nobody waits under it */
	PROBLEM_NO_OUTLET, /* 404 */
	PROBLEM_CODE_TAKEN, /* 409 of an outlet */
	PROBLEM_NO_WALK_IN, /* 409 no advisor is free */
	PROBLEM_NO_CLOSURE, /* 404 or it is over */
	PROBLEM_CHANGED, /* 409 with the new "preview" */
	PROBLEM_NO_LETTER, /* 404 */
	PROBLEM_NO_ADDRESS, /* 404 nobody is unreachable there */
	PROBLEM_LETTER_OVER, /* 409 its time, or its truth */
	PROBLEM_LETTER_STATE, /* 409 not to be tried now */
	PROBLEM_ROOM_FILE, /* 422 with "line 12: ..." as "reason" */
	PROBLEM_FAULT, /* 500 */
	PROBLEM_NOT_FOUND, /* 404 no such address */
	PROBLEM_METHOD, /* 405 */
	PROBLEM_HOST, /* 421 */
	PROBLEM_BUSY /* 503 nothing was changed */
};

/* Answers; `more` (or NULL) holds further members of the problem.  Both
 * take the JSON over. */
void api_answer(struct request *, int status, json_t *doc);
void api_problem(struct request *, enum lang, enum problem, json_t *more);
/* The same with a JSON text that was made before. */
void api_answer_text(struct request *, int status, const char *json);

/* The language of Accept-Language, else Japanese. */
enum lang api_lang(const struct request *);

/* One member of a body: a flat object of strings.  What is not in the table
 * is refused; null counts as missing. */
struct member {
	const char *name;
	int most_chars; /* code points */
	bool required;
	bool lines; /* line breaks allowed */
	bool list; /* an array of words, which comes as "a,b" */
	/* Further check of a non-empty value, which it may replace by a
	 * cleaner one: 0, or the text of its error. */
	enum text (*check)(struct arena *, const char **value);
};

/*
 * Reads the body into values[i] for members[i], trimmed, "" when missing.
 * False: the request has been answered.
 */
bool api_body(struct request *, const struct member *, size_t count,
    const char **values, enum lang);

/* 422: what is wrong with one field. */
void api_refuse(struct request *, enum lang, const char *field, enum text);

/* Days of a query, inclusive.  Missing ones become `from_day` and `days`
 * later.  False: answered with 422. */
struct form;
struct span {
	int32_t from_day, until_day;
};
bool api_span(struct request *, enum lang, const struct form *,
    int32_t from_day, int days, struct span *);

/* Who asks: the operator, who may everything, or an account. */
struct asker {
	bool operator;
	struct account account;
};
/* Somebody with this right?  Also tells the request, for the audit.  False:
 * answered with 401 or 403. */
bool api_asker(struct web *, struct request *, enum right, struct asker *);
/* The same about something of one advisor. */
bool api_may_about(const struct asker *, enum right, int64_t advisor);

/*
 * A change that a client may repeat under an Idempotency-Key.  Key and
 * answer are kept in the transaction of the change, so that there is one of
 * both or none.  Refusals change nothing and are not kept.
 */
struct once {
	const char *key; /* NULL: none was sent */
	struct bytes request; /* what the key stands for */
	enum repeated found;
	int status;
	const char *answer;
	int64_t booking; /* with which it is forgotten, or 0 */
};
/* False: answered with 422. */
bool api_once(struct request *, enum lang, struct once *);
/* On the writer: 1 there is an answer (or OTHER) already, 0 go on, -1. */
int once_find(struct desk *, struct once *);
/* On the writer: sets the answer, takes the JSON over.  0 or -1. */
int once_keep(struct desk *, struct once *, int status, json_t *answer);
/* On the loop: sends it. */
void once_answer(struct request *, enum lang, const struct once *);

/* Conditions as the API shows them: null is any; names of times of day. */
json_t *api_any_or(const char *code);
json_t *api_times(unsigned times);

/* {"alternatives": [...]}: up to six frames near a slot that is not to be
 * had; `holder` as in slot_get().  NULL when there is nothing to tell. */
json_t *api_alternatives(
    struct web *, struct request *, const char *slot, int64_t holder);

/* A booking as the API shows it: nothing personal. */
json_t *api_booking_doc(struct arena *, const struct booking *);
/* The code in /api/v1/bookings/{code}/..., only its digits. */
const char *api_booking_code(struct request *);

#endif
