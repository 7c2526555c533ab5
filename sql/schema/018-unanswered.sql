-- How often in a row a time was kept for her and she did not answer.
ALTER TABLE waitlist ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;
