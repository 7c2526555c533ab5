/* Dated blocks of openings. */
#ifndef ROOM_SESSION_H
#define ROOM_SESSION_H

#include <stdbool.h>

#include "room/desk.h"

struct session {
	int64_t id;
	int64_t opening, advisor, theme, place;
	const char *theme_code, *advisor_code, *place_code;
	const char *channel;
	int64_t starts_at, ends_at;
	int slot_minutes, gap_minutes;
	int anything;		/* 1: its advisor takes any talk */
};

/* Sessions, not withdrawn, that overlap from_at..until_at, by start; theme
 * and place 0 and channel NULL mean any.  How many or -1. */
struct session_filter {
	int64_t theme, place;
	const char *channel;
	int64_t from_at, until_at;
};
int session_list(struct desk *, const struct session_filter *,
    struct session **);
int session_get(struct desk *, int64_t id, struct session *);

/* With its words in that arena. */
struct session session_copy(struct arena *, const struct session *);

/* The n-th frame, counted from 0; false when it would not end in time.  The
 * gap behind the last one may reach beyond the session. */
bool session_frame(const struct session *, int n, int64_t *starts_at,
    int64_t *ends_at);

/* Seconds from one frame to the next: whole quarters, the gap included. */
int64_t session_step(const struct session *);

/*
 * Writes the frames of each session that has begun since into `offered`:
 * all frames but those inside a closure or on a closed day.  Returns how
 * many sessions were recorded, or -1; run by a timer and at start, before
 * opening_expand().
 */
int session_record(struct desk *);
/* When the next unrecorded session begins, AT_NONE if none; -1 fault. */
int session_next(struct desk *, int64_t *at);

#endif
