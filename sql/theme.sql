-- What is talked about.

-- name: theme_list()
SELECT id, code, rank FROM theme
WHERE withdrawn = 0
ORDER BY rank, code;

-- name: theme_by_code(code text)
SELECT id, code, rank FROM theme
WHERE code = :code AND withdrawn = 0;

-- name: theme_by_id(id)
SELECT id, code, rank FROM theme WHERE id = :id;

-- The id of a theme that is there already is kept.
-- name: theme_put(id, code text, rank)
INSERT INTO theme (id, code, rank) VALUES (:id, :code, :rank)
ON CONFLICT (code) DO UPDATE SET rank = excluded.rank, withdrawn = 0
RETURNING id;

-- name: theme_withdraw(id)
UPDATE theme SET withdrawn = 1 WHERE id = :id;
