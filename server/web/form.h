/*
 * Fields of forms and queries (application/x-www-form-urlencoded).  A form
 * is a table of fields that serves reading, checking and showing again.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "catalogue.h"	/* generated: enum text */
#include "http/http.h"

struct field {
	const char *name;
	int most_chars;		/* code points */
	bool lines;		/* line breaks allowed */
	/* Further check of a non-empty value: 0, or the text of its error. */
	enum text (*check)(const char *value);
};

struct entry {
	const char *value;	/* as typed, trimmed; "" when missing */
	enum text error;	/* 0: fine */
};

/* A body or query cut into pairs. */
struct form;
/* NULL when it is not UTF-8, badly escaped or of more than 64 pairs. */
struct form *form_read(struct request *, struct bytes encoded);
struct form *form_body(struct request *);	/* also checks Content-Type */
struct form *form_query(struct request *);
/* First value by name, "" when missing; never NULL. */
const char *form_get(const struct form *, const char *name);
/* The n-th value of a repeated name (checkboxes), or NULL. */
const char *form_nth(const struct form *, const char *name, size_t n);

/* Fills entries[i] for fields[i]; returns how many have an error. */
int form_check(struct request *, const struct form *, const struct field *,
    size_t count, struct entry *);

#endif
