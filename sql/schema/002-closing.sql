-- Which closure cancelled a booking.  It stays when the closure is taken
-- back: the list of people whom nobody can reach must outlive that.
ALTER TABLE booking ADD COLUMN closure INTEGER;
CREATE INDEX booking_closure ON booking (closure)
	WHERE closure IS NOT NULL;
