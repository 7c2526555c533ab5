-- The room's own rules: exactly one row.

-- name: policy_get()
SELECT window_days, notice_minutes, hold_minutes, forget_days, on_holidays,
	closed_from, closed_until, phone, generation
FROM room WHERE id = 1;

-- name: policy_set(window_days, notice_minutes, hold_minutes, forget_days, on_holidays, closed_from, closed_until, phone text)
INSERT INTO room (id, window_days, notice_minutes, hold_minutes, forget_days,
	on_holidays, closed_from, closed_until, phone, generation)
VALUES (1, :window_days, :notice_minutes, :hold_minutes, :forget_days,
	:on_holidays, :closed_from, :closed_until, :phone, 1)
ON CONFLICT (id) DO UPDATE SET
	window_days = excluded.window_days,
	notice_minutes = excluded.notice_minutes,
	hold_minutes = excluded.hold_minutes,
	forget_days = excluded.forget_days,
	on_holidays = excluded.on_holidays,
	closed_from = excluded.closed_from,
	closed_until = excluded.closed_until,
	phone = excluded.phone,
	generation = room.generation + 1;

-- name: policy_raise()
UPDATE room SET generation = generation + 1 WHERE id = 1;
