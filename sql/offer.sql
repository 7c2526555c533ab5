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
SELECT id, waitlist, session, starts_at, ends_at, shared, state, made_at,
	expires_at
FROM offer WHERE state = 'open';

-- name: offer_of(waitlist)
SELECT id, waitlist, session, starts_at, ends_at, shared, state, made_at,
	expires_at
FROM offer WHERE waitlist = :waitlist AND state = 'open'
ORDER BY starts_at, id;

-- name: offer_not_now(waitlist, session, starts_at)
-- She knows of this frame, or another is held for her.
SELECT EXISTS (SELECT 1 FROM offer
	WHERE waitlist = :waitlist
		AND ((session = :session AND starts_at = :starts_at)
			OR (state = 'open' AND shared = 0)));

-- name: offer_held(session)
SELECT COUNT(*) FROM offer
WHERE session = :session AND state = 'open' AND shared = 0;

-- name: offer_end(id, state text, now)
UPDATE offer SET state = :state, answered_at = :now
WHERE id = :id AND state = 'open';

-- name: offer_lapse(now)
UPDATE offer SET state = 'lapsed', answered_at = :now
WHERE state = 'open' AND expires_at <= :now;

-- name: offer_next()
SELECT expires_at FROM offer WHERE state = 'open'
ORDER BY expires_at LIMIT 1;
