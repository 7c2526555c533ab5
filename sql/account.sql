-- Accounts and their sittings (signed-in browsers).

-- name: account_add(id, name text, role text, advisor, password text, one_time, now)
INSERT INTO account (id, name, role, advisor, password, one_time, created_at)
VALUES (:id, :name, :role, NULLIF(:advisor, 0), :password, :one_time, :now);

-- name: account_by_name(name text)
SELECT id, name, role, advisor, password, one_time, disabled, 0 AS sitting,
	0 AS seen_at
FROM account WHERE name = :name;

-- name: account_count()
SELECT COUNT(*) FROM account;

-- name: account_password(id, password text)
-- Her own word now: no longer for one time.
UPDATE account SET password = :password, one_time = 0 WHERE id = :id;

-- The last sign-in is what the audit knows of it.
-- name: account_list(now, idle_since)
SELECT a.id, a.name, a.role, COALESCE(v.code, '') AS advisor,
	a.one_time, a.disabled,
	COALESCE((SELECT MAX(at) FROM audit
		WHERE action = 'sign_in' AND account = a.id), 0)
		AS signed_in_at,
	(SELECT COUNT(*) FROM sitting
		WHERE account = a.id AND expires_at > :now
			AND seen_at > :idle_since) AS sittings
FROM account a
LEFT JOIN advisor v ON v.id = a.advisor
ORDER BY a.disabled, a.name;

-- name: account_reset(id, password text)
UPDATE account SET password = :password, one_time = 1 WHERE id = :id;

-- name: account_disable(id, disabled)
UPDATE account SET disabled = :disabled WHERE id = :id;

-- name: account_managers()
SELECT COUNT(*) FROM account WHERE role = 'manager' AND disabled = 0;

-- name: account_sit(id, token blob, account, system text, browser text, now, expires_at)
INSERT INTO sitting (id, token, account, system, browser, created_at,
	seen_at, expires_at)
VALUES (:id, :token, :account, :system, :browser, :now, :now, :expires_at);

-- name: account_by_token(token blob, now, idle_since)
SELECT a.id, a.name, a.role, a.advisor, a.password, a.one_time, a.disabled,
	s.id AS sitting, s.seen_at
FROM sitting s JOIN account a ON a.id = s.account
WHERE s.token = :token AND s.expires_at > :now
	AND s.seen_at > :idle_since AND a.disabled = 0;

-- name: account_leave(token blob)
DELETE FROM sitting WHERE token = :token;

-- name: account_leave_everywhere(account)
DELETE FROM sitting WHERE account = :account;

-- name: account_leave_expired(now, idle_since)
DELETE FROM sitting WHERE expires_at <= :now OR seen_at <= :idle_since;
