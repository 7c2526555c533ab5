-- What people read about the room's things.

-- name: words_get(owner, field text, lang text)
SELECT body, lang FROM words
WHERE owner = :owner AND field = :field AND lang IN (:lang, 'ja')
ORDER BY CASE WHEN lang = :lang THEN 0 ELSE 1 END
LIMIT 1;

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
