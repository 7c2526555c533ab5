/*
 * Room files: themes, places, advisors, openings and the room's policy and
 * words as one text that people edit (etc/rooms, hokenctl room load, dump).
 * Loading touches only what the file names; what is missing from it is kept
 * unless `prune`, which withdraws it.
 *
 * The words they carry, for words_get(owner, field, lang).  Those in
 * brackets may be "", the others are always there in Japanese:
 *
 *	owner ROOM_ID	name		what the room is called
 *			(short)		neutral name for letters, calendars and
 *					pages somebody may see by chance
 *			(lead)		one paragraph under the first sentence
 *			(intro)		who may come, what happens
 *			(operator)	who runs it
 *			(address)	where to come
 *			(directions)	how to get there, what to say
 *			(walk_in)	about coming without a booking
 *			(bring)		what to bring
 *			(crisis)	whom to call when it cannot wait
 *			(privacy)	purpose, contractor, retention
 *			(accessibility)	for whom the pages are made
 *					These three are paragraphs, one a line;
 *					"# " begins a heading.
 *	owner theme.id	title		"キャリアのこと"
 *			short		for table heads: "キャリア"
 *			(worry)		examples, one a line, without
 *					quotation marks
 *			(age)		whose worry each line is: "20代"
 *	owner advisor.id
 *			profession	"キャリアコンサルタント"
 *			(name)		only when she wants it shown
 *	owner place.id	name		"総合庁舎"
 *			(directions)	where to go, or how to join online
 *			(note)		one line beside its times
 */
#ifndef ROOM_ROOMFILE_H
#define ROOM_ROOMFILE_H

#include <stdbool.h>

#include "room/desk.h"

struct roomfile_result {
	int themes, advisors, places, openings, closures, sessions;
	const char *error;	/* "line 12: unknown theme 'carer'", or NULL */
};

/* Parses and checks the whole text before it changes anything, then expands
 * openings (writer).  0, 1 the text is wrong (error is set), -1 fault. */
int roomfile_load(struct desk *, const char *text, bool prune,
    struct roomfile_result *);
/* The room as such a text; NULL on a fault. */
char *roomfile_dump(struct desk *);

#endif
