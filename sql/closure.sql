-- Times that staff take away.

-- name: closure_between(from_at, until_at)
SELECT id, scope, owner, starts_at, ends_at FROM closure
WHERE ends_at > :from_at AND starts_at < :until_at
ORDER BY starts_at, id;

-- Equal ones are one: loading a room file twice adds nothing.
-- name: closure_put(id, scope text, owner, starts_at, ends_at)
INSERT INTO closure (id, scope, owner, starts_at, ends_at)
SELECT :id, :scope, :owner, :starts_at, :ends_at
WHERE NOT EXISTS (
	SELECT 1 FROM closure
	WHERE scope = :scope AND owner = :owner
		AND starts_at = :starts_at AND ends_at = :ends_at
);

-- name: closure_drop(id)
DELETE FROM closure WHERE id = :id;
