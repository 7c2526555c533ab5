-- Detached answers.

-- name: answer_add(key blob, quarter, question text, choice text)
INSERT INTO answer (key, quarter, question, choice)
VALUES (:key, :quarter, :question, :choice);

-- name: answer_counts()
SELECT question, quarter, choice, count(*) AS count
FROM answer GROUP BY question, quarter, choice
ORDER BY question, quarter, choice;

-- name: answer_pool_get(card)
SELECT box FROM answer_pool WHERE card = :card;

-- name: answer_pool_set(card, box blob)
INSERT INTO answer_pool (card, box) VALUES (:card, :box)
ON CONFLICT (card) DO UPDATE SET box = excluded.box;
