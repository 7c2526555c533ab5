-- Where flyers lie: a waiting room, a library.  Each has an address of its
-- own that never ends, so that what was printed stays true.
CREATE TABLE outlet (
	id INTEGER NOT NULL PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,	-- in the address: /f/k7mp
	name TEXT NOT NULL,		-- as staff call it
	withdrawn INTEGER NOT NULL DEFAULT 0,	-- 1: lands, but is not printed
	created_at INTEGER NOT NULL
) STRICT;

-- How many came by a flyer.  Nothing here knows who.
CREATE TABLE outlet_visit (
	outlet INTEGER NOT NULL REFERENCES outlet (id),
	day INTEGER NOT NULL,
	visits INTEGER NOT NULL,
	PRIMARY KEY (outlet, day)
) STRICT, WITHOUT ROWID;

-- How many of them booked.  A day often has one booking, and its count would
-- say where that woman had been: so the quarter of the year stands here.
CREATE TABLE outlet_booking (
	outlet INTEGER NOT NULL REFERENCES outlet (id),
	quarter INTEGER NOT NULL,	-- year * 4 + 0..3
	bookings INTEGER NOT NULL,
	PRIMARY KEY (outlet, quarter)
) STRICT, WITHOUT ROWID;
