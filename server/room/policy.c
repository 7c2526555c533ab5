/* The room's own rules: one row. */
#include "room/policy.h"

#define MARK UINT64_MAX /* no claim has this one */

static const struct db_field policy_row[] = {
	DB_FIELD(struct policy, window_days),
	DB_FIELD(struct policy, notice_minutes),
	DB_FIELD(struct policy, hold_minutes),
	DB_FIELD(struct policy, forget_days),
	DB_FIELD(struct policy, on_holidays),
	DB_FIELD(struct policy, closed_from),
	DB_FIELD(struct policy, closed_until),
	DB_FIELD(struct policy, phone),
	DB_FIELD(struct policy, generation),
	DB_END,
};

int
policy_get(struct desk *d, struct policy *policy)
{
	return db_one(d->db, d->arena, policy_row, policy, policy_get);
}

int
policy_set(struct desk *d, const struct policy *policy)
{
	return db_must(d->db, policy_set, .window_days = policy->window_days,
	    .notice_minutes = policy->notice_minutes,
	    .hold_minutes = policy->hold_minutes,
	    .forget_days = policy->forget_days,
	    .on_holidays = policy->on_holidays,
	    .closed_from = policy->closed_from,
	    .closed_until = policy->closed_until, .phone = policy->phone);
}

int
policy_raise(struct desk *d)
{
	db_touch(d->db, MARK);
	return db_must(d->db, policy_raise);
}

bool
policy_touched(const struct marks *marks, uint64_t generation)
{
	return marks_touched(marks, MARK, generation);
}
