/* Days of sessions in a ring, each with the memory it was read into. */
#include "room/board.h"

#include <stdlib.h>
#include <string.h>

#include "room/claim.h"
#include "room/closure.h"

struct day {
	struct arena *arena; /* NULL: never read */
	int32_t day;
	int64_t generation; /* of the room */
	struct frames *sessions;
	int count;
};

struct board {
	const struct marks *marks;
	struct day days[BOARD_DAYS];
};

static int day_read(struct desk *, const struct policy *, int32_t,
    struct day *);
static int frames_open(struct desk *, const struct closures *,
    const struct session *, struct frames *);
static bool stands(const struct board *, const struct desk *,
    const struct frames *);
static bool was_touched(const struct marks *, const struct frames *);
static int64_t frames_end(const struct frames *);
static int take_away(struct desk *, struct frames *, int64_t holder);
static int mark_claimed(struct desk *, struct frames *, int64_t resource,
    int64_t holder, int claimed[BOARD_FRAMES]);

struct board *
board_open(const struct marks *marks)
{
	struct board *board = mem_get(sizeof(*board));

	board->marks = marks;
	return board;
}

void
board_close(struct board *board)
{
	if (board == NULL)
		return;
	for (int i = 0; i < BOARD_DAYS; i++)
		arena_free(board->days[i].arena);
	free(board);
}

int
board_day(struct board *board, struct desk *d, const struct policy *policy,
    int32_t day, struct frames **sessions)
{
	struct day *kept = &board->days[(uint32_t)day % BOARD_DAYS];

	if (kept->arena == NULL || kept->day != day ||
	    kept->generation != policy->generation) {
		arena_free(kept->arena);
		*kept = (struct day) { .arena = arena_new(), .day = day };
		if (day_read(d, policy, day, kept) < 0) {
			arena_free(kept->arena);
			*kept = (struct day) { 0 };
			return -1;
		}
	}
	*sessions = kept->sessions;
	return kept->count;
}

int
board_look(struct board *board, struct desk *d, struct frames *f,
    int64_t holder)
{
	if (holder == 0 && stands(board, d, f))
		return 0;
	f->known = false;
	f->generation = d->generation;
	f->read_at = d->now;
	f->until_at = INT64_MAX;
	memcpy(f->free, f->open, sizeof(f->free));
	if (take_away(d, f, holder) < 0)
		return -1;
	f->known = holder == 0;
	return 0;
}

/* Into the day's own arena, by a desk that differs in nothing else. */
static int
day_read(struct desk *d, const struct policy *policy, int32_t number,
    struct day *day)
{
	struct desk desk = *d;
	struct session_filter all = {
		.from_at = when_at(number, 0),
		.until_at = when_at(number + 1, 0),
	};
	struct session *sessions;
	struct closures *closures;
	int count;

	desk.arena = day->arena;
	day->generation = policy->generation;
	count = session_list(&desk, &all, &sessions);
	if (count < 0)
		return -1;
	closures = closure_between(&desk, policy, all.from_at,
	    all.until_at + DAY_S);
	if (closures == NULL)
		return -1;
	day->sessions = arena_array(day->arena, struct frames, (size_t)count);
	for (int i = 0; i < count; i++)
		if (sessions[i].starts_at >= all.from_at &&
		    frames_open(&desk, closures, &sessions[i],
			&day->sessions[day->count++]) < 0)
			return -1;
	return 0;
}

static int
frames_open(struct desk *d, const struct closures *closures,
    const struct session *session, struct frames *f)
{
	int64_t starts_at, ends_at;

	f->session = *session;
	f->booth_count = place_booths(d, session->place, &f->booths);
	while (f->count < (int)BOARD_FRAMES &&
	    session_frame(session, f->count, &starts_at, &ends_at))
		f->open[f->count++] = !closure_hits(closures, session,
		    starts_at, ends_at);
	return f->booth_count < 0 ? -1 : 0;
}

static bool
stands(const struct board *board, const struct desk *d, const struct frames *f)
{
	return f->known && d->now >= f->read_at && d->now < f->until_at &&
	    !was_touched(board->marks, f);
}

static bool
was_touched(const struct marks *marks, const struct frames *f)
{
	int64_t from_at = f->session.starts_at, until_at = frames_end(f);
	bool touched;

	if (marks == NULL)
		return false;
	touched = claim_touched(marks, f->session.advisor, from_at, until_at,
	    f->generation);
	for (int i = 0; i < f->booth_count && !touched; i++)
		touched = claim_touched(marks, f->booths[i].id, from_at,
		    until_at, f->generation);
	return touched;
}

/* The gap behind the last frame is claimed as well. */
static int64_t
frames_end(const struct frames *f)
{
	return f->session.starts_at +
	    (int64_t)f->count * session_step(&f->session);
}

/* A frame wants its advisor and any booth. */
static int
take_away(struct desk *d, struct frames *f, int64_t holder)
{
	int advisor[BOARD_FRAMES] = { 0 }, booths[BOARD_FRAMES] = { 0 };

	if (mark_claimed(d, f, f->session.advisor, holder, advisor) < 0)
		return -1;
	for (int i = 0; i < f->booth_count; i++)
		if (mark_claimed(d, f, f->booths[i].id, holder, booths) < 0)
			return -1;
	for (int n = 0; n < f->count; n++)
		f->free[n] = f->open[n] && advisor[n] == 0 &&
		    booths[n] < f->booth_count;
	return 0;
}

/* Counts the resource once in each frame of which it has a claim: a frame
 * with its gap is whole quarters, so that each quarter is one frame's. */
static int
mark_claimed(struct desk *d, struct frames *f, int64_t resource, int64_t holder,
    int claimed[BOARD_FRAMES])
{
	int64_t first = f->session.starts_at / QUARTER_S, last = -1;
	int64_t quarters = session_step(&f->session) / QUARTER_S;
	struct claim *claims;
	int count = claim_list(d, resource, f->session.starts_at, frames_end(f),
	    holder, &claims);

	for (int i = 0; i < count; i++) {
		int64_t n = (claims[i].unit - first) / quarters;

		claimed[n] += n != last;
		last = n;
		if (claims[i].expires_at > 0 &&
		    claims[i].expires_at < f->until_at)
			f->until_at = claims[i].expires_at;
	}
	return count < 0 ? -1 : 0;
}
