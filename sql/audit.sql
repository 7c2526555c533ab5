-- Who read or changed whose data.

-- name: audit_add(now, account, uid, action text, booking)
INSERT INTO audit (at, account, uid, action, booking)
VALUES (:now, :account, :uid, :action, :booking);

-- name: audit_add_reading(now, since, account, uid, action text, booking)
-- Nothing when the same reading stands since :since.
INSERT INTO audit (at, account, uid, action, booking)
SELECT :now, :account, :uid, :action, :booking
WHERE NOT EXISTS (SELECT 1 FROM audit
	WHERE booking = :booking AND at > :since AND action = :action
		AND account = :account AND uid = :uid);
