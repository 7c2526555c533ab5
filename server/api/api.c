/*
 * Answers of the JSON API: documents, problem details (RFC 9457), and the
 * two questions every handler asks first: in which language, and who asks.
 */
#include "api/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "web/cookie.h"
#include "web/lang.h"
#include "web/sign_in.h"

/* Doubles such as 32/60 in full, without the noise of the last bits. */
#define API_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(15))

static const struct {
	int status;
	const char *code;
	enum text title, detail;
} problems[] = {
	[PROBLEM_NO_BODY] = { 400, "no_body", T_api_no_body,
	    T_api_no_body_detail },
	[PROBLEM_MALFORMED] = { 400, "malformed", T_api_malformed,
	    T_api_malformed_detail },
	[PROBLEM_MEDIA_TYPE] = { 415, "media_type", T_api_media_type,
	    T_api_media_type_detail },
	[PROBLEM_FIELDS] = { 422, "fields", T_api_fields, T_api_fields_detail },
	[PROBLEM_KEY] = { 422, "key", T_api_key, T_api_key_detail },
	[PROBLEM_KEY_USED] = { 422, "key_used", T_api_key_used,
	    T_api_key_used_detail },
	[PROBLEM_SIGN_IN] = { 401, "sign_in", T_api_sign_in,
	    T_api_sign_in_detail },
	[PROBLEM_FORBIDDEN] = { 403, "forbidden", T_api_forbidden,
	    T_api_forbidden_detail },
	[PROBLEM_PASSPHRASE] = { 403, "passphrase", T_api_passphrase,
	    T_api_passphrase_detail },
	[PROBLEM_THROTTLED] = { 429, "throttled", T_api_throttled,
	    T_api_throttled_detail },
	[PROBLEM_MANY] = { 429, "too_many", T_api_many, T_api_many_detail },
	[PROBLEM_NO_SLOT] = { 404, "unknown_slot", T_api_no_slot,
	    T_api_no_slot_detail },
	[PROBLEM_NO_BOOKING] = { 404, "unknown_booking", T_api_no_booking,
	    T_api_no_booking_detail },
	[PROBLEM_TAKEN] = { 409, "taken", T_api_taken, T_api_taken_detail },
	[PROBLEM_CLOSED] = { 409, "closed", T_api_closed, T_api_closed_detail },
	[PROBLEM_PAST] = { 410, "past", T_api_past, T_api_past_detail },
	[PROBLEM_EARLY] = { 422, "too_early", T_api_early, T_api_early_detail },
	[PROBLEM_TOO_LATE] = { 409, "too_late", T_api_too_late,
	    T_api_too_late_detail },
	[PROBLEM_NOT_BEGUN] = { 409, "not_begun", T_api_not_begun,
	    T_api_not_begun_detail },
	[PROBLEM_STATE] = { 409, "state", T_api_state, T_api_state_detail },
	[PROBLEM_NAME_TAKEN] = { 409, "name_taken", T_api_name_taken,
	    T_api_name_taken_detail },
	[PROBLEM_NO_ACCOUNT] = { 404, "unknown_account", T_api_no_account,
	    T_api_no_account_detail },
	[PROBLEM_OWN_ACCOUNT] = { 409, "own_account", T_api_own_account,
	    T_api_own_account_detail },
	[PROBLEM_LAST_MANAGER] = { 409, "last_manager", T_api_last_manager,
	    T_api_last_manager_detail },
	[PROBLEM_NO_WISH] = { 404, "unknown_wish", T_api_no_wish,
	    T_api_no_wish_detail },
	[PROBLEM_NO_OUTLET] = { 404, "unknown_outlet", T_api_no_outlet,
	    T_api_no_outlet_detail },
	[PROBLEM_CODE_TAKEN] = { 409, "code_taken", T_api_code_taken,
	    T_api_code_taken_detail },
	[PROBLEM_NO_WALK_IN] = { 409, "no_walk_in", T_api_no_walk_in,
	    T_api_no_walk_in_detail },
	[PROBLEM_NO_CLOSURE] = { 404, "unknown_closure", T_api_no_closure,
	    T_api_no_closure_detail },
	[PROBLEM_CHANGED] = { 409, "changed", T_api_changed,
	    T_api_changed_detail },
	[PROBLEM_NO_LETTER] = { 404, "unknown_letter", T_api_no_letter,
	    T_api_no_letter_detail },
	[PROBLEM_NO_ADDRESS] = { 404, "unknown_address", T_api_no_address,
	    T_api_no_address_detail },
	[PROBLEM_LETTER_OVER] = { 409, "letter_over", T_api_letter_over,
	    T_api_letter_over_detail },
	[PROBLEM_LETTER_STATE] = { 409, "letter_state", T_api_letter_state,
	    T_api_letter_state_detail },
	[PROBLEM_ROOM_FILE] = { 422, "room_file", T_api_room_file,
	    T_api_room_file_detail },
	[PROBLEM_FAULT] = { 500, "fault", T_api_fault, T_api_fault_detail },
	[PROBLEM_NOT_FOUND] = { 404, "not_found", T_api_not_found,
	    T_api_not_found_detail },
	[PROBLEM_METHOD] = { 405, "method", T_api_method, T_api_method_detail },
	[PROBLEM_HOST] = { 421, "host", T_api_host, T_api_host_detail },
	[PROBLEM_BUSY] = { 503, "busy", T_api_busy, T_api_busy_detail },
};

static void send_problem(struct request *, enum lang, enum problem,
    json_t *more, const char *headers);
static void send_json(struct request *, int status, const char *type,
    const char *json, const char *headers);
static char *print_json(struct request *, json_t *doc);
static bool only_reads(const struct request *);

void
api_answer(struct request *r, int status, json_t *doc)
{
	const char *json = print_json(r, doc);

	if (json == NULL)
		api_problem(r, api_lang(r), PROBLEM_FAULT, NULL);
	else
		api_answer_text(r, status, json);
}

void
api_answer_text(struct request *r, int status, const char *json)
{
	send_json(r, status, "application/json", json, "");
}

void
api_problem(struct request *r, enum lang lang, enum problem problem,
    json_t *more)
{
	const char *headers = "";

	/* RFC 9110 15.5.2 wants a challenge; throttles count by the hour. */
	if (problem == PROBLEM_SIGN_IN)
		headers = "WWW-Authenticate: Cookie realm=\"hokenshitsu\"\r\n";
	else if (problem == PROBLEM_THROTTLED)
		headers = "Retry-After: 3600\r\n";
	send_problem(r, lang, problem, more, headers);
}

void
api_fault(struct request *r, int status, const char *headers)
{
	enum problem problem = PROBLEM_NOT_FOUND;

	while (problem < PROBLEM_BUSY && problems[problem].status != status)
		problem++;
	send_problem(r, api_lang(r), problem, NULL,
	    headers == NULL ? "" : headers);
}

enum lang
api_lang(const struct request *r)
{
	const char *accepted = http_header(r, "accept-language");
	enum lang lang = accepted == NULL ? LANGS : lang_accepted(accepted);

	return lang == LANGS ? LANG_JA : lang;
}

bool
api_asker(struct web *w, struct request *r, enum right right,
    struct asker *asker)
{
	const char *guard = http_header(r, "x-guard");
	int found;

	*asker = (struct asker) { .operator= r->peer.operator};
	if (asker->operator)
		return true;
	found = sign_in_account(w, r, &asker->account);
	if (found != 1) {
		api_problem(r, api_lang(r),
		    found < 0 ? PROBLEM_FAULT : PROBLEM_SIGN_IN, NULL);
		return false;
	}
	if (may(&asker->account, right) &&
	    (only_reads(r) || guard_ok(w, r, guard == NULL ? "" : guard)))
		return true;
	api_problem(r, api_lang(r), PROBLEM_FORBIDDEN, NULL);
	return false;
}

bool
api_may_about(const struct asker *asker, enum right right, int64_t advisor)
{
	if (asker->operator)
		return true;
	return may_about(&asker->account, right, advisor);
}

static void
send_problem(struct request *r, enum lang lang, enum problem problem,
    json_t *more, const char *headers)
{
	const char *code = problems[problem].code, *json;
	json_t *doc = json_pack("{s:s+, s:s, s:i, s:s, s:s}", "type",
	    "urn:hokenshitsu:problem:", code, "title",
	    text_of(lang, problems[problem].title), "status",
	    problems[problem].status, "detail",
	    text_of(lang, problems[problem].detail), "code", code);

	if (more != NULL)
		json_object_update(doc, more);
	json_decref(more);
	json = print_json(r, doc);
	send_json(r, problems[problem].status, "application/problem+json",
	    json == NULL ? "{}" : json, headers);
}

static void
send_json(struct request *r, int status, const char *type, const char *json,
    const char *headers)
{
	struct reply reply = {
		.status = status,
		.type = type,
		.body = { json, strlen(json) },
		.headers = arena_print(r->arena,
		    "Cache-Control: no-store\r\n%s", headers),
	};

	http_answer(r, &reply);
}

/* As text in the request's arena; takes the document over. */
static char *
print_json(struct request *r, json_t *doc)
{
	char *json = doc == NULL ? NULL : json_dumps(doc, API_FLAGS);
	char *kept;

	if (json == NULL) {
		log_fault("api.json", "reason=unprintable");
		json_decref(doc);
		return NULL;
	}
	kept = arena_dup(r->arena, json);
	free(json);
	json_decref(doc);
	return kept;
}

static bool
only_reads(const struct request *r)
{
	return r->method == METHOD_GET || r->method == METHOD_HEAD;
}
