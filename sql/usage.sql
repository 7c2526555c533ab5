-- Utilisation.  One row a cell of (channel, theme, weekday, week, minute),
-- which usage.c adds up along each side.  A week is named by its Monday.

-- name: usage_frames(from_day, until_day)
SELECT f.channel, theme.code AS theme, theme.id AS theme_id,
	theme.rank, f.weekday,
	f.day - f.weekday + 1 AS week, f.minute,
	COUNT(*) AS offered, SUM(f.booked) AS booked, SUM(f.used) AS used
FROM (
	SELECT o.channel, o.theme, o.weekday, o.day, o.minute,
		EXISTS (SELECT 1 FROM booking b
			WHERE b.session = o.session
			AND b.starts_at <= o.starts_at
			AND b.ends_at > o.starts_at
			AND (b.state IN ('confirmed', 'attended', 'no_show')
				OR b.cancelled_at >= o.starts_at)) AS booked,
		EXISTS (SELECT 1 FROM booking b
			WHERE b.session = o.session
			AND b.starts_at < o.ends_at
			AND b.ends_at > o.starts_at
			AND b.state = 'attended') AS used
	FROM offered o WHERE o.day >= :from_day AND o.day <= :until_day
) f
JOIN theme ON theme.id = f.theme
GROUP BY f.channel, theme.code, theme.id, theme.rank, f.weekday, week, f.minute
ORDER BY f.minute, f.channel, f.weekday, theme.rank, week;

-- name: usage_bookings(from_day, until_day)
-- 1970-01-01 was a Thursday.
SELECT b.channel, theme.code AS theme, theme.id AS theme_id,
	theme.rank,
	(b.day + 3) % 7 + 1 AS weekday,
	b.day - (b.day + 3) % 7 AS week, 0 AS minute,
	SUM(CASE WHEN b.state = 'attended' THEN 1 ELSE 0 END) AS attended,
	SUM(CASE WHEN b.state = 'no_show' THEN 1 ELSE 0 END) AS no_show,
	SUM(CASE WHEN b.state = 'cancelled' THEN 1 ELSE 0 END) AS cancelled,
	COUNT(*) AS bookings
FROM booking b
JOIN theme ON theme.id = b.theme
WHERE b.day >= :from_day AND b.day <= :until_day AND b.state <> 'held'
GROUP BY b.channel, theme.code, theme.id, theme.rank, weekday, week;

-- name: usage_leads(from_day, until_day, now)
SELECT starts_at - confirmed_at AS lead FROM booking
WHERE day >= :from_day AND day <= :until_day AND starts_at <= :now
	AND state IN ('confirmed', 'attended', 'no_show')
	AND entry <> 'walk_in'
ORDER BY lead;

-- name: usage_days(from_day, until_day)
SELECT COUNT(DISTINCT day) FROM offered
WHERE day >= :from_day AND day <= :until_day;
