/* The page of letters: what waits, what failed, trying again, pausing. */
#ifndef OFFICE_LETTERS_H
#define OFFICE_LETTERS_H

#include "mail/sample.h"
#include "room/queue.h"
#include "room/unreachable.h"
#include "web/page.h"

struct letters_page {
	struct queue_figures figures;
	const struct queued *failed, *waiting;
	int failed_count, waiting_count;
	const struct unreachable *unreachable;
	int unreachable_count;
	enum text refused; /* why a button did nothing; TEXT_NONE */
};

struct samples_page {
	const struct sample *list;
	int count;
	enum lang in; /* theirs, not the page's */
};

/* "Confirmation"; the kind of a letter as staff call it. */
enum text letters_kind(const char *kind);
/* What the last try came to, in words; TEXT_NONE before the first. */
enum text letters_error(const char *error);
/* The code of the mail server in it, "" if none. */
const char *letters_code(const char *error);
/* Would a press on "again" do anything? */
bool letters_may_try(const struct page *, const struct queued *);
/* Where a booking stands on the page of its day. */
const char *letters_day(const struct page *, int32_t day, const char *code);

#endif
