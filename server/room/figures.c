/* Counts for the operator's gauges. */
#include "room/figures.h"

static const struct db_field letters_row[] = { DB_FIELD(struct figures_letters,
						   waiting),
	DB_FIELD(struct figures_letters, overdue), DB_END };

int
figures_letters(struct desk *d, struct figures_letters *letters)
{
	return db_one(d->db, d->arena, letters_row, letters, figures_letters,
		   .now = d->now) == 1
	    ? 0
	    : -1;
}
