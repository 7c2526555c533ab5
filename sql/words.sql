-- What people read about the room's things.

-- Two looks at the key.  With IN, ORDER BY and LIMIT it is one look, but into
-- a table and a sorter made for it, at ten times the cost.
-- name: words_get(owner, field text, lang text)
SELECT body, lang FROM words
WHERE owner = :owner AND field = :field
	AND lang = CASE WHEN EXISTS (SELECT 1 FROM words
		WHERE owner = :owner AND field = :field AND lang = :lang)
		THEN :lang ELSE 'ja' END;

-- name: words_exact(owner, field text, lang text)
SELECT body, lang FROM words
WHERE owner = :owner AND field = :field AND lang = :lang;

-- name: words_put(owner, field text, lang text, body text)
INSERT INTO words (owner, field, lang, body)
VALUES (:owner, :field, :lang, :body)
ON CONFLICT (owner, field, lang) DO UPDATE SET body = excluded.body;

-- name: words_drop(owner, field text, lang text)
DELETE FROM words
WHERE owner = :owner AND field = :field AND lang = :lang;
