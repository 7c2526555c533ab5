-- What the operator's gauges show.

-- name: figures_letters(now)
SELECT count(*) AS waiting,
	coalesce(sum(CASE WHEN due_at <= :now AND not_after >= :now
		THEN 1 ELSE 0 END), 0) AS overdue
FROM outbox WHERE state = 'due';
