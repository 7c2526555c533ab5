-- What advisors wish to be told by mail.

-- name: tidings_list()
-- Every advisor in service; id 0: she wishes for nothing.
SELECT COALESCE(t.id, 0) AS id, a.id AS advisor, a.code AS advisor_code,
	t.address, COALESCE(t.lang, 'ja') AS lang,
	COALESCE(t.notices, 0) AS notices, COALESCE(t.digest, 0) AS digest
FROM advisor a
LEFT JOIN tidings t ON t.advisor = a.id
WHERE a.withdrawn = 0
ORDER BY a.rank, a.code;

-- name: tidings_of(advisor)
SELECT t.id, t.advisor, a.code AS advisor_code, t.address, t.lang, t.notices,
	t.digest
FROM tidings t
JOIN advisor a ON a.id = t.advisor
WHERE t.advisor = :advisor AND a.withdrawn = 0;

-- name: tidings_by_id(id)
SELECT t.id, t.advisor, a.code AS advisor_code, t.address, t.lang, t.notices,
	t.digest
FROM tidings t
JOIN advisor a ON a.id = t.advisor
WHERE t.id = :id AND a.withdrawn = 0;

-- name: tidings_add(id, advisor, address blob, lang text, notices, digest)
INSERT INTO tidings (id, advisor, address, lang, notices, digest)
VALUES (:id, :advisor, :address, :lang, :notices, :digest);

-- name: tidings_change(id, lang text, notices, digest)
UPDATE tidings SET lang = :lang, notices = :notices, digest = :digest
WHERE id = :id;

-- name: tidings_forget(advisor)
DELETE FROM tidings WHERE advisor = :advisor;

-- name: tidings_recompose(advisor)
-- A letter that was tried bears the address of that day.
UPDATE outbox SET letter = NULL
WHERE owner = :advisor AND state = 'due' AND letter IS NOT NULL;

-- name: tidings_recompose_in_hand(advisor)
-- The same, should this try be in vain.
UPDATE outbox SET letter = NULL WHERE owner = :advisor AND state = 'sending';

-- name: tidings_unwritten(day, from_at, until_at)
-- Who is to be told her day and has no letter about it: when her last hour
-- begins, by her sessions and by what is booked; 0: none.
SELECT t.advisor,
	COALESCE((SELECT MAX(s.starts_at
			+ (s.ends_at - s.starts_at - s.slot_minutes * 60)
			/ ((s.slot_minutes + s.gap_minutes) * 60)
			* ((s.slot_minutes + s.gap_minutes) * 60))
		FROM session s
		WHERE s.starts_at >= :from_at AND s.starts_at < :until_at
			AND s.withdrawn = 0 AND s.advisor = t.advisor), 0)
		AS session_at,
	COALESCE((SELECT MAX(b.starts_at) FROM booking b
		WHERE b.advisor = t.advisor AND b.starts_at >= :from_at
			AND b.starts_at < :until_at
			AND b.state NOT IN ('held', 'cancelled')), 0)
		AS booking_at
FROM tidings t
JOIN advisor a ON a.id = t.advisor
WHERE t.digest = 1 AND a.withdrawn = 0
	AND NOT EXISTS (SELECT 1 FROM outbox o
		WHERE o.booking IS NULL AND o.owner = t.advisor
			AND o.kind = 'digest' AND o.sequence = :day);

-- name: tidings_closed(closure, advisor)
SELECT starts_at, ends_at, channel, code FROM booking
WHERE closure = :closure AND advisor = :advisor AND state = 'cancelled'
ORDER BY starts_at, code;
