-- The first schema.  Instants are epoch seconds (UTC), named *_at; days are
-- local days since 1970-01-01 and minutes count from local midnight, in the
-- room's zone.  Ids are random 63-bit integers unless said otherwise.

-- What this database is: one row a fact.
CREATE TABLE mark (
	name TEXT NOT NULL PRIMARY KEY,	-- 'mode', 'zone', 'keys', 'last_at'
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The room and its policy: exactly one row, id 1.
CREATE TABLE room (
	id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	window_days INTEGER NOT NULL,	-- how far ahead booking is open
	notice_minutes INTEGER NOT NULL,	-- latest booking before a start
	hold_minutes INTEGER NOT NULL,	-- how long a frame is held for her
	on_holidays INTEGER NOT NULL,	-- 1: open on public holidays
	closed_from INTEGER NOT NULL,	-- turn of the year: month * 100 + day,
	closed_until INTEGER NOT NULL,	-- both inclusive; 0 and 0: never
	phone TEXT NOT NULL,		-- '' or as printed: 0166-00-0000
	generation INTEGER NOT NULL	-- raised when what is offered changes
) STRICT;

-- Words people read about the room's things; owner is the id of a theme, an
-- advisor, a place or 1 for the room.
CREATE TABLE words (
	owner INTEGER NOT NULL,
	field TEXT NOT NULL,		-- 'name', 'worry', 'profession', ...
	lang TEXT NOT NULL,		-- 'ja', 'en'
	body TEXT NOT NULL,
	PRIMARY KEY (owner, field, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE theme (
	id INTEGER NOT NULL PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,	-- 'career'
	rank INTEGER NOT NULL,		-- order on pages
	withdrawn INTEGER NOT NULL DEFAULT 0	-- 1: no longer offered
) STRICT;

CREATE TABLE advisor (
	id INTEGER NOT NULL PRIMARY KEY,	-- also a resource of claims
	code TEXT NOT NULL UNIQUE,
	rank INTEGER NOT NULL,
	face TEXT NOT NULL,		-- drawing shown on pages: 'career', ...
	feed_generation INTEGER NOT NULL DEFAULT 1,	-- raised to revoke links
	withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What an advisor talks about.
CREATE TABLE advisor_theme (
	advisor INTEGER NOT NULL REFERENCES advisor (id),
	theme INTEGER NOT NULL REFERENCES theme (id),
	PRIMARY KEY (advisor, theme)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
	id INTEGER NOT NULL PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	rank INTEGER NOT NULL,
	channel TEXT NOT NULL CHECK (channel IN ('in_person', 'online')),
	withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A place talks to as many people at once as it has booths (online: rooms).
CREATE TABLE booth (
	id INTEGER NOT NULL PRIMARY KEY,	-- a resource of claims
	place INTEGER NOT NULL REFERENCES place (id),
	rank INTEGER NOT NULL,		-- 1 is taken first
	withdrawn INTEGER NOT NULL DEFAULT 0,
	UNIQUE (place, rank)
) STRICT;

-- A recurring availability rule in iCalendar terms.
CREATE TABLE opening (
	id INTEGER NOT NULL PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,	-- name in room files
	advisor INTEGER NOT NULL REFERENCES advisor (id),
	theme INTEGER NOT NULL REFERENCES theme (id),
	place INTEGER NOT NULL REFERENCES place (id),
	first_day INTEGER NOT NULL,	-- DTSTART
	start_minute INTEGER NOT NULL CHECK (start_minute % 15 = 0),
	minutes INTEGER NOT NULL CHECK (minutes > 0 AND minutes % 15 = 0),
	rrule TEXT NOT NULL,		-- 'FREQ=WEEKLY;BYDAY=WE' or ''
	rdates TEXT NOT NULL DEFAULT '',	-- '2024-08-15,...'
	exdates TEXT NOT NULL DEFAULT '',
	slot_minutes INTEGER NOT NULL CHECK (slot_minutes > 0),
	gap_minutes INTEGER NOT NULL DEFAULT 0
		CHECK ((slot_minutes + gap_minutes) % 15 = 0),
	withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One dated block of an opening.  Past sessions never change.
CREATE TABLE session (
	id INTEGER NOT NULL PRIMARY KEY,
	opening INTEGER NOT NULL REFERENCES opening (id),
	original_day INTEGER NOT NULL,	-- the rule's day, as RECURRENCE-ID
	advisor INTEGER NOT NULL REFERENCES advisor (id),
	theme INTEGER NOT NULL REFERENCES theme (id),
	place INTEGER NOT NULL REFERENCES place (id),
	starts_at INTEGER NOT NULL CHECK (starts_at % 900 = 0),
	ends_at INTEGER NOT NULL,
	slot_minutes INTEGER NOT NULL,
	gap_minutes INTEGER NOT NULL,
	detached INTEGER NOT NULL DEFAULT 0,	-- 1: edited by hand
	withdrawn INTEGER NOT NULL DEFAULT 0,
	recorded INTEGER NOT NULL DEFAULT 0,	-- 1: its frames are in offered
	UNIQUE (opening, original_day)
) STRICT;
CREATE INDEX session_open ON session (starts_at)
	WHERE withdrawn = 0;
CREATE INDEX session_unrecorded ON session (starts_at)
	WHERE recorded = 0 AND withdrawn = 0;

-- Times that staff take away; bookings stay and are flagged.
CREATE TABLE closure (
	id INTEGER NOT NULL PRIMARY KEY,
	scope TEXT NOT NULL CHECK (scope IN ('room', 'place', 'advisor')),
	owner INTEGER NOT NULL,		-- 1 (room), place or advisor
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX closure_time ON closure (ends_at);

-- Days on which the law's calendar is overruled (the equinoxes become law
-- in the gazette of the February before; the Diet moves a holiday).
CREATE TABLE holiday (
	day INTEGER NOT NULL PRIMARY KEY,
	closed INTEGER NOT NULL,	-- 1: a holiday, 0: none after all
	name TEXT NOT NULL
) STRICT;

-- Who has which quarter hour of an advisor or a booth.  The key makes double
-- booking impossible whatever code forgets to check.
CREATE TABLE claim (
	resource INTEGER NOT NULL,	-- advisor.id or booth.id
	unit INTEGER NOT NULL,		-- floor(epoch / 900)
	holder INTEGER NOT NULL,	-- booking.id
	expires_at INTEGER NOT NULL,	-- end of a hold; 0: never
	PRIMARY KEY (resource, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_holder ON claim (holder);
CREATE INDEX claim_unit ON claim (unit);

CREATE TABLE booking (
	id INTEGER NOT NULL PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,	-- 8 digits, shown as 4827-1935
	session INTEGER NOT NULL REFERENCES session (id),	-- provenance
	advisor INTEGER NOT NULL,
	theme INTEGER NOT NULL,
	place INTEGER NOT NULL,
	booth INTEGER NOT NULL,
	channel TEXT NOT NULL CHECK (channel IN ('in_person', 'online')),
	entry TEXT NOT NULL
		CHECK (entry IN ('web', 'phone', 'desk', 'walk_in')),
	state TEXT NOT NULL CHECK (state IN
		('held', 'confirmed', 'attended', 'no_show', 'cancelled')),
	starts_at INTEGER NOT NULL,	-- what was promised
	ends_at INTEGER NOT NULL,
	day INTEGER NOT NULL,		-- local day of starts_at
	held_until INTEGER NOT NULL,	-- end of the hold; 0 once confirmed
	extended INTEGER NOT NULL DEFAULT 0,	-- 1: the hold was extended
	lang TEXT NOT NULL,		-- language of her letters
	contact BLOB,			-- sealed {name, mail}
	note BLOB,			-- sealed text
	mail_index BLOB,		-- blind index of the mail address
	generation INTEGER NOT NULL DEFAULT 1,	-- raised to revoke her links
	uid TEXT NOT NULL,		-- calendar UID, immutable
	sequence INTEGER NOT NULL DEFAULT 0,	-- what calendars must see
	version INTEGER NOT NULL DEFAULT 1,	-- every change of this row
	attention TEXT NOT NULL DEFAULT '',	-- '' or why staff must look
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,	-- last change that calendars see
	confirmed_at INTEGER,
	cancelled_at INTEGER,
	cancelled_by TEXT CHECK (cancelled_by IN ('guest', 'room')),
	outcome_at INTEGER
) STRICT;
CREATE INDEX booking_day ON booking (day, starts_at);
CREATE INDEX booking_session ON booking (session, starts_at);
CREATE INDEX booking_advisor ON booking (advisor, starts_at);
CREATE INDEX booking_held ON booking (held_until) WHERE state = 'held';
CREATE INDEX booking_mail ON booking (mail_index)
	WHERE mail_index IS NOT NULL;

-- Every frame that stood open when its session began: the record of what was
-- offered, which no rule can reconstruct later.
CREATE TABLE offered (
	session INTEGER NOT NULL REFERENCES session (id),
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL,
	advisor INTEGER NOT NULL,
	theme INTEGER NOT NULL,
	place INTEGER NOT NULL,
	channel TEXT NOT NULL,
	day INTEGER NOT NULL,
	weekday INTEGER NOT NULL,	-- ISO 8601, 1 Monday
	minute INTEGER NOT NULL,	-- local minute of starts_at
	PRIMARY KEY (session, starts_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX offered_day ON offered (day);

-- Letters to be sent, written in the transaction of their cause.
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY,
	booking INTEGER NOT NULL REFERENCES booking (id),
	kind TEXT NOT NULL CHECK (kind IN
		('confirmation', 'changed', 'cancelled', 'reminder')),
	sequence INTEGER NOT NULL,	-- of the booking when written
	state TEXT NOT NULL CHECK (state IN
		('due', 'sending', 'sent', 'stale', 'dead')),
	due_at INTEGER NOT NULL,	-- not before
	not_after INTEGER NOT NULL,	-- better never than later
	next_at INTEGER NOT NULL,	-- next try
	attempts INTEGER NOT NULL DEFAULT 0,
	message_id TEXT NOT NULL,	-- stable over tries
	letter BLOB,			-- sealed bytes once tried, until sent
	error TEXT NOT NULL DEFAULT '',	-- last answer of the mail server
	created_at INTEGER NOT NULL,
	UNIQUE (booking, kind, sequence)
) STRICT;
CREATE INDEX outbox_next ON outbox (next_at) WHERE state = 'due';

CREATE TABLE account (
	id INTEGER NOT NULL PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,	-- sign-in name, lower case
	role TEXT NOT NULL CHECK (role IN ('staff', 'manager', 'advisor')),
	advisor INTEGER REFERENCES advisor (id),	-- of an advisor's account
	password TEXT NOT NULL,		-- Argon2id
	one_time INTEGER NOT NULL,	-- 1: must be changed at sign-in
	disabled INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL
) STRICT;

-- Signed-in browsers; the cookie's token is kept as a keyed digest.
CREATE TABLE sitting (
	token BLOB NOT NULL PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Tries per key and window: wrong passphrases, sign-ins.
CREATE TABLE throttle (
	key BLOB NOT NULL,		-- keyed digest of what is counted
	window_at INTEGER NOT NULL,	-- start of the window
	tries INTEGER NOT NULL,
	PRIMARY KEY (key, window_at)
) STRICT, WITHOUT ROWID;

-- Requests that may be repeated without effect, for 24 hours.
CREATE TABLE idempotency (
	key BLOB NOT NULL PRIMARY KEY,	-- keyed digest of the client's key
	request BLOB NOT NULL,		-- keyed digest of the request
	status INTEGER NOT NULL,
	answer TEXT NOT NULL,		-- sealed under the client's key
	created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every reading and changing of personal data by an account.
CREATE TABLE audit (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	account INTEGER NOT NULL,	-- account.id; 0 on the operator's socket
	uid INTEGER NOT NULL,		-- peer's user id on the socket, else -1
	action TEXT NOT NULL,		-- 'open_note', 'outcome', ...
	booking INTEGER NOT NULL	-- 0: none
) STRICT;
CREATE INDEX audit_booking ON audit (booking, at);
