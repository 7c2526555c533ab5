-- Freed frames offered to wishes on the waiting list.

-- name: offer_add(id, waitlist, session, starts_at, ends_at, shared, expires_at, now)
-- The same frame is offered to a wish once.
INSERT INTO offer (id, waitlist, session, starts_at, ends_at, shared, state,
	made_at, expires_at)
VALUES (:id, :waitlist, :session, :starts_at, :ends_at, :shared, 'open', :now,
	:expires_at)
ON CONFLICT (waitlist, session, starts_at) DO NOTHING;

-- name: offer_get(id)
SELECT id, waitlist, session, starts_at, ends_at, shared, state, made_at,
	expires_at
FROM offer WHERE id = :id;

-- name: offer_open()
-- What is told to all is one for each frame.
SELECT MIN(id) AS id, MIN(waitlist) AS waitlist, session, starts_at,
	MIN(ends_at) AS ends_at, shared, 'open' AS state,
	MIN(made_at) AS made_at, MIN(expires_at) AS expires_at
FROM offer WHERE state = 'open'
GROUP BY session, starts_at, shared, CASE WHEN shared = 0 THEN id END;

-- name: offer_told(session, starts_at)
SELECT waitlist FROM offer
WHERE session = :session AND starts_at = :starts_at AND state = 'open'
ORDER BY waitlist;

-- name: offer_of(waitlist)
SELECT id, waitlist, session, starts_at, ends_at, shared, state, made_at,
	expires_at
FROM offer WHERE waitlist = :waitlist AND state = 'open'
ORDER BY starts_at, id;

-- name: offer_known(waitlist, session, starts_at)
SELECT EXISTS (SELECT 1 FROM offer
	WHERE waitlist = :waitlist AND session = :session
		AND starts_at = :starts_at);

-- name: offer_holders()
-- Wishes for which a frame is held.
SELECT DISTINCT waitlist FROM offer
WHERE state = 'open' AND shared = 0
ORDER BY waitlist;

-- name: offer_held(session)
SELECT COUNT(*) FROM offer
WHERE session = :session AND state = 'open' AND shared = 0;

-- name: offer_end(id, state text, now)
UPDATE offer SET state = :state, answered_at = :now
WHERE id = :id AND state = 'open';

-- name: offer_end_shared(session, starts_at, now)
UPDATE offer SET state = 'gone', answered_at = :now
WHERE session = :session AND starts_at = :starts_at AND shared = 1
	AND state = 'open';

-- name: offer_unanswered(now)
-- What was held for them runs out, and the letter about it has left.
UPDATE waitlist SET unanswered = unanswered + 1
WHERE id IN (SELECT f.waitlist FROM offer AS f
	JOIN outbox AS o ON o.owner = f.id AND o.booking IS NULL
		AND o.kind = 'offer' AND o.state = 'sent'
	WHERE f.state = 'open' AND f.shared = 0 AND f.expires_at <= :now);

-- name: offer_answered(waitlist)
UPDATE waitlist SET unanswered = 0 WHERE id = :waitlist;

-- name: offer_lapse(now)
UPDATE offer SET state = 'lapsed', answered_at = :now
WHERE state = 'open' AND expires_at <= :now;

-- name: offer_next()
SELECT expires_at FROM offer WHERE state = 'open'
ORDER BY expires_at LIMIT 1;
