-- The people who listen.

-- name: advisor_list()
SELECT id, code, rank, face, anything, feed_generation FROM advisor
WHERE withdrawn = 0
ORDER BY rank, code;

-- name: advisor_by_code(code text)
SELECT id, code, rank, face, anything, feed_generation FROM advisor
WHERE code = :code AND withdrawn = 0;

-- name: advisor_in_service(id)
SELECT id, code, rank, face, anything, feed_generation FROM advisor
WHERE id = :id AND withdrawn = 0;

-- name: advisor_of_theme(theme)
SELECT a.id, a.code, a.rank, a.face, a.anything, a.feed_generation
FROM advisor_theme AS at
JOIN advisor AS a ON a.id = at.advisor
WHERE at.theme = :theme AND a.withdrawn = 0
ORDER BY a.rank, a.code;

-- name: advisor_themes(advisor)
SELECT t.id, t.code, t.rank
FROM advisor_theme AS at
JOIN theme AS t ON t.id = at.theme
WHERE at.advisor = :advisor AND t.withdrawn = 0
ORDER BY t.rank, t.code;

-- The id of an advisor who is there already is kept.
-- name: advisor_put(id, code text, rank, face text, anything)
INSERT INTO advisor (id, code, rank, face, anything)
VALUES (:id, :code, :rank, :face, :anything)
ON CONFLICT (code) DO UPDATE
SET rank = excluded.rank, face = excluded.face,
	anything = excluded.anything, withdrawn = 0
RETURNING id;

-- name: advisor_withdraw(id)
UPDATE advisor SET withdrawn = 1 WHERE id = :id;

-- name: advisor_talks_about(advisor, theme)
INSERT INTO advisor_theme (advisor, theme) VALUES (:advisor, :theme)
ON CONFLICT (advisor, theme) DO NOTHING;

-- name: advisor_forget_themes(advisor)
DELETE FROM advisor_theme WHERE advisor = :advisor;
