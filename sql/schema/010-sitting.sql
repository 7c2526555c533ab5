-- Whoever is signed in sees where, and ends it there.  Forms name a sitting
-- by its id; what the browser holds stays a digest.  Only classes of devices
-- are kept, never what the browser said.
CREATE TABLE sitting_new (
	id INTEGER NOT NULL PRIMARY KEY,	-- random
	token BLOB NOT NULL UNIQUE,	-- keyed digest of the cookie's token
	account INTEGER NOT NULL REFERENCES account (id),
	system TEXT NOT NULL,	-- 'Android', 'Windows', ...; '': unknown
	browser TEXT NOT NULL,	-- 'Chrome', 'Safari', ...; '': unknown
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,	-- some minutes late at most
	expires_at INTEGER NOT NULL	-- however much it is used
) STRICT;
INSERT INTO sitting_new (id, token, account, system, browser, created_at,
	seen_at, expires_at)
SELECT RANDOM() & 9223372036854775807, token, account, '', '', created_at,
	created_at, expires_at
FROM sitting;
DROP TABLE sitting;
ALTER TABLE sitting_new RENAME TO sitting;
CREATE INDEX sitting_account ON sitting (account);
