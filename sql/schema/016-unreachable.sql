-- Addresses at which nobody can be reached, so that no further letters are
-- sent there in vain.  A row goes with the last booking or wish that knows
-- its address, and at the latest after the days of room.forget_days.
CREATE TABLE unreachable (
	id INTEGER NOT NULL PRIMARY KEY,
	mail_index BLOB NOT NULL UNIQUE,	-- blind index of the address
	status TEXT NOT NULL,		-- '5.1.1' (RFC 3463)
	since INTEGER NOT NULL		-- it was first found so
) STRICT;
