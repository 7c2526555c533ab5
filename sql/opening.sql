-- Recurring availability rules, and the sessions they make.

-- name: opening_list()
SELECT id, code, advisor, theme, place, first_day, start_minute, minutes,
	rrule, rdates, exdates, slot_minutes, gap_minutes
FROM opening
WHERE withdrawn = 0
ORDER BY first_day, start_minute, code;

-- name: opening_codes()
SELECT o.id, a.code AS advisor_code, t.code AS theme_code,
	p.code AS place_code
FROM opening AS o
JOIN advisor AS a ON a.id = o.advisor
JOIN theme AS t ON t.id = o.theme
JOIN place AS p ON p.id = o.place
WHERE o.withdrawn = 0
ORDER BY o.first_day, o.start_minute, o.code;

-- The id of an opening that is there already is kept.
-- name: opening_put(id, code text, advisor, theme, place, first_day, start_minute, minutes, rrule text, rdates text, exdates text, slot_minutes, gap_minutes)
INSERT INTO opening (id, code, advisor, theme, place, first_day,
	start_minute, minutes, rrule, rdates, exdates,
	slot_minutes, gap_minutes)
VALUES (:id, :code, :advisor, :theme, :place, :first_day,
	:start_minute, :minutes, :rrule, :rdates, :exdates,
	:slot_minutes, :gap_minutes)
ON CONFLICT (code) DO UPDATE
SET advisor = excluded.advisor, theme = excluded.theme,
	place = excluded.place, first_day = excluded.first_day,
	start_minute = excluded.start_minute, minutes = excluded.minutes,
	rrule = excluded.rrule, rdates = excluded.rdates,
	exdates = excluded.exdates, slot_minutes = excluded.slot_minutes,
	gap_minutes = excluded.gap_minutes, withdrawn = 0
RETURNING id;

-- name: opening_withdraw(id)
UPDATE opening SET withdrawn = 1 WHERE id = :id;

-- name: opening_sessions(opening, from_day)
SELECT id, original_day, advisor, theme, place, starts_at, ends_at,
	slot_minutes, gap_minutes, detached, withdrawn
FROM session
WHERE opening = :opening AND original_day >= :from_day
ORDER BY original_day;

-- name: opening_add_session(id, opening, original_day, advisor, theme, place, starts_at, ends_at, slot_minutes, gap_minutes)
INSERT INTO session (id, opening, original_day, advisor, theme, place,
	starts_at, ends_at, slot_minutes, gap_minutes)
VALUES (:id, :opening, :original_day, :advisor, :theme, :place,
	:starts_at, :ends_at, :slot_minutes, :gap_minutes);

-- name: opening_set_session(id, advisor, theme, place, starts_at, ends_at, slot_minutes, gap_minutes)
UPDATE session
SET advisor = :advisor, theme = :theme, place = :place,
	starts_at = :starts_at, ends_at = :ends_at,
	slot_minutes = :slot_minutes, gap_minutes = :gap_minutes,
	withdrawn = 0
WHERE id = :id;

-- name: opening_withdraw_session(id)
UPDATE session SET withdrawn = 1 WHERE id = :id;

-- name: opening_withdraw_sessions(now)
UPDATE session SET withdrawn = 1
WHERE withdrawn = 0 AND detached = 0 AND starts_at > :now
	AND opening IN (SELECT id FROM opening WHERE withdrawn = 1);

-- A booking whose session no longer holds it goes to another of the same
-- advisor, theme and place that does.
-- name: opening_reattach(now, today)
UPDATE booking
SET session = (
		SELECT s.id FROM session AS s
		WHERE s.withdrawn = 0
			AND s.starts_at > booking.starts_at - 86400
			AND s.starts_at <= booking.starts_at
			AND s.ends_at >= booking.ends_at
			AND s.advisor = booking.advisor
			AND s.theme = booking.theme
			AND s.place = booking.place
		ORDER BY s.starts_at, s.id
		LIMIT 1),
	version = version + 1
WHERE day >= :today AND starts_at > :now AND state IN ('held', 'confirmed')
	AND NOT EXISTS (
		SELECT 1 FROM session AS o
		WHERE o.id = booking.session AND o.withdrawn = 0
			AND o.starts_at <= booking.starts_at
			AND o.ends_at >= booking.ends_at
			AND o.advisor = booking.advisor
			AND o.theme = booking.theme
			AND o.place = booking.place)
	AND EXISTS (
		SELECT 1 FROM session AS s
		WHERE s.withdrawn = 0
			AND s.starts_at > booking.starts_at - 86400
			AND s.starts_at <= booking.starts_at
			AND s.ends_at >= booking.ends_at
			AND s.advisor = booking.advisor
			AND s.theme = booking.theme
			AND s.place = booking.place);

-- After opening_reattach: what its own session does not hold, none does.
-- name: opening_flag(now, today)
UPDATE booking
SET attention = 'no_session', attention_at = :now, version = version + 1
WHERE day >= :today AND starts_at > :now AND state = 'confirmed'
	AND attention = ''
	AND NOT EXISTS (
		SELECT 1 FROM session AS o
		WHERE o.id = booking.session AND o.withdrawn = 0
			AND o.starts_at <= booking.starts_at
			AND o.ends_at >= booking.ends_at
			AND o.advisor = booking.advisor
			AND o.theme = booking.theme
			AND o.place = booking.place);

-- name: opening_unflag(now, today)
UPDATE booking
SET attention = '', version = version + 1
WHERE day >= :today AND starts_at > :now AND attention = 'no_session'
	AND EXISTS (
		SELECT 1 FROM session AS o
		WHERE o.id = booking.session AND o.withdrawn = 0
			AND o.starts_at <= booking.starts_at
			AND o.ends_at >= booking.ends_at
			AND o.advisor = booking.advisor
			AND o.theme = booking.theme
			AND o.place = booking.place);
