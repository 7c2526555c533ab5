/* Where a booking stands for the woman whose it is. */
#include "room/stage.h"

#include <string.h>

enum stage
booking_stage(const struct booking *b, int64_t now)
{
	if (strcmp(b->state, "held") == 0)
		return now < b->held_until ? STAGE_HELD : STAGE_LAPSED;
	if (strcmp(b->state, "cancelled") == 0)
		return STAGE_CANCELLED;
	if (strcmp(b->state, "attended") == 0)
		return STAGE_CAME;
	if (strcmp(b->state, "no_show") == 0 || now >= b->ends_at)
		return STAGE_OVER;
	return now < b->starts_at ? STAGE_AHEAD : STAGE_NOW;
}

bool
booking_reachable(const struct booking *b, int64_t now)
{
	return b->forgotten_at == 0 && now < b->ends_at + DAY_S;
}
