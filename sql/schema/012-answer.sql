-- What people tell when nobody asks who they are.  A row is one answer to
-- one question.  No booking, no time, no rowid: a random key is the only
-- order there is.
CREATE TABLE answer (
	key BLOB NOT NULL PRIMARY KEY,	-- 16 random bytes
	quarter INTEGER NOT NULL,	-- of its batch: year * 4 + 0..3
	question TEXT NOT NULL
		CHECK (question IN ('heard', 'age', 'feeling', 'again')),
	choice TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_question ON answer (question, quarter, choice);

-- Where answers wait until ten have come: one sealed box of constant size.
CREATE TABLE answer_pool (
	card INTEGER NOT NULL PRIMARY KEY,	-- 1 after booking, 2 after a visit
	box BLOB NOT NULL
) STRICT;
