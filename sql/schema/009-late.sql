-- Letters that wait while the mail server is away have had no try.
DROP INDEX outbox_tried;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'due';
