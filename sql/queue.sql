-- The outbox as people see it.

-- name: queue_figures(now)
SELECT (SELECT paused_at FROM courier) AS paused_at,
	count(*) AS waiting,
	coalesce(sum(due_at <= :now AND not_after >= :now), 0) AS overdue,
	(SELECT count(*) FROM outbox WHERE state = 'sending') AS sending,
	(SELECT count(*) FROM outbox WHERE state IN ('dead', 'bounced')
		AND not_after >= :now) AS failed
FROM outbox WHERE state = 'due';

-- name: queue_trouble(now, late_before)
SELECT (SELECT paused_at FROM courier) AS paused_at,
	(SELECT count(*) FROM outbox WHERE state IN ('dead', 'bounced')
		AND not_after >= :now) AS failed,
	(SELECT count(*) FROM outbox WHERE state = 'due'
		AND due_at < :late_before AND not_after >= :now) AS late;

-- name: queue_failed(since, most)
SELECT o.id, o.kind, o.state, o.due_at, o.not_after, o.next_at, o.attempts,
	o.error, coalesce(b.code, '') AS code, coalesce(b.day, 0) AS day
FROM outbox o LEFT JOIN booking b ON b.id = o.booking
WHERE o.state IN ('dead', 'bounced') AND o.not_after >= :since
ORDER BY o.not_after, o.id LIMIT :most;

-- name: queue_waiting(most)
-- What is on its way or about to be, then what comes next.
SELECT o.id, o.kind, o.state, o.due_at, o.not_after, o.next_at, o.attempts,
	o.error, coalesce(b.code, '') AS code, coalesce(b.day, 0) AS day
FROM (SELECT * FROM outbox WHERE state = 'sending'
	UNION ALL
	SELECT * FROM (SELECT * FROM outbox WHERE state = 'due'
		ORDER BY next_at LIMIT :most)) o
LEFT JOIN booking b ON b.id = o.booking
ORDER BY o.state = 'due', o.next_at, o.id;

-- name: queue_again(id, now)
UPDATE outbox SET state = 'due', next_at = :now, attempts = 0
WHERE id = :id;

-- name: queue_pause(paused_at)
UPDATE courier SET paused_at = :paused_at;

-- name: queue_of_booking(booking, sequence)
-- 2: a letter about it as it stands reached nobody, or none would; 1: not yet.
SELECT CASE WHEN state = 'due' THEN 1 ELSE 2 END AS trouble
FROM outbox
WHERE booking = :booking AND sequence = :sequence AND owner = 0
	AND (state IN ('dead', 'bounced') OR (state = 'due' AND error <> ''))
UNION
SELECT 2 FROM booking b JOIN unreachable u ON u.mail_index = b.mail_index
WHERE b.id = :booking
ORDER BY trouble DESC LIMIT 1;
