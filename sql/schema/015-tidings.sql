-- What advisors wish to be told by mail.  A row stands as long as one of the
-- two does: an address is kept for letters alone.
CREATE TABLE tidings (
	id INTEGER NOT NULL PRIMARY KEY,	-- drawn anew with each address,
				-- so that links in letters to an old one end
	advisor INTEGER NOT NULL UNIQUE REFERENCES advisor (id),
	address BLOB NOT NULL,		-- sealed
	lang TEXT NOT NULL,		-- of her letters: ja, en
	notices INTEGER NOT NULL CHECK (notices IN (0, 1)),	-- at once
	digest INTEGER NOT NULL CHECK (digest IN (0, 1)),	-- each morning
	CHECK (notices = 1 OR digest = 1)
) STRICT;
