-- Where an account is signed in.

-- name: sitting_list(account, now, idle_since)
SELECT id, system, browser, created_at, seen_at
FROM sitting
WHERE account = :account AND expires_at > :now AND seen_at > :idle_since
ORDER BY seen_at DESC, created_at DESC, id;

-- name: sitting_seen(id, now)
UPDATE sitting SET seen_at = :now WHERE id = :id AND seen_at < :now;

-- name: sitting_end(account, id)
DELETE FROM sitting WHERE id = :id AND account = :account;

-- name: sitting_end_others(account, but)
DELETE FROM sitting WHERE account = :account AND id <> :but;
