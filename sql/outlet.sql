-- Where flyers lie, and how many came by them.

-- name: outlet_add(id, code text, name text, now)
INSERT INTO outlet (id, code, name, created_at)
VALUES (:id, :code, :name, :now);

-- name: outlet_by_code(code text)
SELECT id, code, name, withdrawn, created_at, 0 AS visits, 0 AS recent,
	0 AS bookings
FROM outlet WHERE code = :code;

-- name: outlet_list(since)
-- The recent ones are those of a day after `since`.
SELECT id, code, name, withdrawn, created_at,
	CAST(COALESCE((SELECT SUM(visits) FROM outlet_visit
		WHERE outlet = outlet.id), 0) AS BIGINT) AS visits,
	CAST(COALESCE((SELECT SUM(visits) FROM outlet_visit
		WHERE outlet = outlet.id AND day > :since), 0) AS BIGINT)
		AS recent,
	CAST(COALESCE((SELECT SUM(bookings) FROM outlet_booking
		WHERE outlet = outlet.id), 0) AS BIGINT) AS bookings
FROM outlet ORDER BY withdrawn, created_at, id;

-- name: outlet_count()
SELECT count(*) FROM outlet;

-- name: outlet_withdraw(code text, withdrawn)
UPDATE outlet SET withdrawn = :withdrawn WHERE code = :code;

-- name: outlet_count_visits(outlet, day, visits)
INSERT INTO outlet_visit (outlet, day, visits)
VALUES (:outlet, :day, :visits)
ON CONFLICT (outlet, day)
DO UPDATE SET visits = outlet_visit.visits + excluded.visits;

-- name: outlet_count_bookings(outlet, quarter, bookings)
INSERT INTO outlet_booking (outlet, quarter, bookings)
VALUES (:outlet, :quarter, :bookings)
ON CONFLICT (outlet, quarter)
DO UPDATE SET bookings = outlet_booking.bookings + excluded.bookings;
