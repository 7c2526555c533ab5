/*
 * What the commands of hokenctl share.  Each reads its operands and options,
 * makes one call of the JSON API and shows the answer: as a table for
 * people, or with --json as it came.  The files of client/ctl are hokenctl's
 * owners of jansson; nothing here knows the database.
 */
#ifndef CTL_H
#define CTL_H

#include <jansson.h>
#include <stdbool.h>

#include "base/mem.h"

/* Exit statuses; a fault of the way there is REFUSED too. */
enum { DONE = 0, REFUSED = 1, MISUSED = 2, TAKEN = 3 };

enum option_name {
	OPTION_THEME,
	OPTION_PLACE,
	OPTION_CHANNEL,
	OPTION_FROM,
	OPTION_TO,
	OPTION_NAME,
	OPTION_EMAIL,
	OPTION_LANGUAGE,
	OPTION_NOTE,
	OPTION_WITH_NOTE,
	OPTION_PRUNE,
	OPTION_ROLE,
	OPTION_ADVISOR,
	OPTION_ROOM,
	OPTION_YES,
	OPTION_ENTRY,
	OPTION_ACCESS,
	OPTION_SIZE,
	OPTION_DISCREET,
	OPTION_IN,
	OPTION_SITTING,
	OPTION_LETTERS,
	OPTIONS
};
#define TAKES(option) (1U << (option))

#define OPERANDS_MAX 2

struct ctl {
	struct arena *arena;
	const char *socket;
	const char *lang; /* of messages: "ja", "en" */
	bool json;
	int deadline_s; /* of one call */
	const char *options[OPTIONS]; /* NULL: not given; flags are "1" */
	const char *operands[OPERANDS_MAX]; /* NULL: not given */
};

/* A command: its pattern is its usage text too.  Lower-case words are typed
 * as they stand, upper-case ones are operands, [BRACKETS] may be left out. */
struct command {
	const char *pattern;
	unsigned options;		/* TAKES(...) or-ed */
	int (*run)(struct ctl *);	/* an exit status */
};
extern const struct command commands[]; /* ends with a NULL pattern */

/* commands, by file */
int themes_run(struct ctl *), slots_run(struct ctl *);
int book_run(struct ctl *), show_run(struct ctl *), move_run(struct ctl *);
int cancel_run(struct ctl *), today_run(struct ctl *);
int walk_in_run(struct ctl *);
int outcome_run(struct ctl *), forget_run(struct ctl *);
int waitlist_run(struct ctl *), waitlist_withdraw_run(struct ctl *);
int usage_run(struct ctl *), answers_run(struct ctl *);
int room_load_run(struct ctl *), room_dump_run(struct ctl *);
int account_add_run(struct ctl *), account_list_run(struct ctl *);
int account_reset_run(struct ctl *);
int account_disable_run(struct ctl *), account_enable_run(struct ctl *);
int account_sittings_run(struct ctl *), account_end_run(struct ctl *);
int close_run(struct ctl *), closures_run(struct ctl *);
int reopen_run(struct ctl *);
int outbox_run(struct ctl *), outbox_again_run(struct ctl *);
int outbox_lift_run(struct ctl *);
int outbox_pause_run(struct ctl *), outbox_resume_run(struct ctl *);
int outlet_list_run(struct ctl *), outlet_add_run(struct ctl *);
int flyer_run(struct ctl *);
int outlet_withdraw_run(struct ctl *), outlet_restore_run(struct ctl *);
int tidings_list_run(struct ctl *), tidings_set_run(struct ctl *);
int backup_run(struct ctl *);

/*
 * Calls.  `path` begins behind /api/v1.  DONE: *answer is the document and
 * belongs to the caller; else the refusal has been told and is the exit
 * status.  call_json() takes the body over (NULL: none) and repeats a POST
 * whose answer got lost, under one Idempotency-Key.
 */
int call_json(struct ctl *, const char *method, const char *path, json_t *body,
    json_t **answer);
/* A text there and back; either may be NULL. */
int call_text(struct ctl *, const char *method, const char *path,
    const char *text, json_t **answer, const char **answer_text);

/* "/slots" with the options among `names` that were given, as a query. */
const char *path_query(struct ctl *, const char *path,
    const enum option_name *names, size_t count);
/* "/bookings/" + first operand + `behind`, escaped. */
const char *path_booking(struct ctl *, const char *behind);
const char *option_text(enum option_name); /* "theme" */

/* Showing.  show_json() prints the document, lets it go and gives DONE. */
int show_json(json_t *);
void show_slots(struct ctl *, const json_t *slots, bool to_stderr);
/* Member of an object as text: "" when it is not there. */
const char *member(const json_t *, const char *name);
/* "Wed 2026-07-01 14:00-15:00" of starts_at and ends_at. */
const char *moment(struct ctl *, const json_t *frame);

/* "health online evening", "any": what somebody asked a free time to be. */
const char *conditions(struct ctl *, const json_t *);

/* A table whose columns are as wide as their widest cell; East Asian wide
 * characters count two.  Columns in `right` (bit 0: the first) are set to
 * the right. */
struct table;
struct table *table_new(struct arena *, size_t columns, unsigned right);
void table_row(struct table *, const char *const *cells); /* copied */
void table_print(const struct table *, bool to_stderr);

#endif
