-- Closing hours that may be booked already.

-- name: closing_hits(scope text, owner, from_at, until_at, from_day, until_day, now)
-- Bookings to come that a closure would hit; a blind index says that there
-- is an address, and whether it takes mail, without opening it.  The days
-- bound the index.
SELECT b.id, b.code, b.version, b.starts_at, b.ends_at, b.channel, b.place,
	theme.code AS theme_code, advisor.code AS advisor_code,
	place.code AS place_code,
	CASE WHEN b.mail_index IS NULL
			OR EXISTS (SELECT 1 FROM unreachable u
				WHERE u.mail_index = b.mail_index)
		THEN 0 ELSE 1 END AS reachable,
	'' AS letter
FROM booking b
JOIN theme ON theme.id = b.theme
JOIN advisor ON advisor.id = b.advisor
JOIN place ON place.id = b.place
WHERE b.day >= :from_day AND b.day <= :until_day
	AND b.starts_at < :until_at AND b.ends_at > :from_at
	AND b.starts_at > :now AND b.state = 'confirmed'
	AND (:scope = 'room' OR (:scope = 'place' AND b.place = :owner)
		OR (:scope = 'advisor' AND b.advisor = :owner))
ORDER BY b.starts_at, b.code;

-- name: closing_holds(scope text, owner, from_at, until_at)
SELECT id FROM booking
WHERE state = 'held' AND starts_at < :until_at AND ends_at > :from_at
	AND (:scope = 'room' OR (:scope = 'place' AND place = :owner)
		OR (:scope = 'advisor' AND advisor = :owner));

-- name: closing_hit_by(closure)
-- What a closure has cancelled, and what became of the letter.  Who was
-- forgotten is nobody to look for any more.
SELECT b.id, b.code, b.version, b.starts_at, b.ends_at, b.channel, b.place,
	theme.code AS theme_code, advisor.code AS advisor_code,
	place.code AS place_code,
	CASE WHEN b.forgotten_at IS NULL
			AND (o.id IS NULL OR o.state IN ('dead', 'stale'))
		THEN 0 ELSE 1 END AS reachable,
	COALESCE(o.state, '') AS letter
FROM booking b
JOIN theme ON theme.id = b.theme
JOIN advisor ON advisor.id = b.advisor
JOIN place ON place.id = b.place
LEFT JOIN outbox o ON o.booking = b.id AND o.kind = 'cancelled'
WHERE b.closure = :closure
ORDER BY b.starts_at, b.code;

-- name: closing_mark(id, closure)
UPDATE booking SET closure = :closure, version = version + 1 WHERE id = :id;

-- name: closing_find(scope text, owner, starts_at, ends_at)
SELECT id FROM closure
WHERE scope = :scope AND owner = :owner
	AND starts_at = :starts_at AND ends_at = :ends_at;

-- name: closing_list(now)
SELECT c.id, c.scope, c.owner, COALESCE(p.code, a.code, '') AS code,
	c.starts_at, c.ends_at
FROM closure AS c
LEFT JOIN place AS p ON p.id = c.owner
LEFT JOIN advisor AS a ON a.id = c.owner
WHERE c.ends_at > :now
ORDER BY c.starts_at, c.ends_at, c.scope, c.id;

-- name: closing_get(id)
SELECT c.id, c.scope, c.owner, COALESCE(p.code, a.code, '') AS code,
	c.starts_at, c.ends_at
FROM closure AS c
LEFT JOIN place AS p ON p.id = c.owner
LEFT JOIN advisor AS a ON a.id = c.owner
WHERE c.id = :id;

-- name: closing_reopen(id, now)
DELETE FROM closure WHERE id = :id AND ends_at > :now;
