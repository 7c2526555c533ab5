-- When a booking began to need a look, so that each is told of once.
ALTER TABLE booking ADD COLUMN attention_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX booking_attention ON booking (starts_at) WHERE attention <> '';
