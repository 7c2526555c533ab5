-- Answers to requests that may come again.

-- name: idempotency_find(key blob, since)
SELECT request, status, answer
FROM idempotency WHERE key = :key AND created_at > :since;

-- name: idempotency_keep(key blob, request blob, booking, status, answer text, now, since)
-- Only what has expired is written over.
INSERT INTO idempotency (key, request, booking, status, answer, created_at)
VALUES (:key, :request, :booking, :status, :answer, :now)
ON CONFLICT (key) DO UPDATE SET request = :request, booking = :booking,
	status = :status, answer = :answer, created_at = :now
WHERE idempotency.created_at <= :since;

-- name: idempotency_purge(until)
DELETE FROM idempotency WHERE created_at <= :until;
