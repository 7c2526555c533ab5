-- Forgetting whose a booking was.

-- name: forget_booking(id, now)
-- What calendars of advisors show stays as it was, so their number too.
UPDATE booking SET contact = NULL, note = NULL, mail_index = NULL,
	attention = '', forget_after = 0, forgotten_at = :now,
	generation = generation + 1, version = version + 1
WHERE id = :id AND forgotten_at IS NULL AND state <> 'held';

-- name: forget_letters(booking)
-- What has not left never will: there is nobody to send it to.
UPDATE outbox SET letter = NULL, error = '',
	state = CASE WHEN state IN ('due', 'sending') THEN 'stale'
		ELSE state END
WHERE booking = :booking AND owner = 0;

-- name: forget_offers(booking)
-- The same for offers to her wish, which has the id of the booking that it
-- became, or was for an earlier time.
UPDATE outbox SET letter = NULL, error = '',
	state = CASE WHEN state IN ('due', 'sending') THEN 'stale'
		ELSE state END
WHERE booking IS NULL AND kind = 'offer' AND owner IN (
	SELECT id FROM offer WHERE waitlist = :booking
	UNION
	SELECT o.id FROM waitlist w JOIN offer o ON o.waitlist = w.id
	WHERE w.booking = :booking);

-- name: forget_answers(booking)
-- The key stays used: a request that comes late books nothing in her name.
-- No request has the digest of a key.
UPDATE idempotency SET request = key, answer = '', booking = 0
WHERE booking = :booking AND booking <> 0;

-- name: forget_undone(id, now)
-- In a restored database: she had cancelled it, or she could not have had
-- it forgotten.
UPDATE booking SET state = 'cancelled', cancelled_at = :now,
	cancelled_by = 'guest', updated_at = :now, sequence = sequence + 1
WHERE id = :id AND forgotten_at IS NULL AND state = 'confirmed'
	AND starts_at > :now;

-- name: forget_wish(id, version, wish)
UPDATE booking SET forget_after = :wish, version = version + 1
WHERE id = :id AND version = :version;

-- name: forget_wished(now, most)
-- Over or cancelled; a letter of the room's cancellation leaves first.
SELECT b.id FROM booking b
WHERE b.forgotten_at IS NULL AND b.forget_after = 1
	AND (b.ends_at <= :now OR b.state = 'cancelled')
	AND NOT EXISTS (SELECT 1 FROM outbox o
		WHERE o.booking = b.id AND o.kind = 'cancelled'
			AND b.cancelled_by = 'room'
			AND o.state IN ('due', 'sending')
			AND o.not_after >= :now)
ORDER BY b.ends_at LIMIT :most;

-- name: forget_waits(booking, now)
-- Letters on their way that tell her of a cancellation by the room.
SELECT COUNT(*) FROM outbox o
JOIN booking b ON b.id = o.booking
WHERE o.booking = :booking AND o.kind = 'cancelled'
	AND b.cancelled_by = 'room'
	AND o.state IN ('due', 'sending') AND o.not_after >= :now;

-- name: forget_old(before, most)
SELECT id FROM booking
WHERE forgotten_at IS NULL AND state <> 'held' AND ends_at <= :before
ORDER BY ends_at LIMIT :most;
