-- The waiting list, and offers of freed frames to those on it.

-- A wish for a time that was not free.
CREATE TABLE waitlist (
	id INTEGER NOT NULL PRIMARY KEY,	-- also of the booking it becomes
	code TEXT UNIQUE,		-- 8 digits, which the booking keeps;
					-- NULL: she has them with her booking
	booking INTEGER REFERENCES booking (id),	-- that she would have
					-- earlier; NULL: she has none yet
	theme INTEGER NOT NULL,		-- 0: any
	place INTEGER NOT NULL,		-- 0: any
	channel TEXT			-- NULL: any
		CHECK (channel IN ('in_person', 'online')),
	times INTEGER NOT NULL,		-- parts of the day or-ed, 0 any:
					-- 1 morning, 2 daytime, 4 evening,
					-- 8 weekend
	longer INTEGER NOT NULL,	-- 1: the frame behind is free as well
	from_at INTEGER NOT NULL,	-- frames that start from here on
	until_at INTEGER NOT NULL,	-- and before this; of a booking that
					-- is to be earlier: its start
	lang TEXT NOT NULL,		-- language of her letters
	contact BLOB,			-- sealed {name, mail} while she waits
	mail_index BLOB,		-- blind index of the address, as long
	state TEXT NOT NULL CHECK (state IN
		('waiting', 'booked', 'withdrawn', 'ended')),
	joined_at INTEGER NOT NULL,
	offered_at INTEGER,		-- first offer
	booked_at INTEGER,		-- the wish came true
	ended_at INTEGER		-- when she stopped waiting
) STRICT;
CREATE INDEX waitlist_waiting ON waitlist (joined_at)
	WHERE state = 'waiting';
CREATE INDEX waitlist_joined ON waitlist (joined_at);
CREATE INDEX waitlist_booking ON waitlist (booking)
	WHERE booking IS NOT NULL;
CREATE INDEX waitlist_mail ON waitlist (mail_index)
	WHERE mail_index IS NOT NULL;

-- A freed frame offered to a wish: held for her by claims whose holder is the
-- offer, or, in the last hours, told to all at once.
CREATE TABLE offer (
	id INTEGER NOT NULL PRIMARY KEY,	-- holder of its claims
	waitlist INTEGER NOT NULL REFERENCES waitlist (id),
	session INTEGER NOT NULL REFERENCES session (id),
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL,
	shared INTEGER NOT NULL,	-- 1: told to all, nothing is held
	state TEXT NOT NULL CHECK (state IN
		('open', 'accepted', 'declined', 'lapsed', 'gone')),
	made_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,	-- her deadline
	answered_at INTEGER,		-- left 'open'
	UNIQUE (waitlist, session, starts_at)
) STRICT;
CREATE INDEX offer_open ON offer (expires_at) WHERE state = 'open';
CREATE INDEX offer_session ON offer (session) WHERE state = 'open';
