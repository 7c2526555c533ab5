-- Searches that found no time that suits, counted when somebody says so by
-- one touch: conditions and a day, nobody and no hour.
CREATE TABLE demand (
	day INTEGER NOT NULL,		-- local day on which it was told
	theme INTEGER NOT NULL,		-- theme.id; 0: any
	place INTEGER NOT NULL,		-- place.id; 0: any
	channel TEXT NOT NULL,		-- as of places; '': any
	times INTEGER NOT NULL,		-- enum slot_times or-ed; 0: any
	longer INTEGER NOT NULL,	-- 1: a longer talk
	soon INTEGER NOT NULL,		-- 1: today or tomorrow
	anything INTEGER NOT NULL,	-- 1: of advisors who take any talk
	told INTEGER NOT NULL,		-- how often
	PRIMARY KEY (day, theme, place, channel, times, longer, soon, anything)
) STRICT, WITHOUT ROWID;
