/*
 * The two questions on the page that says her booking is made.  They are
 * open for fifty minutes in the browser that booked; whatever she sends,
 * also nothing, closes them.
 */
#include "web/ask.h"

#include "pages.h"

struct asked {
	struct visit visit;
	struct told told;
	enum answered result;
};

static void close_questions(struct web *, struct request *,
    const struct asked *, const char *path);
static web_run take_run;
static web_done take_done;

void
ask_take(struct web *web, struct request *request)
{
	struct guest guest;
	struct form *form = guest_post(web, request, &guest);
	struct asked *asked;

	if (form == NULL)
		return;
	if (!guest.visit.asking || guest.stage != STAGE_AHEAD) {
		guest_go_home(request, &guest);
		return;
	}
	asked = arena_get(request->arena, sizeof(*asked));
	asked->visit = guest.visit;
	for (enum question q = ASK_HEARD; q <= ASK_AGE; q++)
		asked->told.choice[q] = choice_read(q,
		    form_get(form, question_name(q)));
	if (asked->told.choice[ASK_HEARD] || asked->told.choice[ASK_AGE])
		web_write(web, request, take_run, take_done, asked);
	else
		close_questions(web, request, asked, "/done");
}

enum text
ask_choice_text(enum question question, size_t choice)
{
	static const enum text heard[] = { T_ask_flyer, T_ask_city,
		T_ask_search, T_ask_social, T_ask_friend, T_ask_work,
		T_ask_counter, T_ask_other };
	static const enum text age[] = { T_ask_under_20, T_ask_20s, T_ask_30s,
		T_ask_40s, T_ask_50s, T_ask_60_and_over };
	static const enum text again[] = { T_card_yes, T_card_unsure,
		T_card_no };

	switch (question) {
	case ASK_HEARD:
		return heard[choice];
	case ASK_AGE:
		return age[choice];
	case ASK_AGAIN:
		return again[choice];
	case ASK_FEELING:
	case QUESTIONS:
		break;
	}
	return TEXT_NONE;
}

static void
close_questions(struct web *web, struct request *request,
    const struct asked *asked, const char *path)
{
	struct visit visit = asked->visit;

	visit.asking = false;
	page_go(request, path, visit_line(web, request->arena, visit));
}

static int
take_run(struct desk *d, void *arg)
{
	struct asked *asked = arg;

	asked->result = answer_booked(d, asked->visit.booking, &asked->told);
	return asked->result == ANSWERED_FAULT ? -1
	    : asked->result == ANSWERED	       ? 0
					       : 1;
}

/* A second click has been answered by the first. */
static void
take_done(struct web *web, struct request *request, void *arg)
{
	const struct asked *asked = arg;

	if (asked->result == ANSWERED_FAULT)
		page_status(web, request, 500, NULL);
	else
		close_questions(web, request, asked, "/done?thanks");
}
