-- Letters to be sent.

-- name: outbox_add(id, booking, kind text, sequence, due_at, not_after, message_id text, now)
INSERT INTO outbox (id, booking, kind, sequence, state, due_at, not_after,
	next_at, message_id, created_at)
VALUES (:id, :booking, :kind, :sequence, 'due', :due_at, :not_after,
	:due_at, :message_id, :now);

-- name: outbox_stale_of(booking)
-- What has not left yet speaks of an older time.
UPDATE outbox SET state = 'stale', letter = NULL
WHERE booking = :booking AND state = 'due';

-- name: outbox_due(now)
SELECT id, booking, kind, sequence, state, due_at, not_after, next_at,
	attempts, message_id, created_at
FROM outbox WHERE state = 'due' AND next_at <= :now
ORDER BY next_at, id LIMIT 1;

-- name: outbox_sending(id)
UPDATE outbox SET state = 'sending', attempts = attempts + 1
WHERE id = :id;

-- name: outbox_end(id, state text)
UPDATE outbox SET state = :state, letter = NULL WHERE id = :id;

-- name: outbox_later(id, next_at, error text)
UPDATE outbox SET state = 'due', next_at = :next_at, error = :error
WHERE id = :id;

-- name: outbox_dead(id, error text)
UPDATE outbox SET state = 'dead', letter = NULL, error = :error
WHERE id = :id;

-- name: outbox_recover()
UPDATE outbox SET state = 'due' WHERE state = 'sending';

-- name: outbox_next()
SELECT next_at FROM outbox WHERE state = 'due' ORDER BY next_at LIMIT 1;
