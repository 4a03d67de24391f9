CREATE TABLE IF NOT EXISTS etl_notification (
  id              bigserial PRIMARY KEY,
  message_id      text NOT NULL,
  channel         text NOT NULL,
  table_name      text NOT NULL,
  kind            text NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  message         jsonb NOT NULL,
  state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent')),
  not_before      timestamptz NOT NULL DEFAULT now(),
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  rejected        boolean NOT NULL DEFAULT false,
  sent_at         timestamptz,
  failure         text,
  UNIQUE (message_id, channel)
);

CREATE INDEX IF NOT EXISTS etl_notification_waiting ON etl_notification (channel, id) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS etl_notification_table_kind ON etl_notification (table_name, kind, id);

COMMENT ON TABLE etl_notification IS 'messages about changes: one row for each message and channel; old ones are removed after tracking.retention';
COMMENT ON COLUMN etl_notification.message_id IS 'the same in all channels and at all attempts, so that a receiver recognises a message that it gets twice';
COMMENT ON COLUMN etl_notification.channel IS 'log, webhook or mail';
COMMENT ON COLUMN etl_notification.table_name IS 'empty: the message is about the source, or a digest';
COMMENT ON COLUMN etl_notification.message IS 'text, reason and counts; no value of a row';
COMMENT ON COLUMN etl_notification.state IS 'waiting or sent';
COMMENT ON COLUMN etl_notification.not_before IS 'a message waits for the end of the hour in which one of the same table and kind was told; until then, further changes are counted in it';
COMMENT ON COLUMN etl_notification.rejected IS 'the receiver takes other messages, but not this one: later ones do not wait for it';
COMMENT ON COLUMN etl_notification.failure IS 'why the last attempt failed';

CREATE TABLE IF NOT EXISTS etl_notified (
  table_name text PRIMARY KEY,
  state      jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE etl_notified IS 'what was seen of each table, and of the source (an empty name), at the last look for changes';
