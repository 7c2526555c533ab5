-- Conditions under which no time suited.

-- name: demand_add(day, theme, place, channel text, times, longer, soon, anything)
INSERT INTO demand (day, theme, place, channel, times, longer, soon, anything,
	told)
VALUES (:day, :theme, :place, :channel, :times, :longer, :soon, :anything, 1)
ON CONFLICT (day, theme, place, channel, times, longer, soon, anything)
DO UPDATE SET told = demand.told + 1;

-- name: demand_between(from_day, until_day, most)
SELECT d.theme, COALESCE(t.code, '') AS theme_code, d.place,
	COALESCE(p.code, '') AS place_code, d.channel, d.times, d.longer,
	d.soon, d.anything, SUM(d.told) AS told
FROM demand AS d
LEFT JOIN theme AS t ON t.id = d.theme
LEFT JOIN place AS p ON p.id = d.place
WHERE d.day >= :from_day AND d.day <= :until_day
GROUP BY d.theme, t.code, d.place, p.code, d.channel, d.times, d.longer,
	d.soon, d.anything
ORDER BY told DESC, theme_code, place_code, d.channel, d.times, d.longer,
	d.soon, d.anything
LIMIT :most;
