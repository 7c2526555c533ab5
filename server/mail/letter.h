/*
 * Letters: text in her language from the .txt templates of client/pages,
 * wrapped as a MIME message (RFC 5322, 2045, 2047) with its calendar part.
 * Subject, sender and first lines say nothing about what the visit is for.
 */
#ifndef MAIL_LETTER_H
#define MAIL_LETTER_H

#include "base/config.h"
#include "base/value.h"
#include "catalogue.h" /* generated: enum lang, enum text */
#include "room/outbox.h"

/* What the templates write into; compiled letters call the functions. */
struct letter {
	struct buf out;
	enum lang lang;
};
void letter_put(struct letter *, const char *, size_t len);
void letter_value(struct letter *, struct value);
void letter_text(struct letter *, enum text, const struct value *, size_t n);

/* A line of a list to an advisor; code "": still free. */
struct letter_line {
	const char *time, *channel, *code;
};

/* What they say. */
struct letter_page {
	const char *name;	/* as she wishes to be called, or "" */
	const char *day;	/* 2026年7月1日（水） */
	const char *time;	/* 14:00～15:00 */
	const char *channel;	/* 対面, オンライン */
	const char *code;	/* 4827-1935 */
	/* Only if she has asked for it: place is "" for an online visit. */
	bool details;
	struct ruby theme, advisor, place;
	const char *manage_url;
	const char *slots_url;	/* where free times are */
	/* Of an offer: its link, her deadline as a date and an hour, whether
	 * others were told too, and whether she has a booking that moves. */
	const char *offer_url;
	const char *until;
	bool shared, moving;
	bool last;	/* the last to be kept for her without an answer */
	const char *staff_url;	/* where to look, signed in */
	/* To an advisor: `code` is the last four digits, `channel` "" where
	 * it is not known, `time` then its start. */
	const struct letter_line *lines;
	int line_count;
	const char *tidings_url;	/* where she chooses what she gets */
};

/* The words of a kind of letter, LF lines, and its subject; "called_off" is
 * a cancellation by the room.  NULL: no such kind, or too long. */
const char *letter_print(struct arena *, const char *kind, enum lang,
    const struct letter_page *, const char **subject);

/* A letter ready for the wire: CR LF lines. */
struct message {
	const char *to;	/* bare address, as typed */
	const char *bytes;
	size_t len;
};

/* Composes the letter of an outbox row about its booking or offer, to an
 * advisor, or an alarm to the configured address.  0 or -1. */
int letter_compose(struct desk *, const struct config *, const struct outbox *,
    struct message *);

#endif
