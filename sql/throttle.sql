-- Tries, counted by keyed digest and window.

-- name: throttle_tries(key blob, since)
SELECT CAST(COALESCE(SUM(tries), 0) AS BIGINT)
FROM throttle WHERE key = :key AND window_at > :since;

-- name: throttle_add(key blob, window_at, tries)
INSERT INTO throttle (key, window_at, tries) VALUES (:key, :window_at, :tries)
ON CONFLICT (key, window_at) DO UPDATE SET tries = throttle.tries + :tries;

-- name: throttle_back(key blob, window_at, tries)
UPDATE throttle SET tries = CASE WHEN tries > :tries
	THEN tries - :tries ELSE 0 END
WHERE key = :key AND window_at = :window_at;

-- name: throttle_clear(key blob)
DELETE FROM throttle WHERE key = :key;

-- name: throttle_purge(until)
DELETE FROM throttle WHERE window_at <= :until;
