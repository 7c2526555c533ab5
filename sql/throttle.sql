-- Tries, counted by keyed digest and window.

-- name: throttle_tries(key blob, since)
SELECT CAST(COALESCE(SUM(tries), 0) AS BIGINT)
FROM throttle WHERE key = :key AND window_at > :since;

-- name: throttle_add(key blob, window_at)
INSERT INTO throttle (key, window_at, tries) VALUES (:key, :window_at, 1)
ON CONFLICT (key, window_at) DO UPDATE SET tries = throttle.tries + 1;

-- name: throttle_back(key blob, window_at)
UPDATE throttle SET tries = tries - 1
WHERE key = :key AND window_at = :window_at AND tries > 0;

-- name: throttle_clear(key blob)
DELETE FROM throttle WHERE key = :key;

-- name: throttle_purge(until)
DELETE FROM throttle WHERE window_at <= :until;
