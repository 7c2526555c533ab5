-- Bookings.  Every list joins the codes that pages and the API show.

-- A number that somebody on the waiting list has is hers alone.
-- name: booking_add(id, code text, session, advisor, theme, place, booth, channel text, entry text, state text, starts_at, ends_at, day, held_until, lang text, contact blob, note blob, mail_index blob, uid text, now, confirmed_at)
INSERT INTO booking (id, code, session, advisor, theme, place, booth, channel,
	entry, state, starts_at, ends_at, day, held_until, lang, contact, note,
	mail_index, uid, created_at, updated_at, confirmed_at)
SELECT :id, :code, :session, :advisor, :theme, :place, :booth, :channel,
	:entry, :state, :starts_at, :ends_at, :day, :held_until, :lang,
	:contact, :note, :mail_index, :uid, :now, :now,
	NULLIF(:confirmed_at, 0)
WHERE NOT EXISTS (SELECT 1 FROM waitlist WHERE code = :code AND id <> :id);

-- name: booking_by_id(id)
SELECT b.*, theme.code AS theme_code, advisor.code AS advisor_code,
	place.code AS place_code
FROM booking b
JOIN theme ON theme.id = b.theme
JOIN advisor ON advisor.id = b.advisor
JOIN place ON place.id = b.place
WHERE b.id = :id;

-- name: booking_by_code(code text)
SELECT b.*, theme.code AS theme_code, advisor.code AS advisor_code,
	place.code AS place_code
FROM booking b
JOIN theme ON theme.id = b.theme
JOIN advisor ON advisor.id = b.advisor
JOIN place ON place.id = b.place
WHERE b.code = :code AND b.state <> 'held';

-- name: booking_between(from_at, until_at, from_day, until_day, every)
-- The days are those of the instants: the index is by day.
SELECT b.*, theme.code AS theme_code, advisor.code AS advisor_code,
	place.code AS place_code
FROM booking b
JOIN theme ON theme.id = b.theme
JOIN advisor ON advisor.id = b.advisor
JOIN place ON place.id = b.place
WHERE b.day >= :from_day AND b.day <= :until_day
	AND b.starts_at >= :from_at AND b.starts_at < :until_at
	AND b.state <> 'held' AND (:every = 1 OR b.state <> 'cancelled')
ORDER BY b.starts_at, b.id;

-- name: booking_unmarked(advisor, from_day, until_day)
-- Visits of days that are over whose outcome nobody has told.
SELECT b.*, theme.code AS theme_code, advisor.code AS advisor_code,
	place.code AS place_code
FROM booking b
JOIN theme ON theme.id = b.theme
JOIN advisor ON advisor.id = b.advisor
JOIN place ON place.id = b.place
WHERE b.day >= :from_day AND b.day < :until_day AND b.state = 'confirmed'
	AND (:advisor = 0 OR b.advisor = :advisor)
ORDER BY b.starts_at, b.id;

-- name: booking_attention(advisor, now, most)
-- Bookings to come that somebody must look at.
SELECT b.*, theme.code AS theme_code, advisor.code AS advisor_code,
	place.code AS place_code
FROM booking b
JOIN theme ON theme.id = b.theme
JOIN advisor ON advisor.id = b.advisor
JOIN place ON place.id = b.place
WHERE b.attention <> '' AND b.starts_at > :now AND b.state = 'confirmed'
	AND (:advisor = 0 OR b.advisor = :advisor)
ORDER BY b.starts_at, b.id LIMIT :most;

-- name: booking_attention_count(now)
SELECT COUNT(*) FROM booking
WHERE attention <> '' AND starts_at > :now AND state = 'confirmed';

-- name: booking_of_advisor(advisor, from_at, until_at, every)
SELECT b.*, theme.code AS theme_code, advisor.code AS advisor_code,
	place.code AS place_code
FROM booking b
JOIN theme ON theme.id = b.theme
JOIN advisor ON advisor.id = b.advisor
JOIN place ON place.id = b.place
WHERE b.advisor = :advisor
	AND b.starts_at >= :from_at AND b.starts_at < :until_at
	AND b.state <> 'held' AND (:every = 1 OR b.state <> 'cancelled')
ORDER BY b.starts_at, b.id;

-- name: booking_same_mail(id, now)
-- Others to come under the address of this one.
SELECT COUNT(*) FROM booking
WHERE mail_index = (SELECT mail_index FROM booking WHERE id = :id)
	AND state = 'confirmed' AND starts_at > :now AND id <> :id;

-- name: booking_extend(id, version, held_until)
UPDATE booking SET held_until = :held_until, extended = 1,
	version = version + 1
WHERE id = :id AND version = :version;

-- name: booking_write(id, version, contact blob, note blob, mail_index blob, lang text, entry text)
UPDATE booking SET contact = :contact, note = :note,
	mail_index = :mail_index, lang = :lang, entry = :entry,
	version = version + 1
WHERE id = :id AND version = :version;

-- name: booking_note(id, version, note blob)
UPDATE booking SET note = :note, version = version + 1
WHERE id = :id AND version = :version;

-- name: booking_confirm(id, version, booth, now)
UPDATE booking SET state = 'confirmed', booth = :booth, held_until = 0,
	confirmed_at = :now, updated_at = :now, version = version + 1
WHERE id = :id AND version = :version;

-- name: booking_move(id, version, session, advisor, theme, place, booth, channel text, starts_at, ends_at, day, now)
UPDATE booking SET session = :session, advisor = :advisor, theme = :theme,
	place = :place, booth = :booth, channel = :channel,
	starts_at = :starts_at, ends_at = :ends_at, day = :day,
	attention = '', updated_at = :now, sequence = sequence + 1,
	version = version + 1
WHERE id = :id AND version = :version;

-- name: booking_cancel(id, version, by text, now)
UPDATE booking SET state = 'cancelled', cancelled_at = :now,
	cancelled_by = :by, attention = '', updated_at = :now,
	sequence = sequence + 1, version = version + 1
WHERE id = :id AND version = :version;

-- name: booking_outcome(id, version, state text, outcome_at)
UPDATE booking SET state = :state, outcome_at = NULLIF(:outcome_at, 0),
	version = version + 1
WHERE id = :id AND version = :version;

-- name: booking_let_go(id)
DELETE FROM booking WHERE id = :id AND state = 'held';

-- name: booking_lapsed_claims(now)
DELETE FROM claim WHERE expires_at > 0 AND expires_at <= :now;

-- name: booking_sweep(before)
DELETE FROM booking WHERE state = 'held' AND held_until <= :before;
