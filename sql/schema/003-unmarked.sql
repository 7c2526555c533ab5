-- Each look at the day asks for visits of past days whose outcome nobody has
-- told: among all bookings of those days, which lie far apart, few.
CREATE INDEX booking_unmarked ON booking (day, starts_at)
	WHERE state = 'confirmed';
