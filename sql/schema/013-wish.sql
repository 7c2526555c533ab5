-- A wish can be for advisors who take any talk, as the list can be asked.
ALTER TABLE waitlist ADD COLUMN anything INTEGER NOT NULL DEFAULT 0
	CHECK (anything IN (0, 1));	-- 1: only theirs
