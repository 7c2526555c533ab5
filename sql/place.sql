-- Where, and the booths in it.

-- name: place_list()
SELECT id, code, rank, channel FROM place
WHERE withdrawn = 0
ORDER BY rank, code;

-- name: place_by_code(code text)
SELECT id, code, rank, channel FROM place
WHERE code = :code AND withdrawn = 0;

-- name: place_booths(place)
SELECT id, place, rank FROM booth
WHERE place = :place AND withdrawn = 0
ORDER BY rank;

-- The id of a place that is there already is kept.
-- name: place_put(id, code text, rank, channel text)
INSERT INTO place (id, code, rank, channel)
VALUES (:id, :code, :rank, :channel)
ON CONFLICT (code) DO UPDATE
SET rank = excluded.rank, channel = excluded.channel, withdrawn = 0
RETURNING id;

-- name: place_withdraw(id)
UPDATE place SET withdrawn = 1 WHERE id = :id;

-- name: place_put_booth(id, place, rank)
INSERT INTO booth (id, place, rank) VALUES (:id, :place, :rank)
ON CONFLICT (place, rank) DO UPDATE SET withdrawn = 0;

-- name: place_withdraw_booths(place, above)
UPDATE booth SET withdrawn = 1 WHERE place = :place AND rank > :above;
