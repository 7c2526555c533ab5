/* The two questions after booking, and the card of two after the visit. */
#ifndef WEB_ASK_H
#define WEB_ASK_H

#include "room/answer.h"
#include "web/guest.h"

/* The card as it was filled in: faces 1..FACES and a choice, 0 for none. */
struct card_page {
	uint8_t before, after, again;
	bool thanked;
	enum text wrong;	/* or TEXT_NONE */
};

/* What a choice of a question is called. */
enum text ask_choice_text(enum question, size_t choice);
/* What a face, 1 to FACES, is called. */
enum text ask_face_text(int face);

#endif
