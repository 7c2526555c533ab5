/* What came by flyers, on its way to the database. */
#include "room/tally.h"

static int write_row(struct desk *, const struct tally_row *);

void
tally_add(struct tally *tally, const struct tally_row *row)
{
	struct tally_row *rows = tally->rows;
	size_t i = 0;

	while (i < tally->count &&
	    (rows[i].outlet != row->outlet || rows[i].day != row->day))
		i++;
	if (i == TALLY_ROWS)
		return;
	if (i == tally->count)
		rows[tally->count++] = *row;
	else {
		rows[i].visits += row->visits;
		rows[i].bookings += row->bookings;
	}
}

void
tally_move(struct tally *to, struct tally *from)
{
	for (size_t i = 0; i < from->count; i++)
		tally_add(to, &from->rows[i]);
	from->count = 0;
}

void
tally_show(const struct tally *tally, int32_t today, struct outlet *outlets,
    size_t count)
{
	for (size_t i = 0; i < tally->count; i++) {
		const struct tally_row *row = &tally->rows[i];
		struct outlet *o = outlets;

		while (o < outlets + count && o->id != row->outlet)
			o++;
		if (o == outlets + count)
			continue;
		o->visits += row->visits;
		o->bookings += row->bookings;
		if (row->day > today - OUTLET_RECENT_DAYS)
			o->recent += row->visits;
	}
}

int
tally_write(struct desk *d, const struct tally *tally)
{
	for (size_t i = 0; i < tally->count; i++)
		if (write_row(d, &tally->rows[i]) < 0)
			return -1;
	return 0;
}

static int
write_row(struct desk *d, const struct tally_row *row)
{
	if (row->visits > 0 &&
	    db_must(d->db, outlet_count_visits, .outlet = row->outlet,
		.day = row->day, .visits = row->visits) < 0)
		return -1;
	if (row->bookings == 0)
		return 0;
	return db_must(d->db, outlet_count_bookings, .outlet = row->outlet,
	    .quarter = when_year_quarter(row->day), .bookings = row->bookings);
}
