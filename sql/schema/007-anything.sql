-- Who listens to what has no theme yet: "not in words yet" on the first page
-- leads to her times.
ALTER TABLE advisor ADD COLUMN anything INTEGER NOT NULL DEFAULT 0
	CHECK (anything IN (0, 1));	-- 1: takes any talk
