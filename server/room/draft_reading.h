/*
 * A room file being read: what the readers of its sections share.  Each of
 * them returns false once `error` is set or a fault has been met.
 */
#ifndef ROOM_DRAFT_READING_H
#define ROOM_DRAFT_READING_H

#include "room/draft.h"
#include "room/draft_form.h"

struct draft_reading {
	struct desk *desk;
	struct draft *draft;
	bool whole;
	bool fault;
	const char *error;
};

bool draft_read_room(struct draft_reading *, const struct conf *);
bool draft_read_theme(struct draft_reading *, const struct conf *);
bool draft_read_place(struct draft_reading *, const struct conf *);
bool draft_read_advisor(struct draft_reading *, const struct conf *);
bool draft_read_opening(struct draft_reading *, const struct conf *);
bool draft_read_closure(struct draft_reading *, const struct conf *);
bool draft_read_holiday(struct draft_reading *, const struct conf *);

/* The section's title as a code. */
bool draft_code(struct draft_reading *, const struct conf *, const char **);
/* All texts of a section. */
bool draft_texts(struct draft_reading *, const struct conf *,
    const struct draft_field *, struct draft_words *);
/* Is one text short enough and free of control characters?  Line breaks may
 * pass. */
bool draft_fits(struct draft_reading *, const struct conf *,
    const char *option, const char *text, size_t most_chars, bool lines);

/* Does the file name it, or else, unless it is the whole room, the room? */
bool draft_has_theme(struct draft_reading *, const char *code);
bool draft_has_place(struct draft_reading *, const char *code);
bool draft_has_advisor(struct draft_reading *, const char *code);
bool draft_talks_about(
    struct draft_reading *, const char *advisor, const char *theme);

/* Sets the error unless there is one; always false. */
bool draft_wrong(struct draft_reading *, const struct conf *,
    const char *option, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

#endif
