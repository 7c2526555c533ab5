-- Addresses at which nobody can be reached.

-- name: unreachable_index(letter)
-- To whom a letter goes; none for letters to others than her.
SELECT COALESCE(b.mail_index, w.mail_index, e.mail_index) AS mail_index
FROM outbox o
LEFT JOIN booking b ON b.id = o.booking
LEFT JOIN offer f ON o.booking IS NULL AND o.kind = 'offer' AND f.id = o.owner
LEFT JOIN waitlist w ON w.id = f.waitlist
LEFT JOIN booking e ON e.id = w.booking
WHERE o.id = :letter AND (o.booking IS NULL OR o.owner = 0);

-- name: unreachable_add(id, mail_index blob, status text, now)
INSERT INTO unreachable (id, mail_index, status, since)
VALUES (:id, :mail_index, :status, :now)
ON CONFLICT (mail_index) DO UPDATE SET status = excluded.status;

-- name: unreachable_get(mail_index blob)
SELECT id, status, since FROM unreachable WHERE mail_index = :mail_index;

-- name: unreachable_list(most)
-- Each with a booking or a wish that knows it, the latest first.
SELECT u.id, u.status, u.since,
	COALESCE((SELECT b.code FROM booking b
			WHERE b.mail_index = u.mail_index AND b.state <> 'held'
			ORDER BY b.starts_at DESC LIMIT 1),
		(SELECT w.code FROM waitlist w
			WHERE w.mail_index = u.mail_index
			ORDER BY w.joined_at DESC LIMIT 1), '') AS code,
	COALESCE((SELECT b.day FROM booking b
			WHERE b.mail_index = u.mail_index AND b.state <> 'held'
			ORDER BY b.starts_at DESC LIMIT 1), 0) AS day
FROM unreachable u
ORDER BY u.since DESC, u.id LIMIT :most;

-- name: unreachable_lift(id)
DELETE FROM unreachable WHERE id = :id;

-- name: unreachable_lift_index(mail_index blob)
DELETE FROM unreachable WHERE mail_index = :mail_index;

-- name: unreachable_lift_booking(booking)
DELETE FROM unreachable WHERE mail_index = (
	SELECT mail_index FROM booking WHERE id = :booking);

-- name: unreachable_purge(before)
-- Old, or of an address that nothing here knows any more.
DELETE FROM unreachable
WHERE since <= :before
	OR (NOT EXISTS (SELECT 1 FROM booking b
			WHERE b.mail_index = unreachable.mail_index)
		AND NOT EXISTS (SELECT 1 FROM waitlist w
			WHERE w.mail_index = unreachable.mail_index));

-- name: unreachable_count()
SELECT COUNT(*) FROM unreachable;
