/* The page of answers: a table with bars for each thing that was asked. */
#ifndef OFFICE_ANSWERS_H
#define OFFICE_ANSWERS_H

#include "base/qr.h"
#include "room/account.h"
#include "web/ask.h"

#define ANSWERS_BAR 160 /* pixels of all people */

struct answers_row {
	enum text label;
	int64_t count;
	int percent, bar;
	bool few;		/* set in grey */
};

struct answers_block {
	enum text title;
	int64_t people;		/* 0: fewer than may be shown */
	int from_year, from_month, until_year, until_month;
	struct answers_row rows[8];
	size_t count;
};

enum { BLOCK_HEARD, BLOCK_AGE, BLOCK_CHANGE, BLOCK_BEFORE, BLOCK_AFTER,
	BLOCK_AGAIN, BLOCKS };

struct answers_page {
	struct answers_block blocks[BLOCKS];
	const char *address;	/* of the card */
	struct qr qr;
};

/* Counting goes over every answer there is: answers_count() is for a worker
 * (web_work) and takes a connection of its own. */
struct answers_job {
	struct web *web;
	struct request *request;
	struct account account;	/* who asks */
	struct answers answers[QUESTIONS];
	int result;		/* of answers_get() */
};
struct answers_job *answers_job_open(struct web *, struct request *);
void answers_count(void *job);

#endif
