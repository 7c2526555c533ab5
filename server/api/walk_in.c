/*
 * POST /api/v1/walk-ins: somebody has come without a booking.  The advisor
 * need not be named when only one is free.
 */
#include <string.h>

#include "api/api.h"
#include "room/advisor.h"
#include "room/roomtext.h"
#include "room/walk_in.h"

struct arrival {
	enum lang lang;
	struct asker asker;
	const char *advisor;
	struct once once;
	bool unknown; /* nobody has the advisor's code */
	int fitting; /* sessions that could take her */
	enum booked result;
	struct booking booking;
};

static web_run arrival_run;
static web_done arrival_done;

void
api_walk_in(struct web *w, struct request *r)
{
	static const struct member members[] = {
		{ .name = "advisor", .most_chars = CODE_MAX },
	};
	struct arrival *a = arena_get(r->arena, sizeof(*a));

	a->lang = api_lang(r);
	if (api_asker(w, r, RIGHT_BOOK, &a->asker) &&
	    api_body(r, members, 1, &a->advisor, a->lang) &&
	    api_once(r, a->lang, &a->once))
		web_write(w, r, arrival_run, arrival_done, a);
}

static int
arrival_run(struct desk *desk, void *arg)
{
	struct arrival *a = arg;
	struct advisor advisor;
	struct slot *slots;
	int64_t session = 0;
	int count, found = once_find(desk, &a->once);

	if (found != 0)
		return found;
	if (a->advisor[0] != '\0') {
		found = advisor_by_code(desk, a->advisor, &advisor);
		a->unknown = found == 0;
		if (found != 1)
			return found < 0 ? -1 : 1;
	}
	count = walk_in_list(desk, &slots);
	if (count < 0)
		return -1;
	for (int i = 0; i < count; i++) {
		const struct session *s = &slots[i].session;

		if (a->advisor[0] != '\0' &&
		    strcmp(a->advisor, s->advisor_code) != 0)
			continue;
		session = s->id;
		a->fitting++;
	}
	if (a->fitting != 1)
		return 1;
	a->result = walk_in_make(desk, session, &a->booking);
	if (a->result != BOOKED)
		return a->result == BOOKED_FAULT ? -1 : 1;
	a->once.booking = a->booking.id;
	return once_keep(desk, &a->once, 201,
	    api_booking_doc(desk->arena, &a->booking));
}

static void
arrival_done(struct web *w, struct request *r, void *arg)
{
	struct arrival *a = arg;

	(void)w;
	if (a->once.answer != NULL || a->once.found == REPEAT_OTHER)
		once_answer(r, a->lang, &a->once);
	else if (a->unknown)
		api_refuse(r, a->lang, "advisor", T_api_field_code);
	else if (a->fitting > 1)
		api_refuse(r, a->lang, "advisor", T_api_field_missing);
	else
		api_problem(r, a->lang, PROBLEM_NO_WALK_IN, NULL);
}
