-- The waiting list as staff see it.

-- name: waiting_between(from_at, until_at)
SELECT w.id, COALESCE(w.code, b.code) AS code, w.theme, w.place,
	COALESCE(t.code, '') AS theme_code, COALESCE(p.code, '') AS place_code,
	COALESCE(w.channel, '') AS channel, w.anything, w.times, w.longer, w.from_at, w.until_at, w.state,
	CASE WHEN w.booking IS NULL THEN 0 ELSE 1 END AS earlier,
	CASE WHEN (w.mail_index IS NULL AND b.mail_index IS NULL)
			OR EXISTS (SELECT 1 FROM unreachable AS u
				WHERE u.mail_index =
					COALESCE(w.mail_index, b.mail_index))
		THEN 0 ELSE 1 END AS reachable,
	w.joined_at, w.offered_at, w.booked_at
FROM waitlist AS w
LEFT JOIN booking AS b ON b.id = w.booking
LEFT JOIN theme AS t ON t.id = w.theme
LEFT JOIN place AS p ON p.id = w.place
WHERE w.joined_at >= :from_at AND w.joined_at < :until_at
ORDER BY w.joined_at, w.id;

-- name: waiting_kinds(from_at, until_at, most)
-- How many waited for what, were offered it and had it in the end.
SELECT w.theme, w.place, COALESCE(t.code, '') AS theme_code,
	COALESCE(p.code, '') AS place_code, COALESCE(w.channel, '') AS channel,
	w.anything, w.times, w.longer,
	CASE WHEN w.booking IS NULL THEN 0 ELSE 1 END AS earlier,
	COUNT(*) AS joined, COUNT(w.offered_at) AS offered,
	COUNT(w.booked_at) AS booked,
	SUM(CASE WHEN w.state = 'waiting' THEN 1 ELSE 0 END) AS waiting
FROM waitlist AS w
LEFT JOIN theme AS t ON t.id = w.theme
LEFT JOIN place AS p ON p.id = w.place
WHERE w.joined_at >= :from_at AND w.joined_at < :until_at
GROUP BY w.theme, w.place, t.code, p.code, w.channel, w.anything, w.times,
	w.longer, earlier
ORDER BY joined DESC, w.theme, w.times LIMIT :most;
