-- The waiting list.

-- A number that a booking has is not given again.
-- name: waitlist_add(id, code text, booking, theme, anything, place, channel text, times, longer, from_at, until_at, lang text, contact blob, mail_index blob, now)
INSERT INTO waitlist (id, code, booking, theme, anything, place, channel,
	times, longer, from_at, until_at, lang, contact, mail_index, state, joined_at)
SELECT :id, :code, NULLIF(:booking, 0), :theme, :anything, :place, :channel,
	:times, :longer, :from_at, :until_at, :lang, :contact, :mail_index, 'waiting',
	:now
WHERE NOT EXISTS (SELECT 1 FROM booking WHERE code = :code);

-- name: waitlist_get(id)
-- Her page promises no letters once one of hers has reached nobody.  What is
-- known of her address otherwise is not told to whoever typed it.
SELECT w.*, CASE WHEN (w.mail_index IS NULL AND b.mail_index IS NULL)
			OR EXISTS (SELECT 1 FROM offer AS f
				JOIN outbox AS o ON o.owner = f.id
					AND o.booking IS NULL
					AND o.kind = 'offer'
				WHERE f.waitlist = w.id
					AND o.state IN ('dead', 'bounced')
					-- of ours, not of her address
					AND o.error NOT IN
						('late', 'not composed'))
		THEN 0 ELSE 1 END AS reachable
FROM waitlist AS w
LEFT JOIN booking AS b ON b.id = w.booking
WHERE w.id = :id;

-- name: waitlist_by_code(code text)
SELECT w.*, CASE WHEN w.mail_index IS NULL THEN 0 ELSE 1 END AS reachable
FROM waitlist AS w
WHERE w.code = :code;

-- name: waitlist_of_booking(booking)
SELECT w.*, CASE WHEN b.mail_index IS NULL THEN 0 ELSE 1 END AS reachable
FROM waitlist AS w
JOIN booking AS b ON b.id = w.booking
WHERE w.booking = :booking AND w.state = 'waiting';

-- name: waitlist_of_mail(mail_index blob)
SELECT COUNT(*) FROM waitlist
WHERE mail_index = :mail_index AND state = 'waiting';

-- name: waitlist_any()
SELECT EXISTS (SELECT 1 FROM waitlist WHERE state = 'waiting');

-- name: waitlist_reachable()
-- Whoever came first is asked first.
SELECT w.*, 1 AS reachable
FROM waitlist AS w
LEFT JOIN booking AS b ON b.id = w.booking
WHERE w.state = 'waiting'
	AND (w.mail_index IS NOT NULL OR b.mail_index IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM unreachable AS u
		WHERE u.mail_index = COALESCE(w.mail_index, b.mail_index))
ORDER BY w.joined_at, w.id;

-- name: waitlist_offered(id, now)
UPDATE waitlist SET offered_at = COALESCE(offered_at, :now) WHERE id = :id;

-- name: waitlist_end(id, state text, now)
-- What she told goes with the wish.
UPDATE waitlist SET state = :state, ended_at = :now,
	booked_at = CASE WHEN :state = 'booked' THEN :now END,
	contact = NULL, mail_index = NULL
WHERE id = :id AND state = 'waiting';

-- name: waitlist_over(latest)
-- Their days are past, or the booking that was to be earlier is another now.
SELECT w.id, CASE WHEN b.state = 'confirmed' AND b.starts_at < w.until_at
		THEN 'booked' ELSE 'ended' END AS state
FROM waitlist AS w
LEFT JOIN booking AS b ON b.id = w.booking
WHERE w.state = 'waiting' AND (w.until_at <= :latest
	OR (w.booking IS NOT NULL
		AND (b.state <> 'confirmed' OR b.starts_at <> w.until_at)));
