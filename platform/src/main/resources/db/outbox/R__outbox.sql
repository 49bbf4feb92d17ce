-- Messages that must reach the network, until a receipt makes them needless. A service that has an
-- outbox adds this folder to its own migrations; being repeatable, it never meets their numbers.
CREATE TABLE IF NOT EXISTS outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  destination text NOT NULL,
  key bytea NOT NULL,
  reference bytea NOT NULL,
  message bytea NOT NULL,
  attempts integer NOT NULL DEFAULT 1,
  due_millis bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS outbox_due ON outbox (due_millis);
CREATE INDEX IF NOT EXISTS outbox_reference ON outbox (reference);
