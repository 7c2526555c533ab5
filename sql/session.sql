-- Dated blocks of openings.

-- A session lasts at most a day, so that the index on its start bounds the
-- span from both sides.  The order of the joins keeps it the outermost.
-- name: session_between(from_at, until_at, theme, place, channel text)
SELECT s.id, s.opening, s.advisor, s.theme, s.place,
	t.code AS theme_code, a.code AS advisor_code, p.code AS place_code,
	p.channel, s.starts_at, s.ends_at, s.slot_minutes, s.gap_minutes,
	a.anything
FROM session AS s
CROSS JOIN theme AS t
CROSS JOIN advisor AS a
CROSS JOIN place AS p
WHERE t.id = s.theme AND a.id = s.advisor AND p.id = s.place
	AND s.withdrawn = 0
	AND s.starts_at > :from_at - 86400 AND s.starts_at < :until_at
	AND s.ends_at > :from_at
	AND (:theme = 0 OR s.theme = :theme)
	AND (:place = 0 OR s.place = :place)
	AND (:channel IS NULL OR p.channel = :channel)
ORDER BY s.starts_at, p.rank, a.rank, s.id;

-- name: session_get(id)
SELECT s.id, s.opening, s.advisor, s.theme, s.place,
	t.code AS theme_code, a.code AS advisor_code, p.code AS place_code,
	p.channel, s.starts_at, s.ends_at, s.slot_minutes, s.gap_minutes,
	a.anything
FROM session AS s
JOIN theme AS t ON t.id = s.theme
JOIN advisor AS a ON a.id = s.advisor
JOIN place AS p ON p.id = s.place
WHERE s.id = :id AND s.withdrawn = 0;

-- name: session_unrecorded(now, most)
SELECT s.id, s.opening, s.advisor, s.theme, s.place,
	t.code AS theme_code, a.code AS advisor_code, p.code AS place_code,
	p.channel, s.starts_at, s.ends_at, s.slot_minutes, s.gap_minutes,
	a.anything
FROM session AS s
CROSS JOIN theme AS t
CROSS JOIN advisor AS a
CROSS JOIN place AS p
WHERE t.id = s.theme AND a.id = s.advisor AND p.id = s.place
	AND s.recorded = 0 AND s.withdrawn = 0 AND s.starts_at <= :now
ORDER BY s.starts_at
LIMIT :most;

-- name: session_next()
SELECT starts_at FROM session
WHERE recorded = 0 AND withdrawn = 0
ORDER BY starts_at
LIMIT 1;

-- name: session_offer(session, starts_at, ends_at, advisor, theme, place, channel text, day, weekday, minute)
INSERT INTO offered (session, starts_at, ends_at, advisor, theme, place,
	channel, day, weekday, minute)
VALUES (:session, :starts_at, :ends_at, :advisor, :theme, :place,
	:channel, :day, :weekday, :minute)
ON CONFLICT (session, starts_at) DO NOTHING;

-- name: session_recorded(id)
UPDATE session SET recorded = 1 WHERE id = :id;
