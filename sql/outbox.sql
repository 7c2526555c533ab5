-- Letters to be sent.

-- name: outbox_add(id, booking, owner, kind text, sequence, due_at, not_after, message_id text, now)
INSERT INTO outbox (id, booking, owner, kind, sequence, state, due_at,
	not_after, next_at, message_id, created_at)
VALUES (:id, NULLIF(:booking, 0), :owner, :kind, :sequence, 'due', :due_at,
	:not_after, :due_at, :message_id, :now);

-- name: outbox_add_once(id, owner, kind text, sequence, due_at, not_after, message_id text, now)
INSERT INTO outbox (id, owner, kind, sequence, state, due_at, not_after,
	next_at, message_id, created_at)
VALUES (:id, :owner, :kind, :sequence, 'due', :due_at, :not_after, :due_at,
	:message_id, :now)
ON CONFLICT DO NOTHING;

-- name: outbox_untold(now, owner, kind text)
-- Has a booking come to need a look since the last alarm of that kind?
SELECT EXISTS (SELECT 1 FROM booking b
	WHERE b.attention <> '' AND b.starts_at > :now
		AND b.state = 'confirmed'
		AND b.attention_at >= COALESCE((SELECT MAX(o.created_at)
			FROM outbox o WHERE o.booking IS NULL
				AND o.owner = :owner AND o.kind = :kind), 0));

-- name: outbox_stale_of(booking)
-- What has not left yet speaks of an older time; that it is gone stays true
-- for an advisor who has it no more.
UPDATE outbox SET state = 'stale', letter = NULL
WHERE booking = :booking AND state = 'due' AND kind <> 'gone';

-- name: outbox_once_more(booking, sequence, now)
-- The letter that says how her booking stands, whole or given up.
UPDATE outbox SET state = 'due', due_at = :now, next_at = :now, attempts = 0,
	error = ''
WHERE booking = :booking AND sequence = :sequence
	AND kind IN ('confirmation', 'changed') AND state IN ('sent', 'dead')
	AND not_after >= :now;

-- name: outbox_due(now)
-- What is late stays as it is: a clock that has jumped ahead comes back.
-- Letters to one person about one booking keep their order.
SELECT id, booking, owner, kind, sequence, state, due_at, not_after, next_at,
	attempts, message_id, letter, created_at
FROM outbox
WHERE state = 'due' AND next_at <= :now AND not_after >= :now
	AND (SELECT paused_at FROM courier) = 0
	AND NOT EXISTS (SELECT 1 FROM outbox other
		WHERE other.booking = outbox.booking
			AND other.owner = outbox.owner
			AND other.state = 'sending')
ORDER BY next_at, id LIMIT 1;

-- name: outbox_sending(id)
UPDATE outbox SET state = 'sending', attempts = attempts + 1
WHERE id = :id;

-- name: outbox_leaving(id)
-- In hand, and letters are not paused.
SELECT id, booking, owner, kind, sequence, state, due_at, not_after, next_at,
	attempts, message_id, letter, created_at
FROM outbox
WHERE id = :id AND state = 'sending' AND (SELECT paused_at FROM courier) = 0;

-- name: outbox_keep(id, letter blob)
UPDATE outbox SET letter = :letter WHERE id = :id AND state = 'sending';

-- name: outbox_end(id, state text)
-- Whoever has it in hand may come late: what has ended stays as it is.
UPDATE outbox SET state = :state, letter = NULL
WHERE id = :id AND state IN ('due', 'sending');

-- name: outbox_later(id, next_at, error text)
UPDATE outbox SET state = 'due', next_at = :next_at, error = :error
WHERE id = :id AND state = 'sending';

-- name: outbox_back(id, next_at, error text)
UPDATE outbox SET state = 'due', attempts = attempts - 1, next_at = :next_at,
	error = CASE WHEN :error = '' THEN error ELSE :error END
WHERE id = :id AND state = 'sending';

-- name: outbox_dead(id, error text)
UPDATE outbox SET state = 'dead', letter = NULL, error = :error
WHERE id = :id AND state IN ('due', 'sending');

-- name: outbox_bounced(message_id text, error text)
UPDATE outbox SET state = 'bounced', letter = NULL, error = :error
WHERE message_id = :message_id AND state IN ('sent', 'due', 'sending');

-- name: outbox_end_reminders()
-- Nobody knows whether they left: they come once or not at all.
UPDATE outbox SET state = 'dead', letter = NULL, error = 'interrupted'
WHERE state = 'sending' AND kind IN ('reminder', 'soon');

-- name: outbox_recover()
-- All others rather twice than never.
UPDATE outbox SET state = 'due'
WHERE state = 'sending';

-- name: outbox_rewind(now, most)
-- Only a clock that has gone back makes a next try lie so far ahead; what
-- has not been tried yet may have been meant for that far a day.
UPDATE outbox SET next_at = :now
WHERE state = 'due' AND next_at > :now + :most
	AND (attempts > 0 OR due_at <= created_at);

-- name: outbox_purge(before)
-- Late for good, and not because it had become untrue.
UPDATE outbox SET letter = NULL, state = 'dead',
	error = CASE WHEN error = '' THEN 'late' ELSE error END
WHERE state = 'due' AND not_after < :before;

-- name: outbox_next(now)
SELECT next_at FROM outbox WHERE state = 'due' AND not_after >= :now
	AND (SELECT paused_at FROM courier) = 0
ORDER BY next_at LIMIT 1;

-- name: outbox_by_id(id)
SELECT id, booking, owner, kind, sequence, state, due_at, not_after, next_at,
	attempts, message_id, letter, created_at
FROM outbox WHERE id = :id;

-- name: outbox_by_message(message_id text)
SELECT id, booking, owner, kind, sequence, state, due_at, not_after, next_at,
	attempts, message_id, letter, created_at
FROM outbox WHERE message_id = :message_id;

-- name: outbox_first_of(booking)
SELECT id, booking, owner, kind, sequence, state, due_at, not_after, next_at,
	attempts, message_id, letter, created_at
FROM outbox WHERE booking = :booking AND kind = 'confirmation'
ORDER BY sequence LIMIT 1;
