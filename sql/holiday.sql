-- Days on which the law's calendar is overruled.

-- name: holiday_between(from_day, until_day)
SELECT day, closed, name FROM holiday
WHERE day BETWEEN :from_day AND :until_day
ORDER BY day;

-- name: holiday_put(day, closed, name text)
INSERT INTO holiday (day, closed, name) VALUES (:day, :closed, :name)
ON CONFLICT (day) DO UPDATE
SET closed = excluded.closed, name = excluded.name;

-- name: holiday_prune()
DELETE FROM holiday;

-- name: holiday_list()
SELECT day, closed, name FROM holiday ORDER BY day;
