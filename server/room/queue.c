/* The outbox as people see it. */
#include "room/queue.h"

#include <string.h>

#include "room/audit.h"
#include "room/outbox.h"
#include "room/unreachable.h"

#define LIST_MOST 100
#define SHOWN_S (7 * DAY_S) /* after a failed letter has lost its use */
#define LATE_S 3600

static const struct db_field figures_row[] = {
	DB_FIELD(struct queue_figures, paused_at),
	DB_FIELD(struct queue_figures, waiting),
	DB_FIELD(struct queue_figures, overdue),
	DB_FIELD(struct queue_figures, sending),
	DB_FIELD(struct queue_figures, failed),
	DB_END,
};

static const struct db_field trouble_row[] = {
	DB_FIELD(struct queue_trouble, paused_at),
	DB_FIELD(struct queue_trouble, failed),
	DB_FIELD(struct queue_trouble, late),
	DB_END,
};

static const struct db_field queued_row[] = {
	DB_FIELD(struct queued, id),
	DB_FIELD(struct queued, kind),
	DB_FIELD(struct queued, state),
	DB_FIELD(struct queued, due_at),
	DB_FIELD(struct queued, not_after),
	DB_FIELD(struct queued, next_at),
	DB_FIELD(struct queued, attempts),
	DB_FIELD(struct queued, error),
	DB_FIELD(struct queued, code),
	DB_FIELD(struct queued, day),
	DB_END,
};

static bool may_try(const struct outbox *, int64_t now);
static int pause_at(struct desk *, int64_t at, const char *action);

int
queue_figures(struct desk *d, struct queue_figures *figures)
{
	return db_one(d->db, d->arena, figures_row, figures, queue_figures,
		   .now = d->now) == 1
	    ? 0
	    : -1;
}

int
queue_trouble(struct desk *d, struct queue_trouble *trouble)
{
	return db_one(d->db, d->arena, trouble_row, trouble, queue_trouble,
		   .now = d->now, .late_before = d->now - LATE_S) == 1
	    ? 0
	    : -1;
}

int
queue_failed(struct desk *d, struct queued **list)
{
	return db_all(d->db, d->arena, queued_row, list, queue_failed,
	    .since = d->now - SHOWN_S, .most = LIST_MOST);
}

int
queue_waiting(struct desk *d, struct queued **list)
{
	return db_all(d->db, d->arena, queued_row, list, queue_waiting,
	    .most = LIST_MOST);
}

int
queue_of_booking(struct desk *d, const struct booking *b)
{
	int64_t trouble = QUEUE_REACHED;

	if (db_value(d->db, &trouble, queue_of_booking, .booking = b->id,
		.sequence = b->sequence) < 0)
		return -1;
	return (int)trouble;
}

enum queue_result
queue_again(struct desk *d, int64_t id)
{
	struct outbox row;
	int found = outbox_by_id(d, id, &row);

	if (found != 1)
		return found < 0 ? QUEUE_FAULT : QUEUE_UNKNOWN;
	if (!may_try(&row, d->now))
		return QUEUE_STATE;
	found = outbox_stands(d, &row);
	if (found != 1)
		return found < 0 ? QUEUE_FAULT : QUEUE_OVER;
	if (db_do(d->db, queue_again, .id = id, .now = d->now) != 1 ||
	    unreachable_lift_letter(d, id) < 0 ||
	    audit_write(d, "send_again", row.booking) < 0)
		return QUEUE_FAULT;
	return QUEUE_DONE;
}

int
queue_pause(struct desk *d)
{
	return pause_at(d, d->now, "pause_letters");
}

int
queue_resume(struct desk *d)
{
	return pause_at(d, 0, "resume_letters");
}

/* Nothing leaves before it is due. */
static bool
may_try(const struct outbox *row, int64_t now)
{
	if (strcmp(row->state, "due") == 0)
		return row->due_at <= now;
	return strcmp(row->state, "dead") == 0 ||
	    strcmp(row->state, "bounced") == 0;
}

static int
pause_at(struct desk *d, int64_t at, const char *action)
{
	struct queue_trouble trouble;

	if (queue_trouble(d, &trouble) < 0)
		return -1;
	if ((trouble.paused_at == 0) == (at == 0))
		return 0;
	if (db_must(d->db, queue_pause, .paused_at = at) < 0)
		return -1;
	return audit_write(d, action, 0);
}
