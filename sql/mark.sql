-- What this database is: one row a fact.

-- name: mark_get(name text)
SELECT value FROM mark WHERE name = :name;

-- name: mark_set(name text, value text)
INSERT INTO mark (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
