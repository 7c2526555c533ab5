-- Times that staff take away.

-- name: closure_between(from_at, until_at)
SELECT id, scope, owner, starts_at, ends_at FROM closure
WHERE ends_at > :from_at AND starts_at < :until_at
ORDER BY starts_at, id;

-- Of the room, and of places and advisors in service, with their code.
-- name: closure_list()
SELECT c.id, c.scope, COALESCE(p.code, a.code) AS code, c.starts_at,
	c.ends_at
FROM closure AS c
LEFT JOIN place AS p ON p.id = c.owner AND p.withdrawn = 0
LEFT JOIN advisor AS a ON a.id = c.owner AND a.withdrawn = 0
WHERE c.scope = 'room' OR p.id IS NOT NULL OR a.id IS NOT NULL
ORDER BY c.starts_at, c.ends_at, c.scope, code;

-- Equal ones are one: loading a room file twice adds nothing.
-- name: closure_put(id, scope text, owner, starts_at, ends_at)
INSERT INTO closure (id, scope, owner, starts_at, ends_at)
SELECT :id, :scope, :owner, :starts_at, :ends_at
WHERE NOT EXISTS (
	SELECT 1 FROM closure
	WHERE scope = :scope AND owner = :owner
		AND starts_at = :starts_at AND ends_at = :ends_at
);

-- name: closure_prune(now)
DELETE FROM closure WHERE ends_at > :now;
