-- Claims on quarter hours of advisors and booths.

-- name: claim_add(resource, unit, holder, expires_at)
INSERT INTO claim (resource, unit, holder, expires_at)
VALUES (:resource, :unit, :holder, :expires_at);

-- name: claim_lapse(resource, first, past, now)
-- Holds that have run out give way to whoever wants their quarters.
DELETE FROM claim
WHERE resource = :resource AND unit >= :first AND unit < :past
	AND expires_at > 0 AND expires_at <= :now;

-- name: claim_taken(resource, first, past)
SELECT COUNT(*) FROM claim
WHERE resource = :resource AND unit >= :first AND unit < :past;

-- name: claim_keep(holder, expires_at)
UPDATE claim SET expires_at = :expires_at WHERE holder = :holder;

-- name: claim_count(holder)
SELECT COUNT(*) FROM claim WHERE holder = :holder;

-- name: claim_release(holder)
DELETE FROM claim WHERE holder = :holder
RETURNING resource, unit, expires_at;

-- name: claim_purge(past)
DELETE FROM claim WHERE unit < :past;

-- name: claim_list(resource, first, past, but_holder, now)
SELECT resource, unit, expires_at FROM claim
WHERE resource = :resource AND unit >= :first AND unit < :past
	AND holder <> :but_holder AND (expires_at = 0 OR expires_at > :now)
ORDER BY unit;
