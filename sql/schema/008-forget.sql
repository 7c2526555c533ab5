-- When a booking forgets whose it was.  The line stays for the figures; what
-- is personal in it goes: by her wish, or so many days after her visit.
ALTER TABLE booking ADD COLUMN forget_after INTEGER NOT NULL DEFAULT 0
	CHECK (forget_after IN (0, 1));	-- 1: her wish, once it is over
ALTER TABLE booking ADD COLUMN forgotten_at INTEGER;	-- NULL: not yet
ALTER TABLE room ADD COLUMN forget_days INTEGER NOT NULL DEFAULT 90;
					-- after the visit, without a wish

-- Only what is still known, so that old rows cost the rounds nothing.
CREATE INDEX booking_known ON booking (ends_at)
	WHERE forgotten_at IS NULL AND state <> 'held';
CREATE INDEX booking_wished ON booking (ends_at)
	WHERE forgotten_at IS NULL AND forget_after = 1;

-- Whose answer it is: it tells number and words again.
ALTER TABLE idempotency ADD COLUMN booking INTEGER NOT NULL DEFAULT 0;
CREATE INDEX idempotency_booking ON idempotency (booking)
	WHERE booking <> 0;
