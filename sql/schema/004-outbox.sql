-- Letters about more than a booking, to others than her who booked; what
-- people see of the outbox; a courier who can be told to wait.
CREATE TABLE outbox_new (
	id INTEGER NOT NULL PRIMARY KEY,
	booking INTEGER REFERENCES booking (id),	-- NULL: about none
	owner INTEGER NOT NULL DEFAULT 0,	-- of a letter about no booking:
				-- an advisor, 1 (room), whatever has an id
	kind TEXT NOT NULL,		-- one of the kinds that letter.c knows
	sequence INTEGER NOT NULL,	-- of the booking when written; of the
				-- others: their day, their number
	state TEXT NOT NULL CHECK (state IN
		('due', 'sending', 'sent', 'stale', 'dead', 'bounced')),
	due_at INTEGER NOT NULL,	-- not before
	not_after INTEGER NOT NULL,	-- better never than later
	next_at INTEGER NOT NULL,	-- next try
	attempts INTEGER NOT NULL DEFAULT 0,
	message_id TEXT NOT NULL UNIQUE,	-- stable over tries
	letter BLOB,			-- sealed bytes once tried, until sent
	error TEXT NOT NULL DEFAULT '',	-- last answer of the mail server: a
				-- word and a code, never its text
	created_at INTEGER NOT NULL,
	UNIQUE (booking, kind, sequence)
) STRICT;
INSERT INTO outbox_new (id, booking, kind, sequence, state, due_at,
	not_after, next_at, attempts, message_id, letter, error, created_at)
SELECT id, booking, kind, sequence, state, due_at, not_after, next_at,
	attempts, message_id, letter, error, created_at
FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;

CREATE UNIQUE INDEX outbox_owner ON outbox (owner, kind, sequence)
	WHERE booking IS NULL;
CREATE INDEX outbox_next ON outbox (next_at) WHERE state = 'due';
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
-- Tried in vain and waiting: how long already.
CREATE INDEX outbox_tried ON outbox (due_at)
	WHERE state = 'due' AND attempts > 0;
-- Those that reached nobody, of all that ever left.
CREATE INDEX outbox_failed ON outbox (not_after)
	WHERE state IN ('dead', 'bounced');

-- The courier: exactly one row, id 1.
CREATE TABLE courier (
	id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	paused_at INTEGER NOT NULL	-- no letter leaves since; 0: they do
) STRICT;
INSERT INTO courier (id, paused_at) VALUES (1, 0);
